//! SQL of approvals that are taken back (TC-35) or asked for anew by a change.

use crate::database::{Db, Write};
use crate::ids::AssociationId;

/// Notes why a department takes back what it had agreed to (TC-35).
pub async fn note(write: &mut Write, id: i64, reason: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update prior_approval set withdrawn_on = $4, withdrawn_reason = $3,
             withdrawal_settled_on = null, withdrawal_settled_reason = null
         where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        reason,
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Notes why the office's head lets the plan stand in spite of a withdrawal.
pub async fn note_settled(write: &mut Write, id: i64, reason: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update prior_approval set withdrawal_settled_on = $4, withdrawal_settled_reason = $3
         where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        reason,
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// With the plan there is nothing left to settle.
pub async fn settle_all(write: &mut Write, plan: i64, reason: &str) -> Result<u64, sqlx::Error> {
    let settled = sqlx::query!(
        "update prior_approval set withdrawal_settled_on = $4, withdrawal_settled_reason = $3, version = version + 1
         where campaign_id = $1 and plan_id = $2 and state = 'withdrawn' and withdrawal_settled_on is null",
        write.campaign(),
        plan,
        reason,
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(settled.rows_affected())
}

/// Competences whose approval of an association's plan is withdrawn and not settled.
pub async fn withdrawn(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "select competence from prior_approval
         where campaign_id = $1 and association_id = $2 and state = 'withdrawn' and withdrawal_settled_on is null
         order by id limit 100",
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await
}
