//! SQL of the dates that a reply gave to items whose own lay before it (FD-2).

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::ids::AssociationId;

/// A date that a reply gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The item's number: T1-01-1.
    pub item: String,
    /// Its date before.
    pub was: NaiveDate,
    /// What gave that.
    pub was_by: String,
    /// Its date now.
    pub due: NaiveDate,
}

/// Keeps the dates of a reply; those of a reply that was voided are gone.
pub async fn keep(write: &mut Write, plan: i64, given: &[Given]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from reply_date where campaign_id = $1 and plan_id = $2",
        write.campaign(),
        plan,
    )
    .execute(write.connection())
    .await?;
    let items: Vec<String> = given.iter().map(|each| each.item.clone()).collect();
    let was: Vec<NaiveDate> = given.iter().map(|each| each.was).collect();
    let by: Vec<String> = given.iter().map(|each| each.was_by.clone()).collect();
    let due: Vec<NaiveDate> = given.iter().map(|each| each.due).collect();
    sqlx::query!(
        "insert into reply_date (campaign_id, plan_id, item, was, was_by, due)
         select $1, $2, n.item, n.was, n.was_by, n.due
         from unnest($3::text[], $4::date[], $5::text[], $6::date[]) as n(item, was, was_by, due)",
        write.campaign(),
        plan,
        &items,
        &was,
        &by,
        &due,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// The dates that the reply to an association's plan gave.
pub async fn of_association(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<Given>, sqlx::Error> {
    sqlx::query_as!(
        Given,
        "select r.item, r.was, r.was_by, r.due from reply_date r
         join plan p on p.campaign_id = r.campaign_id and p.id = r.plan_id
         where r.campaign_id = $1 and p.association_id = $2 order by r.item limit 2000",
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await
}
