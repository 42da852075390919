//! What was done opens again when a fact that it rests on ceases to hold (DN-3): a tie
//! stands again, a disposition is taken back, somebody who may hold no post appears. No
//! register has to remember it: whatever changes one, all that rests on it is looked at.

use crate::access::{Act, Case as _};
use crate::audit::Record;
use crate::database::{Db, Moves as _, Under};
use crate::ids::{AccountId, AssociationId};
use crate::posts::rules::CLEARED;
use crate::progress::rules::facts::{ENDS_TIES, Missing};
use crate::progress::rules::{self, Deed, Item};
use crate::progress::store::relapses::{self, Standing};
use crate::progress::store::{self, counters};
use crate::scheme::Measure;

use super::held::Ground;
use super::{entered, recount};

/// Opens again what no longer holds of these associations; what is told of it.
pub async fn follow(
    db: &mut Db,
    under: Under<'_>,
    associations: &[i64],
) -> Result<Vec<Record>, sqlx::Error> {
    let mut told = Vec::new();
    if associations.is_empty() {
        return Ok(told);
    }
    for (association, standing) in relapses::standing(db, associations).await? {
        told.extend(of(db, under, (association, &standing)).await?);
    }
    Ok(told)
}

async fn of(
    db: &mut Db,
    under: Under<'_>,
    (association, standing): (AssociationId, &Standing),
) -> Result<Vec<Record>, sqlx::Error> {
    let ground = Ground::of(db, association).await?;
    let items = store::items(db, association).await?;
    let (mut whole, mut told) = (Vec::new(), Vec::new());
    let mut unit = None;
    for item in &items {
        let (Some(held), Some(measure)) =
            (standing.get(&item.id), under.scheme.measure(&item.measure))
        else {
            continue;
        };
        if entered::is_registered(item) || !ground.knows(measure, item) {
            continue;
        }
        let missing = ground.held(under.scheme, item, item.state.resolved());
        match (missing.missing.as_slice(), *held) {
            ([], false) => whole.push(item.id),
            ([], true) | (_, false) => {}
            (missing, true) => {
                told.extend(relapse(db, under, (item, measure), missing).await?);
                unit = Some(item.department);
            }
        }
    }
    relapses::hold(db, &whole, true).await?;
    if let Some(unit) = unit {
        recount(db, under.scheme, (association, unit)).await?;
    }
    Ok(told)
}

/// By the machine's own edge, with what was missing as the reason.
async fn relapse(
    db: &mut Db,
    under: Under<'_>,
    (item, measure): (&Item, &Measure),
    missing: &[Missing],
) -> Result<Option<Record>, sqlx::Error> {
    let reason = reason(item, missing);
    let deed = Deed::Relapse {
        reason: reason.clone(),
    };
    // By nobody's leave: it follows from what was entered.
    let Ok(after) = rules::after(item, measure, &deed, (AccountId(0), under.day)) else {
        return Ok(None);
    };
    let after = Item {
        done_on: None,
        ..after
    };
    store::note(db, &after).await?;
    relapses::hold(db, &[item.id], false).await?;
    if !Item::move_to(db, item.id, item.state, after.state).await? {
        return Ok(None);
    }
    counters::count_day(db, &counters::trend(under.scheme, item, &after)).await?;
    let sentence = format!("{}：{}", Act::ItemRelapse.label(), item.title());
    let record = Record::new(Act::ItemRelapse, Item::KIND, item.id, sentence);
    let record = record.in_file_of(item.association).with_opinion(&reason);
    Ok(Some(record.changed(
        "state",
        item.state.label(),
        after.state.label(),
    )))
}

/// Why, as the item's page and its history say it.
fn reason(item: &Item, missing: &[Missing]) -> String {
    let words: Vec<&str> = missing.iter().map(|each| each.words.as_str()).collect();
    let first = match item.measure.as_str() {
        CLEARED => "清零确认失效：",
        ENDS_TIES => "协会台账登记的关系尚未全部终止：",
        _ => "所依据的事实不再成立：",
    };
    format!("{first}{}本事项重新打开。", words.concat())
}
