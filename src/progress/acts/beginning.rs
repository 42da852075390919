//! Implementation begins: the plan's step, and with it the checklist that the
//! confirmed survey calls for (domain 7.1), all in one transaction.

use chrono::NaiveDate;

use crate::access::Seen;
use crate::audit::Say;
use crate::database::{Done, Write};
use crate::ids::AssociationId;
use crate::plan;
use crate::plan::rules::Refusal;
use crate::posts;
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

/// Begins to carry out an approved plan and makes the checklist with its counters.
pub async fn begin(mut write: Write, association: AssociationId, seen: Seen) -> Done<Refusal> {
    let confirmed = surveys::confirmed(&mut write, association).await?;
    let edition = confirmed.map_or(1, |survey| survey.edition);
    let (step, begun) = plan::acts::begin_step(&mut write, association, &seen).await?;
    let scheme = write.scheme()?;
    let approvals = plan::approvals::store::lock(&mut write, begun.plan).await?;
    let exceptions =
        plan::approvals::rules::exceptions(&scheme, &begun.content, &approvals, begun.on);
    let exceptions = registers::with_delays(&mut write, association, &scheme, exceptions).await?;
    let end = windows::end_on(&mut write, &scheme, begun.written_on).await?;
    let steps = Steps::of_plan(&begun.content).ending(end);
    let items = items(&scheme, &begun.survey, (&steps, &exceptions), begun.on);
    let unit = (association, begun.unit);
    let made = store::make(&mut write, unit, &items).await?.len();
    counters::begin(&mut write, association, &scheme).await?;
    counters::recount(&mut write, unit).await?;
    let people = (&begun.survey, edition);
    posts::acts::fill(&mut write, association, people, begun.on).await?;
    let say = Say::new(format!("启动实施，生成五分离清单{made}项"));
    let told = write.apply(step, say).await?;
    write.finish(told).await
}
