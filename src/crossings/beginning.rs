//! Implementation begins: the plan's step, and with it the checklist that the
//! confirmed survey calls for (domain 7.1) and the register of posts.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::access::{Act, Case as _, Seen};
use crate::audit::{Record, Say};
use crate::database::{Done, Write};
use crate::ids::AssociationId;
use crate::plan::acts::begin_step;
use crate::plan::approvals::rules::Approval;
use crate::plan::approvals::{rules as approvals, store as asked};
use crate::plan::review::store as review;
use crate::plan::rules::Refusal;
use crate::posts;
use crate::posts::rules::Limits;
use crate::posts::rules::deeds::Approval as Filing;
use crate::progress::acts::items::items;
use crate::progress::acts::settled::Ground;
use crate::progress::acts::{registers, windows};
use crate::progress::rules::Item;
use crate::progress::store::{self, NewItem, counters};
use crate::scheme::Scheme;
use crate::survey::store as surveys;

use super::{finding, registering, replying};

/// Begins to carry out an approved plan and makes the checklist with its counters.
pub async fn begin(mut write: Write, association: AssociationId, seen: Seen) -> Done<Refusal> {
    let confirmed = surveys::confirmed(&mut write, association).await?;
    let edition = confirmed.map_or(1, |survey| survey.edition);
    let (step, begun) = begin_step(&mut write, association, &seen).await?;
    let scheme = write.scheme()?;
    let found = asked::lock(&mut write, begun.plan).await?;
    let exceptions = approvals::exceptions(&scheme, &begun.content, &found, begun.on);
    let exceptions = registers::with_delays(&mut write, association, &scheme, exceptions).await?;
    let of = (&begun.content, begun.written_on);
    let steps = windows::steps(&mut write, &scheme, association, of).await?;
    let reply = replying::reply(&mut write, (association, begun.replied_on)).await?;
    let steps = steps.replied(reply);
    let rounds = review::rounds(&mut write, begun.plan).await?;
    let ground = Ground {
        scheme: &scheme,
        content: &begun.content,
        rounds: &rounds,
        approvals: &found,
        replied_on: begun.replied_on,
    };
    let items = items(&scheme, &begun.survey, (&steps, &exceptions), begun.on);
    let items: Vec<NewItem> = items
        .into_iter()
        .map(|item| ground.settle(item, begun.by))
        .collect();
    let unit = (association, begun.unit);
    let made = store::make(&mut write, unit, &items).await?.len();
    counters::begin(&mut write, association, &scheme).await?;
    counters::recount(&mut write, unit).await?;
    let people = (&begun.survey, edition);
    posts::acts::fill(&mut write, association, people, begun.on).await?;
    file_people(&mut write, &scheme, (association, &found)).await?;
    tell_settled(&mut write, &scheme, association).await?;
    registering::follow_all(&mut write, association, Act::PlanBegin).await?;
    finding::arise(&mut write, unit).await?;
    let say = Say::new(format!("启动实施，生成五分离清单{made}项"));
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Where it was given with the plan it is the filing of the people whom it is about.
async fn file_people(
    write: &mut Write,
    scheme: &Scheme,
    (association, approvals): (AssociationId, &[Approval]),
) -> Result<(), sqlx::Error> {
    let given = approvals
        .iter()
        .find(|each| each.code == approvals::FILES_PEOPLE && each.holds(write.today()));
    let Some((given, date)) = given.and_then(|each| Some((each, each.document_date?))) else {
        return Ok(());
    };
    let filing = Filing {
        kind: "filed".to_owned(),
        authority: given.department_name.clone(),
        number: given.document_number.clone().unwrap_or_default(),
        date,
        until: given.expires_on,
        opinion: given.opinion.clone().unwrap_or_default(),
    };
    let limits = Limits::of(&scheme.campaign.parameters);
    posts::acts::file_with_plan(write, association, (&filing, &limits)).await
}

/// Each item that is born done has a line of its own, and stands in the trend.
async fn tell_settled(
    write: &mut Write,
    scheme: &Scheme,
    association: AssociationId,
) -> Result<(), sqlx::Error> {
    let items = store::items(write, association).await?;
    let mut days: BTreeMap<NaiveDate, i32> = BTreeMap::new();
    for item in items.iter().filter(|item| item.state.resolved()) {
        let open = Item {
            resolved_on: None,
            ..item.clone()
        };
        for (day, count) in counters::trend(scheme, &open, item) {
            *days.entry(day).or_default() += count;
        }
        let sentence = format!("{}在批复前已办妥，随批复验收销号", item.title());
        let record = Record::new(Act::PlanBegin, Item::KIND, item.id, sentence);
        write.tell(record.in_file_of(association));
    }
    let days: Vec<(NaiveDate, i32)> = days.into_iter().collect();
    counters::count_day(write, &days).await
}
