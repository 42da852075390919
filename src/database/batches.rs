//! SQL of batches (FD-1): which dates an association goes by instead of the campaign's.
//! Here, because the way to a page asks it before any room does.

use std::collections::BTreeMap;

use sqlx::types::Json;

use super::{Db, Write};
use crate::scheme::parameters::Values;

/// The dates of these associations' batches; nothing of those that go by the campaign's.
pub async fn of_associations(
    db: &mut Db,
    ids: &[i64],
) -> Result<BTreeMap<i64, Values>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select association_id as "id!", dates as "dates!: Json<Values>" from association_batch
           where campaign_id = $1 and association_id = any($2) and dates <> '{}'::jsonb"#,
        db.campaign(),
        ids,
    )
    .fetch_all(db.connection())
    .await?;
    let own = rows.into_iter();
    Ok(own.map(|row| (row.id, row.dates.0)).collect())
}

/// Whether a list is published already: the next one is a later batch.
pub async fn begun(db: &mut Db) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from roster_publication where campaign_id = $1) as "begun!""#,
        db.campaign(),
    )
    .fetch_one(db.connection())
    .await
}

/// Gives a publication dates of its own.
pub async fn begin(write: &mut Write, publication: i64, dates: &Values) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into batch (campaign_id, publication_id, dates, confirmed_by) values ($1, $2, $3, $4)",
        write.campaign(),
        publication,
        Json(dates) as _,
        write.account().map(|account| account.0),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// An amendment adds to the newest batch, with some days of its own.
pub async fn join(write: &mut Write, amendment: i64, dates: &Values) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into batch_addition (campaign_id, amendment_id, publication_id, dates)
         select $1, $2, max(id), $3 from roster_publication where campaign_id = $1",
        write.campaign(),
        amendment,
        Json(dates) as _,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}
