//! The association is no more: its plan ends with it, inside the transaction of
//! the room that decides on exits.

use crate::access::Act;
use crate::database::Write;
use crate::ids::AssociationId;
use crate::plan::rules::{State, next};
use crate::plan::store;

/// Ends the plan of an association and closes what is still with departments;
/// the plan and its state before, if there was one to end. The caller records it.
pub async fn terminate_in(
    write: &mut Write,
    association: AssociationId,
) -> Result<Option<(i64, State)>, sqlx::Error> {
    let campaign = write.campaign();
    let Some(plan) = store::lock(write.connection(), campaign, association).await? else {
        return Ok(None);
    };
    let Some(to) = next(plan.state, Act::ExitDecide) else {
        return Ok(None);
    };
    store::approvals::close_pending(write.connection(), campaign, plan.id).await?;
    store::move_to(write.connection(), campaign, plan.id, (plan.state, to)).await?;
    Ok(Some((plan.id, plan.state)))
}
