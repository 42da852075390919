//! What follows a reply: its conditions are fulfilled and confirmed.

use crate::access::case::{Step, Subject};
use crate::access::{Act, Case as _, Seen};
use crate::audit::Say;
use crate::database::{Db, Done, Write};
use crate::plan::acts::{At, plan_of};
use crate::plan::review::store::remarked;
use crate::plan::rules::Refusal;
use crate::plan::store::closed;

use super::store::{self, Condition};

/// The condition under lock, as seen, while its plan goes on.
async fn take(write: &mut Write, at: At, seen: &Seen, act: Act) -> Done<Refusal, Step<Condition>> {
    let plan = plan_of(write, at.association).await?;
    if let Some(refusal) = plan.stands_still(act) {
        return Err(refusal.into());
    }
    if !plan.state.is_followed() {
        return Err(closed(&plan).into());
    }
    let found = store::lock(write, (plan.id, at.id)).await?;
    Ok(write.step(found, seen, act).await?)
}

/// Reports a condition fulfilled, in the unit's name.
pub async fn report_condition(
    mut write: Write,
    at: At,
    seen: Seen,
    note: &str,
    document: Option<&str>,
) -> Done<Refusal> {
    let step = take(&mut write, at, &seen, Act::ConditionReport).await?;
    store::note_report(&mut write, at.id, note, document).await?;
    let (number, text) = (step.case.number, &step.case.text);
    let say = Say::new(format!("报告批复条件{number}已落实：{text}")).because(note);
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Takes a report back while the office has not remarked on it.
pub async fn recall_condition(mut write: Write, at: At, seen: Seen) -> Done<Refusal> {
    let step = take(&mut write, at, &seen, Act::ConditionRecall).await?;
    if is_opened(&mut write, &step.case).await? {
        return Err(Refusal::Opened.into());
    }
    let say = Say::new(format!("取回批复条件{}的落实报告", step.case.number));
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Whether the office has remarked on what was reported.
pub async fn is_opened(db: &mut Db, condition: &Condition) -> Result<bool, sqlx::Error> {
    let of = Subject {
        kind: Condition::KIND,
        id: condition.id,
    };
    remarked(db, condition.association, (of, Act::ConditionReport)).await
}

/// Confirms that a condition is fulfilled, or sends it back with a reason.
pub async fn answer_condition(
    mut write: Write,
    at: At,
    seen: Seen,
    reason: Option<&str>,
) -> Done<Refusal> {
    let (act, verb) = match reason {
        Some(_) => (Act::ConditionReturn, "退回"),
        None => (Act::ConditionConfirm, "确认"),
    };
    let step = take(&mut write, at, &seen, act).await?;
    if step.case.reported_by.is_some() && step.case.reported_by == write.account() {
        return Err(Refusal::OwnPlan.into());
    }
    store::note_answer(&mut write, at.id, reason).await?;
    let sentence = format!("{verb}批复条件{}的落实情况", step.case.number);
    let say = Say::new(sentence).because(reason.unwrap_or_default());
    let told = write.apply(step, say).await?;
    write.finish(told).await
}
