//! What follows a reply: conditions fulfilled and confirmed, approvals withdrawn
//! and what the office's head decides on that (TC-35).

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Write};
use crate::ids::AssociationId;
use crate::plan::approvals;
use crate::plan::conditions::ConditionState;
use crate::plan::rules::Refusal;
use crate::plan::store;
use crate::plan::store::conditions::Condition;
use crate::scheme::Scheme;

use super::{Outcome, held_up, next};

/// A condition of the plan of an association, by key and version seen.
#[derive(Debug, Clone, Copy)]
pub struct AtCondition {
    /// The association.
    pub association: AssociationId,
    /// The condition.
    pub id: i64,
    /// Its version that was on the screen.
    pub version: i32,
}

async fn locked(write: &mut Write, at: AtCondition, act: Act) -> Outcome<(i64, Condition)> {
    let Some(plan) = store::lock(write, at.association).await? else {
        return Ok(Err(Refusal::NotBegun));
    };
    if held_up(plan.suspended_on.is_some(), act) {
        return Ok(Err(Refusal::Suspended(true)));
    }
    if next(plan.state, act).is_none() {
        return Ok(Err(Refusal::Closed(plan.state)));
    }
    let found = store::conditions::lock(write, (plan.id, at.id)).await?;
    let Some(condition) = found else {
        return Ok(Err(Refusal::Closed(plan.state)));
    };
    if condition.version != at.version {
        return Ok(Err(Refusal::Stale("他人".to_owned(), condition.version)));
    }
    Ok(Ok((plan.id, condition)))
}

/// Reports a condition fulfilled, in the unit's name.
pub async fn report_condition(
    database: &Database,
    who: &Who,
    at: AtCondition,
    (note, document): (&str, Option<&str>),
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let (_, condition) = match locked(&mut write, at, Act::ConditionReport).await? {
        Ok(found) => found,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if !condition.state.is_open() {
        return Ok(Err(Refusal::NotAsked));
    }
    let hand = (who.actor.account, who.today());
    store::conditions::report(&mut write, at.id, (note, document), hand).await?;
    let sentence = format!("报告批复条件{}已落实：{}", condition.number, condition.text);
    let record = Record::new(Act::ConditionReport, "condition", at.id, sentence)
        .in_file_of(at.association)
        .with_opinion(note)
        .changed(
            "state",
            condition.state.key(),
            ConditionState::Reported.key(),
        );
    write.record(record).await?;
    Ok(Ok(()))
}

/// Confirms that a condition is fulfilled, or sends it back with a reason.
pub async fn answer_condition(
    database: &Database,
    who: &Who,
    at: AtCondition,
    reason: Option<&str>,
) -> Outcome<()> {
    let act = if reason.is_some() {
        Act::ConditionReturn
    } else {
        Act::ConditionConfirm
    };
    let mut write = Write::begin(database, who).await?;
    let (_, condition) = match locked(&mut write, at, act).await? {
        Ok(found) => found,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if condition.state != ConditionState::Reported {
        return Ok(Err(Refusal::NotAsked));
    }
    if condition.reported_by == Some(who.actor.account) {
        return Ok(Err(Refusal::OwnPlan));
    }
    let hand = (who.actor.account, who.today());
    store::conditions::answer(&mut write, at.id, reason, hand).await?;
    let (verb, to) = if reason.is_some() {
        ("退回", ConditionState::Returned)
    } else {
        ("确认", ConditionState::Confirmed)
    };
    let sentence = format!("{verb}批复条件{}的落实情况", condition.number);
    let record = Record::new(act, "condition", at.id, sentence)
        .in_file_of(at.association)
        .with_opinion(reason.unwrap_or_default())
        .changed("state", condition.state.key(), to.key());
    write.record(record).await?;
    Ok(Ok(()))
}

/// A department takes back an approval that it gave (TC-35). The plan stands, but
/// nothing of that department is accepted until the office's head has decided.
pub async fn withdraw_approval(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    (association, id): (AssociationId, i64),
    reason: &str,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let Some(plan) = store::lock(&mut write, association).await? else {
        return Ok(Err(Refusal::NotBegun));
    };
    if reason.trim().is_empty() {
        return Ok(Err(Refusal::NoWords));
    }
    let found = store::approvals::lock(&mut write, plan.id).await?;
    let Some(approval) = found.iter().find(|approval| approval.id == id) else {
        return Ok(Err(Refusal::NotAsked));
    };
    if !store::withdrawals::withdraw(&mut write, id, reason, who.today()).await? {
        return Ok(Err(Refusal::NotAsked));
    }
    let title = approvals::title(scheme, &approval.code);
    let record = Record::new(
        Act::ApprovalWithdraw,
        "approval",
        id,
        format!("撤回对“{title}”的审批意见"),
    )
    .in_file_of(association)
    .with_opinion(reason)
    .changed("state", approval.state.key(), "withdrawn");
    write.record(record).await?;
    Ok(Ok(()))
}

/// The office's head lets the plan stand in spite of a withdrawal, with a reason.
pub async fn settle_withdrawal(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    (association, id): (AssociationId, i64),
    reason: &str,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let Some(plan) = store::lock(&mut write, association).await? else {
        return Ok(Err(Refusal::NotBegun));
    };
    if who.actor.belongs_to_unit(plan.unit) {
        return Ok(Err(Refusal::OwnPlan));
    }
    if reason.trim().is_empty() {
        return Ok(Err(Refusal::NoWords));
    }
    let found = store::approvals::lock(&mut write, plan.id).await?;
    let Some(approval) = found.iter().find(|approval| approval.id == id) else {
        return Ok(Err(Refusal::NotAsked));
    };
    if !store::withdrawals::settle(&mut write, id, reason, who.today()).await? {
        return Ok(Err(Refusal::NotAsked));
    }
    let title = approvals::title(scheme, &approval.code);
    let record = Record::new(
        Act::WithdrawalSettle,
        "approval",
        id,
        format!(
            "{}撤回“{title}”的审批意见，决定方案继续实施",
            approval.department_name
        ),
    )
    .in_file_of(association)
    .with_opinion(reason);
    write.record(record).await?;
    Ok(Ok(()))
}
