//! What a day brings by itself, before its first page: the desk as of the day, what opens on
//! it (mid-term reports, documents, weeks), and problems that late matters make or end. The
//! desk knows what is late and stands after the dockets; so it is put together here, and the
//! program is given this keeper.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

use crate::access::{Request, Scope};
use crate::clock::{Clock, Moment};
use crate::database::{
    Database, Db, Keeper, Kept, Settled, Settling, Touched, Under, Write, WriteError,
};
use crate::desk;
use crate::oversight::acts::opening::open;
use crate::oversight::acts::overdue::{Late, renew};
use crate::oversight::store;
use crate::oversight::store::opening::{automatic, begun_since, is_before_anybody};
use crate::scheme::Scheme;
use crate::timeline::rules::reminders::{Matter, escalates};

use super::reminding::{Situation, still_open};

/// Days late beyond which a reminder was not enough (domain 9.2).
const GRACE: i64 = 7;

/// The keeper of the desk and of what days bring.
#[derive(Debug, Clone, Copy)]
pub struct Daily;

/// What the program is given.
pub static KEEPER: Daily = Daily;

impl Keeper for Daily {
    fn settle<'a>(&'a self, db: &'a mut Db, settling: Settling<'a>) -> Settled<'a> {
        desk::KEEPER.settle(db, settling)
    }

    fn keep<'a>(&'a self, db: &'a mut Db, under: Under<'a>, touched: &'a Touched) -> Kept<'a> {
        desk::KEEPER.keep(db, under, touched)
    }

    fn roll<'a>(&'a self, database: &'a Database, under: Under<'a>, now: Moment) -> Kept<'a> {
        Box::pin(async move {
            desk::KEEPER.roll(database, under, now).await?;
            bring(database, under, now).await
        })
    }
}

/// Brings what a day brings; the same day twice does nothing.
pub async fn bring(database: &Database, under: Under<'_>, now: Moment) -> Result<(), sqlx::Error> {
    let scheme = Arc::new(under.scheme.clone());
    let request = Request::internal(&Clock::at(now.naive_local()));
    let begun = Write::of_the_day(database, Arc::clone(&scheme), &request).await;
    let mut write = begun.map_err(plain)?;
    if is_before_anybody(&mut write).await? {
        return Ok(());
    }
    let mut changed = open(&mut write, &scheme).await?;
    changed += overdue(&mut write, &scheme, under.day).await?;
    if changed == 0 {
        return Ok(());
    }
    write.brought().await.map_err(plain)
}

fn plain(error: WriteError) -> sqlx::Error {
    match error {
        WriteError::Database(error) => error,
        other => sqlx::Error::Configuration(other.to_string().into()),
    }
}

/// Problems of matters that are late in spite of a reminder, and the end of those that are done.
async fn overdue(
    write: &mut Write,
    scheme: &Scheme,
    today: NaiveDate,
) -> Result<usize, sqlx::Error> {
    let scope = Scope::whole_campaign_figures();
    let now = Situation::read(write, scheme, (scope, today)).await?;
    let judge = now.judge(scheme);
    let grave: Vec<&Matter> = now
        .matters
        .iter()
        .filter(|matter| escalates(matter.late(today), judge.times(matter)))
        .collect();
    let associations: Vec<i64> = grave
        .iter()
        .filter_map(|matter| matter.association)
        .collect();
    // Late is counted from when the checklist came to life.
    let young = begun_since(write, &associations, today - TimeDelta::days(GRACE)).await?;
    let mut late = Vec::new();
    for matter in grave {
        let is_young = matter.association.is_some_and(|id| young.contains(&id));
        if !is_young && !is_problem(write, &matter.key).await? {
            late.push(of(matter, (judge.times(matter), today)));
        }
    }
    let mut by: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for (_, key) in automatic(write).await? {
        if let Some((holder, matter)) = key.split_once(' ') {
            let holder = holder.parse().unwrap_or_default();
            by.entry(holder).or_default().push(matter.to_owned());
        }
    }
    let mut still = BTreeSet::new();
    for (holder, keys) in by {
        let open = still_open(write, scheme, today, (holder, &keys)).await?;
        still.extend(open.into_iter().map(|key| format!("{holder} {key}")));
    }
    renew(write, &late, |key| still.contains(key)).await
}

/// A problem does not make a problem.
async fn is_problem(write: &mut Write, key: &str) -> Result<bool, sqlx::Error> {
    let id = key.strip_prefix("docket:").and_then(|id| id.parse().ok());
    let Some(id) = id else { return Ok(false) };
    let docket = store::docket(write, id).await?;
    Ok(docket.is_none_or(|docket| docket.process == "problem"))
}

fn of(matter: &Matter, (times, today): (i64, NaiveDate)) -> Late {
    let days = matter.late(today);
    Late {
        key: format!("{} {}", matter.holder, matter.key),
        holder: matter.holder,
        association: matter.association,
        title: format!("逾期未办结：{}", matter.title),
        words: format!(
            "{}（{}），时限{}，已逾期{days}天，已催办{times}次仍未办结。",
            matter.title, matter.subject, matter.deadline
        ),
        href: matter.href.clone(),
    }
}
