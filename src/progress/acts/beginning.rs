//! Implementation begins: the plan's step, and with it the checklist that the
//! confirmed survey calls for (domain 7.1), all in one transaction.

use chrono::NaiveDate;

use crate::access::case::{Stuck, Subject};
use crate::access::{Act, Seen, Who};
use crate::audit::Record;
use crate::database::{Done, Failure, Stopped, Write};
use crate::ids::AssociationId;
use crate::plan;
use crate::posts;
use crate::progress::rules::Refusal;
use crate::progress::rules::deadlines::{self, Exceptions, Steps};
use crate::progress::store::{self, NewItem, counters};
use crate::scheme::{Answers, Scheme};
use crate::survey::store as surveys;

use super::{registers, windows};

/// The items that a survey calls for, due as plan and scheme say.
#[must_use]
pub fn items(
    scheme: &Scheme,
    survey: &Answers,
    (steps, exceptions): (&Steps, &Exceptions),
    today: NaiveDate,
) -> Vec<NewItem> {
    let item = |key: crate::scheme::ItemKey| {
        let measure = scheme.measure(&key.measure)?;
        let exception = exceptions.get(&key.text()).copied();
        let due = deadlines::deadline(scheme, measure, survey, steps.due(&key), exception);
        Some(NewItem {
            due,
            track: measure.track.clone(),
            mandatory: measure.mandatory,
            measure: key.measure,
            object: key.object,
            label: key.label,
        })
    };
    let called = scheme.applicable(survey, today).into_iter();
    called.filter_map(item).collect()
}

/// Who writes, as the plan's acts ask it.
pub(super) fn who(write: &Write) -> Result<Who, Stopped> {
    let actor = write.actor().cloned().ok_or(Stopped::Hidden)?;
    let request = write.request().clone();
    Ok(Who { actor, request })
}

/// The version of the plan under lock, if it is what was seen.
pub(super) async fn seen_plan(
    write: &mut Write,
    association: AssociationId,
    seen: &Seen,
) -> Result<i32, Stopped> {
    let plan = plan::store::lock(write, association).await?;
    let plan = plan.ok_or(Stuck::Missing("实施方案"))?;
    let (kind, id) = ("plan", plan.id);
    write.as_seen(seen, plan.version, Subject { kind, id })?;
    Ok(plan.version)
}

/// What the plan's room gave, or its reason in its own words.
pub(super) fn of_plan<T>(outcome: Result<T, plan::rules::Refusal>) -> Done<Refusal, T> {
    outcome.map_err(|why| Failure::Room(Refusal::Elsewhere(why.explain())))
}

/// Begins to carry out an approved plan and makes the checklist with its counters.
pub async fn begin(mut write: Write, association: AssociationId, seen: Seen) -> Done<Refusal> {
    let version = seen_plan(&mut write, association, &seen).await?;
    let confirmed = surveys::confirmed(&mut write, association).await?;
    let edition = confirmed.map_or(1, |survey| survey.edition);
    let who = who(&write)?;
    let begun = plan::acts::begin_in(&mut write, &who, association, version).await?;
    let begun = of_plan(begun)?;
    let scheme = write.scheme()?;
    let approvals = plan::store::approvals::lock(&mut write, begun.plan).await?;
    let exceptions = plan::approvals::exceptions(&scheme, &begun.content, &approvals, begun.on);
    let exceptions = registers::with_delays(&mut write, association, &scheme, exceptions).await?;
    let end = windows::end_on(&mut write, &scheme, begun.written_on).await?;
    let steps = Steps::of_plan(&begun.content).ending(end);
    let items = items(&scheme, &begun.survey, (&steps, &exceptions), begun.on);
    let unit = (association, begun.unit);
    let made = store::make(&mut write, unit, &items).await?.len();
    counters::begin(&mut write, association, &scheme).await?;
    counters::recount(&mut write, unit).await?;
    let (people, today) = ((&begun.survey, edition), write.today());
    posts::acts::fill(&mut write, association, people, today).await?;
    let sentence = format!("启动实施，生成五分离清单{made}项");
    let record = Record::new(Act::PlanBegin, "plan", begun.plan, sentence);
    let told = write.tell(record.in_file_of(association));
    write.finish(told).await
}
