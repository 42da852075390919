//! 暂停办理 (FD-4). While a plan is suspended, or the association's leaving lies with civil
//! affairs, the plan's items, the clocks of hands and reminders stand still, and no
//! register does. When it goes on, the dates of batch and steps move by the working days
//! that it stood still, at most to the batch's final day; dates of the document, of
//! statute and of approved exceptions have gone on.

use chrono::NaiveDate;

use crate::access::{Act, Seen};
use crate::database::{Done, Write};
use crate::exits::acts::{propose_step, refuse_step};
use crate::exits::rules::Refusal as ExitRefusal;
use crate::ids::{AssociationId, DepartmentId};
use crate::plan::changes::acts::suspend_step;
use crate::plan::conditions::store as conditions;
use crate::plan::rules::Refusal;
use crate::plan::store as plans;
use crate::progress::acts::{Moved, move_deadlines};
use crate::progress::counters;
use crate::progress::rules::deadlines::goes_on;
use crate::progress::store::extensions;
use crate::registry::rules::suspension::{Cause, moved, stood};
use crate::registry::store as registry;
use crate::registry::store::suspensions::{self, Why};
use crate::scheme::calendar::workdays_after;

/// The office's head suspends the plan.
pub async fn suspend(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    (reason, expected_on): (&str, NaiveDate),
) -> Done<Refusal> {
    let act = Act::PlanSuspend;
    let (step, say) = suspend_step(&mut write, association, &seen, (act, reason)).await?;
    let unit = (association, step.case.unit);
    let why = Why {
        cause: Cause::Plan,
        reason,
        expected_on: Some(expected_on),
    };
    stand_still(&mut write, unit, why).await?;
    let expected = expected_on.to_string();
    let told = write
        .apply(step, say.changed("expected_on", "", expected.as_str()))
        .await?;
    write.finish(told).await
}

/// The office's head has it go on.
pub async fn resume(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    reason: &str,
) -> Done<Refusal> {
    let act = Act::PlanResume;
    let (step, say) = suspend_step(&mut write, association, &seen, (act, reason)).await?;
    let unit = (association, step.case.unit);
    go_on(&mut write, unit, (Cause::Plan, act)).await?;
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// The unit's leader proposes that the association leaves: it lies with civil affairs.
pub async fn propose_exit(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
) -> Done<ExitRefusal> {
    let (step, say) = propose_step(&mut write, association, &seen).await?;
    if let Some(unit) = unit_of(&mut write, association).await? {
        let why = Why {
            cause: Cause::Exit,
            reason: &step.case.reason,
            expected_on: None,
        };
        stand_still(&mut write, (association, unit), why).await?;
    }
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Civil affairs sends it back: the plan goes on.
pub async fn refuse_exit(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    opinion: &str,
) -> Done<ExitRefusal> {
    let (step, say) = refuse_step(&mut write, association, &seen, opinion).await?;
    if let Some(unit) = unit_of(&mut write, association).await? {
        let cause = (Cause::Exit, Act::ExitRefuse);
        go_on(&mut write, (association, unit), cause).await?;
    }
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

async fn unit_of(
    write: &mut Write,
    association: AssociationId,
) -> Result<Option<DepartmentId>, sqlx::Error> {
    let brief = registry::brief(write, association).await?;
    Ok(brief.map(|brief| brief.department))
}

/// Its items are in no list of late matters from now on.
async fn stand_still(
    write: &mut Write,
    (association, unit): (AssociationId, DepartmentId),
    why: Why<'_>,
) -> Result<(), sqlx::Error> {
    suspensions::begin(write, association, why).await?;
    counters::recount(write, (association, unit)).await?;
    Ok(())
}

/// One cause has ended. What it adds to the working days that the association stood still
/// moves its dates: the same days are not counted for two causes.
async fn go_on(
    write: &mut Write,
    (association, unit): (AssociationId, DepartmentId),
    (cause, act): (Cause, Act),
) -> Result<(), sqlx::Error> {
    let scheme = write.scheme()?;
    let campaign = &scheme.campaign;
    let before = suspensions::of_association(write, association).await?;
    let Some(from) = suspensions::end(write, association, cause).await? else {
        return Ok(());
    };
    let after = suspensions::of_association(write, association).await?;
    let (was, now) = (
        stood(campaign, &before, None),
        stood(campaign, &after, None),
    );
    let days = now - was;
    let end = campaign.parameters.implement_due;
    let ends = (moved(campaign, end, was), moved(campaign, end, now));
    if let Some(plan) = plans::plan(write, association).await? {
        conditions::move_due(write, plan.id, ends).await?;
    }
    let items = extensions::lock_still(write, association, from).await?;
    // So does the clock after a return, if it was running.
    let again = items.iter().filter_map(|item| {
        let until = item.again_on.filter(|until| *until >= from)?;
        Some((item.item, workdays_after(campaign, until, days)))
    });
    let again: Vec<(i64, NaiveDate)> = again.collect();
    extensions::move_again(write, &again).await?;
    let items = items.into_iter().filter(|item| !goes_on(&item.due.by));
    let later = items.filter_map(|item| {
        let due = item.due.clone().after(campaign, days);
        (due != item.due).then_some(Moved {
            item: item.item,
            measure: item.measure,
            was: item.due.day,
            due,
        })
    });
    let why = format!("恢复办理，暂停顺延{days}个工作日");
    move_deadlines(write, (association, unit), (act, &why), later.collect()).await
}
