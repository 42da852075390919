//! Implementation begins: the plan's step, and with it the checklist that the
//! confirmed survey calls for (domain 7.1), all in one transaction.

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Write, WriteError};
use crate::ids::{AssociationId, DepartmentId};
use crate::scheme::{Answers, Scheme};

use super::deadlines::{self, Steps};
use super::store::{self, NewItem};
use super::counters;

/// The items that a survey calls for, due as plan and scheme say.
#[must_use]
pub fn items(scheme: &Scheme, survey: &Answers, plan: &Answers, today: chrono::NaiveDate) -> Vec<NewItem> {
    let steps = Steps::of_plan(plan);
    scheme
        .applicable(survey, today)
        .into_iter()
        .filter_map(|key| {
            let measure = scheme.measure(&key.measure)?;
            Some(NewItem {
                deadline: deadlines::deadline(scheme, measure, survey, steps.due(&key), None),
                track: measure.track.clone(),
                mandatory: measure.mandatory,
                measure: key.measure,
                object: key.object,
                label: key.label,
            })
        })
        .collect()
}

/// Makes the checklist of an association and its counters; the caller records.
pub async fn make_list(write: &mut Write, scheme: &Scheme, (association, department): (AssociationId, DepartmentId), items: &[NewItem]) -> Result<u64, WriteError> {
    let campaign = write.campaign();
    let made = store::make(write.connection(), campaign, (association, department), items).await?;
    counters::begin(write.connection(), campaign, association, scheme).await?;
    counters::recount(write.connection(), campaign, (association, department)).await?;
    Ok(made)
}
