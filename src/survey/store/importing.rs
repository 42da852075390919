//! SQL of many surveys at once, as a spreadsheet brings them.

use crate::database::{Db, Write};

use super::{Survey, of_ids};

/// The newest editions of these associations' surveys.
pub async fn newest(db: &mut Db, associations: &[i64]) -> Result<Vec<Survey>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "select distinct on (association_id) id from survey
         where campaign_id = $1 and association_id = any($2)
         order by association_id, edition desc",
        db.campaign(),
        associations,
    )
    .fetch_all(db.connection())
    .await?;
    of_ids(db, &ids).await
}

/// Locks the surveys of these associations, in their order: before the associations
/// themselves, as every act on a survey does.
pub async fn lock_all(write: &mut Write, associations: &[i64]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select id from survey where campaign_id = $1 and association_id = any($2)
         order by association_id, edition for update",
        write.campaign(),
        associations,
    )
    .fetch_all(write.connection())
    .await?;
    Ok(())
}
