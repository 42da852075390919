//! SQL of the end of uploads: files, rows and first passwords go; that something was entered,
//! and from what, stays.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// Uploads whose files and rows go in one transaction.
const SLICE: i64 = 50;

/// Deletes what is left of uploads that came before this; how many of them there were.
pub async fn forget_old(
    connection: &mut PgConnection,
    before: DateTime<Utc>,
) -> Result<usize, sqlx::Error> {
    let old = sqlx::query!(
        "select i.campaign_id, i.id from import i where i.created_at < $1
           and exists (select from import_file f where f.campaign_id = i.campaign_id and f.import_id = i.id)
         order by i.campaign_id, i.id limit $2",
        before,
        SLICE,
    )
    .fetch_all(&mut *connection)
    .await?;
    for each in &old {
        forget(connection, (each.campaign_id, &[each.id])).await?;
    }
    Ok(old.len())
}

/// Deletes what is left of uploads.
pub(super) async fn forget(
    connection: &mut PgConnection,
    (campaign, ids): (i32, &[i64]),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from import_file where campaign_id = $1 and import_id = any($2)",
        campaign,
        ids,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "delete from import_line where campaign_id = $1 and import_id = any($2)",
        campaign,
        ids,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "delete from import_secret where campaign_id = $1 and import_id = any($2)",
        campaign,
        ids,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "update import set report = '{}', answers = '{}', ground = null, version = version + 1,
             state = case state when 'imported' then state when 'unread' then state else 'discarded' end
         where campaign_id = $1 and id = any($2)",
        campaign,
        ids,
    )
    .execute(connection)
    .await?;
    Ok(())
}
