//! SQL of items that are called for no more, and of items that change hands.

use crate::database::Db;
use crate::ids::{AssociationId, DepartmentId};

/// Items that are neither resolved nor void: number and row of the survey. Locked.
pub async fn unresolved(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<(i64, String)>, sqlx::Error> {
    sqlx::query!(
        "select id, object from item
         where campaign_id = $1 and association_id = $2
           and state in ('open', 'in_progress', 'reported_done', 'returned')
         order by id for update",
        db.campaign(),
        association.0,
    )
    .map(|row| (row.id, row.object))
    .fetch_all(db.connection())
    .await
}

/// Makes items not applicable, each with its reason; evidence stays. Only what is
/// not resolved lapses (domain 7.1).
pub async fn lapse(db: &mut Db, reasons: &[(i64, String)]) -> Result<(), sqlx::Error> {
    let (ids, words): (Vec<i64>, Vec<String>) = reasons.iter().cloned().unzip();
    sqlx::query!(
        "update item i set state = 'not_applicable', return_reason = n.reason, reported_on = null, reported_by = null,
             exemption_law = null, exemption_article = null, exemption_asked_on = null, version = version + 1
         from unnest($2::bigint[], $3::text[]) as n(id, reason)
         where i.campaign_id = $1 and i.id = n.id
           and i.state in ('open', 'in_progress', 'reported_done', 'returned')",
        db.campaign(),
        &ids,
        &words,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Opens items again that a later edition of the survey calls for after all.
pub async fn revive(db: &mut Db, ids: &[i64]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update item set state = 'open', return_reason = null, added_later = true, version = version + 1
         where campaign_id = $1 and id = any($2) and state = 'not_applicable'",
        db.campaign(),
        ids,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Marks the items of these keys as having come with a later edition.
pub async fn mark_later(
    db: &mut Db,
    association: AssociationId,
    (measures, objects): (&[String], &[String]),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update item i set added_later = true
         from unnest($3::text[], $4::text[]) as n(measure, object)
         where i.campaign_id = $1 and i.association_id = $2 and i.measure = n.measure and i.object = n.object",
        db.campaign(),
        association.0,
        measures,
        objects,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Another unit answers for an association's items.
pub async fn hand_over(
    db: &mut Db,
    association: AssociationId,
    to: DepartmentId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update item set department_id = $3, version = version + 1 where campaign_id = $1 and association_id = $2",
        db.campaign(),
        association.0,
        to.0,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}
