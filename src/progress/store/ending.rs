//! SQL of items that are called for no more, and of items that change hands.

use crate::database::Db;
use crate::ids::{AssociationId, DepartmentId};
use crate::progress::rules::ItemState;

/// Items that are neither resolved nor void: number and row of the survey. Locked.
pub async fn unresolved(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<(i64, String)>, sqlx::Error> {
    sqlx::query!(
        "select id, object from item
         where campaign_id = $1 and association_id = $2
           and state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned')
         order by id for update",
        db.campaign(),
        association.0,
    )
    .map(|row| (row.id, row.object))
    .fetch_all(db.connection())
    .await
}

/// An item that is called for no more.
#[derive(Debug, Clone)]
pub struct Lapsed {
    /// Its key.
    pub id: i64,
    /// Its measure.
    pub measure: String,
    /// Its state before.
    pub was: ItemState,
    /// Why.
    pub reason: String,
}

/// Makes items not applicable, each with its reason; evidence stays. Only what is
/// not resolved lapses (domain 7.1).
pub async fn lapse(db: &mut Db, reasons: &[(i64, String)]) -> Result<Vec<Lapsed>, sqlx::Error> {
    let (ids, words): (Vec<i64>, Vec<String>) = reasons.iter().cloned().unzip();
    sqlx::query_as!(
        Lapsed,
        r#"update item i set state = 'not_applicable', return_reason = n.reason, reported_on = null, reported_by = null,
               exemption_law = null, exemption_article = null, exemption_asked_on = null, version = i.version + 1
           from unnest($2::bigint[], $3::text[]) as n(id, reason)
           join item b on b.campaign_id = $1 and b.id = n.id
           where i.campaign_id = $1 and i.id = n.id
             and i.state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned')
           returning i.id, i.measure, b.state as "was: ItemState", n.reason as "reason!""#,
        db.campaign(),
        &ids,
        &words,
    )
    .fetch_all(db.connection())
    .await
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

/// Marks items as having come with a later edition.
pub async fn mark_later(db: &mut Db, ids: &[i64]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update item set added_later = true where campaign_id = $1 and id = any($2)",
        db.campaign(),
        ids,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Another unit answers for an association's items: key and measure of each.
pub async fn hand_over(
    db: &mut Db,
    association: AssociationId,
    to: DepartmentId,
) -> Result<Vec<(i64, String)>, sqlx::Error> {
    sqlx::query!(
        "update item set department_id = $3, version = version + 1 where campaign_id = $1 and association_id = $2
         returning id, measure",
        db.campaign(),
        association.0,
        to.0,
    )
    .map(|row| (row.id, row.measure))
    .fetch_all(db.connection())
    .await
}
