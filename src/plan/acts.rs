//! What the acts of all its machines ask of a plan, and the two steps that other rooms
//! make it take: it begins, and it ends. Each act locks the plan first, then what
//! belongs to it, so that two people never both decide (TC-37).

use chrono::NaiveDate;

use crate::access::case::{Step, Stuck};
use crate::access::{Act, Case as _, Seen};
use crate::database::{Done, Moves as _, Write};
use crate::ids::{AccountId, AssociationId, DepartmentId};
use crate::registry::rules::Stage;
use crate::registry::rules::suspension::Cause;
use crate::registry::store::{self as registry, suspensions};
use crate::scheme::Answers;

use super::approvals::store as approvals;
use super::approvals::store::withdrawals;
use super::rules::{Refusal, State};
use super::store::{self, Plan};
use super::{changes, conditions, notices};

/// A prior approval, a condition or a notice about an association.
#[derive(Debug, Clone, Copy)]
pub struct At {
    /// The association.
    pub association: AssociationId,
    /// The approval, condition or notice.
    pub id: i64,
}

/// The plan under lock, as seen, and the step of an act that no suspension holds up.
pub(super) async fn take(
    write: &mut Write,
    association: AssociationId,
    seen: &Seen,
    act: Act,
) -> Done<Refusal, Step<Plan>> {
    let found = store::lock(write, association).await?;
    let step = write.step(found, seen, act).await?;
    if let Some(refusal) = step.case.stands_still(act) {
        return Err(refusal.into());
    }
    Ok(step)
}

/// The plan under lock, for an act on what belongs to it.
pub(super) async fn plan_of(write: &mut Write, association: AssociationId) -> Done<Refusal, Plan> {
    let found = store::lock(write, association).await?;
    Ok(found.ok_or(Stuck::Missing(Plan::NAME))?)
}

/// TC-36: who sent it, or is of the unit, does not decide. Asked again under the lock,
/// for what the policy saw may have changed.
pub(super) fn not_own(
    write: &Write,
    plan: &Plan,
    sender: Option<AccountId>,
) -> Result<(), Refusal> {
    let of_unit = write
        .actor()
        .is_some_and(|actor| actor.belongs_to_unit(plan.unit));
    if of_unit || (sender.is_some() && sender == write.account()) {
        Err(Refusal::OwnPlan)
    } else {
        Ok(())
    }
}

/// What the checklist is made from.
#[derive(Debug, Clone)]
pub struct Begun {
    /// The plan.
    pub plan: i64,
    /// The association.
    pub association: AssociationId,
    /// The responsible unit.
    pub unit: DepartmentId,
    /// The confirmed survey on which the plan rests.
    pub survey: Answers,
    /// What the plan says; dates of items are in PL-4.
    pub content: Answers,
    /// Who sent it, and who replied.
    pub by: (AccountId, AccountId),
    /// When the reply was given.
    pub replied_on: NaiveDate,
    /// When the plan was submitted as it stands.
    pub written_on: NaiveDate,
    /// The day.
    pub on: NaiveDate,
}

/// Begins to carry out a plan as seen. The caller makes the items and applies the step.
pub async fn begin_step(
    write: &mut Write,
    association: AssociationId,
    seen: &Seen,
) -> Done<Refusal, (Step<Plan>, Begun)> {
    let step = take(write, association, seen, Act::PlanBegin).await?;
    store::mark_begun(write, step.id()).await?;
    registry::set_stage(write, association, Stage::Implementing).await?;
    let replied_by = store::replied_by(write, step.id()).await?;
    let replied_by = replied_by.unwrap_or(AccountId(0));
    let (plan, on) = (&step.case, write.today());
    let sent_by = plan.submitted_by;
    let begun = Begun {
        plan: plan.id,
        association,
        unit: plan.unit,
        survey: plan.survey.0.clone(),
        content: plan.content.0.clone(),
        by: (sent_by.unwrap_or(AccountId(0)), replied_by),
        replied_on: plan.replied_on.unwrap_or(on),
        written_on: plan.written_on(on),
        on,
    };
    Ok((step, begun))
}

/// A plan that was ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// The plan.
    pub plan: i64,
    /// Its state before.
    pub before: State,
    /// Requests, changes, conditions and notices that were open.
    pub closed: u64,
}

/// Ends the plan of an association by an act and closes what is open of it, with a
/// reason; `None` if there is none to end. The caller records it.
pub async fn terminate_in(
    write: &mut Write,
    (association, act): (AssociationId, Act),
    reason: &str,
) -> Result<Option<Ended>, sqlx::Error> {
    let Some(plan) = store::lock(write, association).await? else {
        return Ok(None);
    };
    let Some(to) = Plan::next(plan.state, act) else {
        return Ok(None);
    };
    let mut closed = approvals::close_pending(write, plan.id).await?;
    closed += withdrawals::settle_all(write, plan.id, reason).await?;
    let change = changes::store::lock_pending(write, plan.id).await?;
    if let Some(change) = change {
        changes::store::decide(write, &change, act, reason).await?;
        closed += 1;
    }
    closed += conditions::store::void(write, plan.id).await?;
    closed += notices::store::close(write, association).await?;
    if plan.suspended_on.is_some() {
        changes::store::suspend(write, plan.id, None).await?;
        suspensions::end(write, association, Cause::Plan).await?;
    }
    Plan::move_to(write, plan.id, plan.state, to).await?;
    Ok(Some(Ended {
        plan: plan.id,
        before: plan.state,
        closed,
    }))
}
