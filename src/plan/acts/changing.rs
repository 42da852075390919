//! Changing a plan under way, suspending and resuming it, and replies that are void.

use chrono::NaiveDate;

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::plan::changes;
use crate::plan::rules::{CHANGEABLE, Refusal};
use crate::plan::store;
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::scheme::{Answers, Scheme};

use super::{Outcome, Seen, take};

/// Asks for a change in the unit's name: what (the answers of one or
/// more parts) and why.
pub async fn request_change(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    seen: Seen,
    (answers, reason): (&Answers, &str),
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let (plan, to) = match take(&mut write, seen, Act::ChangeRequest).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let before = &plan.content.0;
    let after = changes::applied(before, answers);
    if let Err(refusal) = changes::allowed(scheme, before, &after) {
        return Ok(Err(refusal));
    }
    let hand = (who.actor.account, who.today());
    let number = store::changes::add(&mut write, (plan.id, reason), (before, &after), hand).await?;
    let approvals = store::approvals::lock(&mut write, plan.id).await?;
    let asked = changes::competences(scheme, before, &after, &approvals);
    store::withdrawals::ask_for_change(
        &mut write,
        (plan.id, plan.association),
        &asked,
        (who.today(), who.actor.account),
    )
    .await?;
    store::move_to(&mut write, plan.id, (plan.state, to)).await?;
    let items = changes::touched(before, &after, &CHANGEABLE);
    let sentence = format!(
        "申请第{number}次变更实施方案，涉及{}个事项，重新报请{}个部门批准",
        items.len(),
        asked.len()
    );
    let record = Record::new(Act::ChangeRequest, "plan", plan.id, sentence)
        .in_file_of(plan.association)
        .with_opinion(reason)
        .changed("state", plan.state.key(), to.key());
    write.record(record).await?;
    Ok(Ok(()))
}

/// An approved change, for the room that keeps the checklist.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The plan.
    pub plan: i64,
    /// The association.
    pub association: AssociationId,
    /// The responsible unit.
    pub unit: DepartmentId,
    /// The survey on which the plan rests.
    pub survey: Answers,
    /// What the plan said.
    pub before: Answers,
    /// What the plan says now.
    pub content: Answers,
    /// 第n次变更.
    pub number: i32,
    /// The day.
    pub on: NaiveDate,
}

/// Approves the change that waits. The caller moves the deadlines of open items
/// and ends the write with the record of `Act::ChangeApprove`.
pub async fn approve_change_in(
    write: &mut Write,
    who: &Who,
    seen: Seen,
    opinion: &str,
) -> Result<Result<Changed, Refusal>, sqlx::Error> {
    let (plan, to) = match take(write, seen, Act::ChangeApprove).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Some(change) = store::changes::lock_pending(write, plan.id).await? else {
        return Ok(Err(Refusal::Closed(plan.state)));
    };
    // TC-36, once more under the lock.
    if change.requested_by == who.actor.account || who.actor.belongs_to_unit(plan.unit) {
        return Ok(Err(Refusal::OwnPlan));
    }
    let approvals = store::approvals::lock(write, plan.id).await?;
    if let Err(refusal) = changes::all_agreed(&approvals) {
        return Ok(Err(refusal));
    }
    let hand = (who.actor.account, who.today());
    store::changes::decide(write, change.id, ("approved", opinion), hand).await?;
    store::changes::adopt(write, plan.id, &change.content.0).await?;
    store::move_to(write, plan.id, (plan.state, to)).await?;
    Ok(Ok(Changed {
        plan: plan.id,
        association: plan.association,
        unit: plan.unit,
        survey: plan.survey.0,
        before: change.before.0,
        content: change.content.0,
        number: change.number,
        on: who.today(),
    }))
}

/// Refuses the change: the plan goes on as it was.
pub async fn reject_change(
    database: &Database,
    who: &Who,
    seen: Seen,
    opinion: &str,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let (plan, to) = match take(&mut write, seen, Act::ChangeReject).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if opinion.trim().is_empty() {
        return Ok(Err(Refusal::NoWords));
    }
    let Some(change) = store::changes::lock_pending(&mut write, plan.id).await? else {
        return Ok(Err(Refusal::Closed(plan.state)));
    };
    if change.requested_by == who.actor.account || who.actor.belongs_to_unit(plan.unit) {
        return Ok(Err(Refusal::OwnPlan));
    }
    let hand = (who.actor.account, who.today());
    store::changes::decide(&mut write, change.id, ("rejected", opinion), hand).await?;
    store::approvals::close_pending(&mut write, plan.id).await?;
    store::move_to(&mut write, plan.id, (plan.state, to)).await?;
    let sentence = format!("不同意第{}次方案变更，按原方案实施", change.number);
    let record = Record::new(Act::ChangeReject, "plan", plan.id, sentence)
        .in_file_of(plan.association)
        .with_opinion(opinion)
        .changed("state", plan.state.key(), to.key());
    write.record(record).await?;
    Ok(Ok(()))
}

/// Suspends a plan, or resumes it, with a reason.
pub async fn suspend(
    database: &Database,
    who: &Who,
    seen: Seen,
    (act, reason): (Act, &str),
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let (plan, _) = match take(&mut write, seen, act).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if reason.trim().is_empty() {
        return Ok(Err(Refusal::NoWords));
    }
    let since = (act == Act::PlanSuspend).then_some((who.today(), reason));
    store::changes::suspend(&mut write, plan.id, since).await?;
    let record = Record::new(act, "plan", plan.id, act.label())
        .in_file_of(plan.association)
        .with_opinion(reason)
        .changed(
            "suspended_on",
            plan.suspended_on.map(|day| day.to_string()),
            since.map(|(on, _)| on.to_string()),
        );
    write.record(record).await?;
    Ok(Ok(()))
}

/// Declares a reply void: its number stays taken, the plan goes back to the unit.
pub async fn void_reply(
    database: &Database,
    who: &Who,
    seen: Seen,
    (part, reason): (&str, &str),
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let (plan, to) = match take(&mut write, seen, Act::PlanVoid).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if reason.trim().is_empty() {
        return Ok(Err(Refusal::NoReason));
    }
    let hand = (who.actor.account, who.today());
    store::changes::void(&mut write, plan.id, reason, hand).await?;
    store::conditions::void(&mut write, plan.id).await?;
    let reasons = [(part.to_owned(), reason.to_owned())];
    let by = (who.actor.account, who.request.now.to_utc());
    store::add_reasons(&mut write, (plan.id, plan.round), &reasons, by).await?;
    store::move_to(&mut write, plan.id, (plan.state, to)).await?;
    registry::set_stage(&mut write, plan.association, Stage::PlanDraft).await?;
    let number = plan.reply_number.as_deref().unwrap_or_default();
    let record = Record::new(
        Act::PlanVoid,
        "plan",
        plan.id,
        format!("作废批复{number}，方案退回补正"),
    )
    .in_file_of(plan.association)
    .with_opinion(reason)
    .changed("state", plan.state.key(), to.key());
    write.record(record).await?;
    Ok(Ok(()))
}
