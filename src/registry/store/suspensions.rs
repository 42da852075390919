//! SQL of the times in which associations stand still (FD-4).

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::ids::AssociationId;
use crate::registry::rules::suspension::{Cause, Standstill};

/// Rows of an association: a plan is suspended a few times at most.
const MOST: i64 = 200;

/// Why it stands still, and until when about.
#[derive(Debug, Clone, Copy)]
pub struct Why<'a> {
    /// What has it stand still.
    pub cause: Cause,
    /// In words.
    pub reason: &'a str,
    /// When it is expected to go on.
    pub expected_on: Option<NaiveDate>,
}

/// From today on it stands still.
pub async fn begin(
    write: &mut Write,
    association: AssociationId,
    why: Why<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into suspension (campaign_id, association_id, cause, from_on, reason, expected_on, begun_by)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (campaign_id, association_id, cause) where until_on is null do nothing",
        write.campaign(),
        association.0,
        why.cause.key(),
        write.today(),
        why.reason,
        why.expected_on,
        write.by().0,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// It goes on today, as far as this cause goes; since when it had stood still, if it had.
pub async fn end(
    write: &mut Write,
    association: AssociationId,
    cause: Cause,
) -> Result<Option<NaiveDate>, sqlx::Error> {
    sqlx::query_scalar!(
        "update suspension set until_on = greatest(from_on, $4), ended_by = $5
         where campaign_id = $1 and association_id = $2 and cause = $3 and until_on is null
         returning from_on",
        write.campaign(),
        association.0,
        cause.key(),
        write.today(),
        write.by().0,
    )
    .fetch_optional(write.connection())
    .await
}

/// With its part in the campaign everything that stood still ends.
pub async fn end_all(write: &mut Write, association: AssociationId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update suspension set until_on = greatest(from_on, $3), ended_by = $4
         where campaign_id = $1 and association_id = $2 and until_on is null",
        write.campaign(),
        association.0,
        write.today(),
        write.by().0,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// All times in which an association stood still, the first first.
pub async fn of_association(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<Standstill>, sqlx::Error> {
    sqlx::query_as!(
        Standstill,
        r#"select from_on as "from", until_on as until from suspension
           where campaign_id = $1 and association_id = $2 order by id limit $3"#,
        db.campaign(),
        association.0,
        MOST,
    )
    .fetch_all(db.connection())
    .await
}

/// The same of some associations.
pub async fn of_associations(
    db: &mut Db,
    ids: &[i64],
) -> Result<Vec<(i64, Standstill)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select association_id, from_on, until_on from suspension
         where campaign_id = $1 and association_id = any($2) order by id",
        db.campaign(),
        ids,
    )
    .fetch_all(db.connection())
    .await?;
    let rows = rows.into_iter().map(|row| {
        let still = Standstill {
            from: row.from_on,
            until: row.until_on,
        };
        (row.association_id, still)
    });
    Ok(rows.collect())
}

/// What has an association stand still now.
#[derive(Debug, Clone)]
pub struct Standing {
    /// What has it stand still.
    pub cause: Cause,
    /// Since when.
    pub from_on: NaiveDate,
    /// In words.
    pub reason: String,
    /// When it is expected to go on.
    pub expected_on: Option<NaiveDate>,
}

/// What has an association stand still now, the first first.
pub async fn now(db: &mut Db, association: AssociationId) -> Result<Vec<Standing>, sqlx::Error> {
    sqlx::query_as!(
        Standing,
        r#"select cause as "cause: Cause", from_on, reason, expected_on from suspension
           where campaign_id = $1 and association_id = $2 and until_on is null order by id limit $3"#,
        db.campaign(),
        association.0,
        MOST,
    )
    .fetch_all(db.connection())
    .await
}
