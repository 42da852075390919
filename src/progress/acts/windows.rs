//! The office moves the last day of a stage: open items that are due on it follow,
//! on record, and checklists begun from then on are due on the new day. What has a
//! day of its own stays: the days that the document fixes, a step of the plan that
//! ends on another day, a date that a department granted (domain 6.3, 9.1).

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::access::Act;
use crate::audit::Record;
use crate::database::{Db, Write, parameters};
use crate::ids::{AssociationId, CampaignId, DepartmentId};
use crate::progress::rules::deadlines::{Due, Steps, Stood};
use crate::progress::store::{counters, extensions};
use crate::registry::rules::suspension::stood;
use crate::registry::store::suspensions;
use crate::scheme::{Answers, Scheme};

/// The last day of a stage from now on.
#[derive(Debug, Clone, Copy)]
pub struct Shift<'a> {
    /// The task whose window moves.
    pub task: &'a str,
    /// The scheme's date on which it ends: `implement_due`.
    pub date: &'a str,
    /// The day.
    pub now: NaiveDate,
    /// Why.
    pub reason: &'a str,
}

/// The end of implementation as it stood on a day: what a plan of that day was
/// written under.
async fn end_on(db: &mut Db, scheme: &Scheme, day: NaiveDate) -> Result<NaiveDate, sqlx::Error> {
    let campaign = CampaignId(db.campaign());
    let changes = parameters::changes_on(db.connection(), campaign, day).await?;
    Ok(scheme.campaign.under(&changes).parameters.implement_due)
}

/// How many working days an association stood still: since it is in the campaign, and since
/// the steps of its plan were written.
pub async fn stood_of(
    db: &mut Db,
    scheme: &Scheme,
    (association, written_on): (AssociationId, NaiveDate),
) -> Result<Stood, sqlx::Error> {
    let still = suspensions::of_association(db, association).await?;
    Ok(Stood {
        batch: stood(&scheme.campaign, &still, None),
        steps: stood(&scheme.campaign, &still, Some(written_on)),
    })
}

/// The steps of a plan as items are due by them: those that ended with the stage follow it,
/// and what stood still is moved.
pub async fn steps(
    db: &mut Db,
    scheme: &Scheme,
    association: AssociationId,
    (content, written_on): (&Answers, NaiveDate),
) -> Result<Steps, sqlx::Error> {
    let end = end_on(db, scheme, written_on).await?;
    let stood = stood_of(db, scheme, (association, written_on)).await?;
    Ok(Steps::of_plan(content).ending(end).standing(stood))
}

/// Moves the items that follow and recounts; a record for the history of each.
pub async fn follow(write: &mut Write, shift: Shift<'_>) -> Result<Vec<Record>, sqlx::Error> {
    let scheme = write.scheme()?;
    let moved = extensions::shift(write, shift.date, shift.now).await?;
    // Who stood still has as much more time on the new day as on the old one.
    let now = |stood| Due::new(shift.now, shift.date).after(&scheme.campaign, stood);
    let stood = moved.iter().filter(|item| item.stood > 0);
    let later: Vec<(i64, Due)> = stood.map(|item| (item.id, now(item.stood))).collect();
    extensions::move_deadlines(write, &later).await?;
    let subjects: BTreeSet<(i64, i64)> = moved
        .iter()
        .map(|item| (item.association.0, item.department.0))
        .collect();
    for (association, department) in subjects {
        let subject = (AssociationId(association), DepartmentId(department));
        counters::recount(write, subject).await?;
    }
    Ok(moved
        .into_iter()
        .map(|item| {
            let (was, now) = (item.was.to_string(), now(item.stood).day.to_string());
            let sentence = format!(
                "{}的时间调整，{}的时限由{was}调整为{now}",
                shift.task, item.measure
            );
            Record::new(Act::TimelineMove, "item", item.id, sentence)
                .in_file_of(item.association)
                .with_opinion(shift.reason)
                .changed("deadline", was, now.as_str())
        })
        .collect())
}
