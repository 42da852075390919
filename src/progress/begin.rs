//! Implementation begins: the plan's step, and with it the checklist that the
//! confirmed survey calls for (domain 7.1), all in one transaction.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Write, WriteError};
use crate::ids::{AssociationId, DepartmentId};
use crate::plan;
use crate::posts;
use crate::scheme::{Answers, Scheme};
use crate::survey::store as surveys;

use super::counters;
use super::deadlines::{self, Steps};
use super::registers;
use super::store::{self, NewItem};
use super::windows;

/// Days that departments have approved beyond the deadline, by item text.
pub type Exceptions = BTreeMap<String, NaiveDate>;

/// The items that a survey calls for, due as plan and scheme say.
#[must_use]
pub fn items(
    scheme: &Scheme,
    survey: &Answers,
    (steps, exceptions): (&Steps, &Exceptions),
    today: NaiveDate,
) -> Vec<NewItem> {
    scheme
        .applicable(survey, today)
        .into_iter()
        .filter_map(|key| {
            let measure = scheme.measure(&key.measure)?;
            Some(NewItem {
                due: deadlines::deadline(
                    scheme,
                    measure,
                    survey,
                    steps.due(&key),
                    exceptions.get(&key.text()).copied(),
                ),
                track: measure.track.clone(),
                mandatory: measure.mandatory,
                measure: key.measure,
                object: key.object,
                label: key.label,
            })
        })
        .collect()
}

/// Makes the checklist of an association and its counters.
async fn make_list(
    write: &mut Write,
    scheme: &Scheme,
    (association, department): (AssociationId, DepartmentId),
    items: &[NewItem],
) -> Result<u64, WriteError> {
    let made = store::make(write, (association, department), items).await?;
    counters::begin(write, association, scheme).await?;
    counters::recount(write, (association, department)).await?;
    Ok(made)
}

/// Begins to carry out an approved plan; gives the number of items made.
pub async fn begin(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    (association, version): (AssociationId, i32),
) -> Result<Result<u64, plan::rules::Refusal>, WriteError> {
    let mut write = Write::begin(database, who).await?;
    let confirmed = surveys::confirmed(&mut write, association).await?;
    let edition = confirmed.map_or(1, |survey| survey.edition);
    let begun = match plan::acts::begin_in(&mut write, who, association, version).await? {
        Ok(begun) => begun,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let approvals = plan::store::approvals::lock(&mut write, begun.plan).await?;
    let exceptions = plan::approvals::exceptions(scheme, &begun.content, &approvals, begun.on);
    let exceptions = registers::with_delays(&mut write, association, scheme, exceptions).await?;
    let end = windows::end_on(&mut write, scheme, begun.written_on).await?;
    let steps = Steps::of_plan(&begun.content).ending(end);
    let items = items(scheme, &begun.survey, (&steps, &exceptions), begun.on);
    let made = make_list(&mut write, scheme, (association, begun.unit), &items).await?;
    let people = (&begun.survey, edition);
    posts::acts::fill(&mut write, association, people, who.today()).await?;
    let sentence = format!("启动实施，生成五分离清单{made}项");
    write
        .record(Record::new(Act::PlanBegin, "plan", begun.plan, sentence).in_file_of(association))
        .await?;
    Ok(Ok(made))
}
