//! A plan ends for good: the association is no more, or was withdrawn from the list.
//! It happens inside the transaction of the room that decides on that.

use crate::access::{Act, Case as _};
use crate::database::{Moves as _, Write};
use crate::ids::AssociationId;
use crate::plan::rules::State;
use crate::plan::store::{self, Plan};

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
    let mut closed = store::approvals::close_pending(write, plan.id).await?;
    closed += store::withdrawals::settle_all(write, plan.id, reason).await?;
    let change = store::changes::lock_pending(write, plan.id).await?;
    if let Some(change) = change {
        store::changes::decide(write, &change, act, reason).await?;
        closed += 1;
    }
    closed += store::conditions::void(write, plan.id).await?;
    closed += store::notices::close(write, association).await?;
    if plan.suspended_on.is_some() {
        store::changes::suspend(write, plan.id, None).await?;
    }
    Plan::move_to(write, plan.id, plan.state, to).await?;
    Ok(Some(Ended {
        plan: plan.id,
        before: plan.state,
        closed,
    }))
}
