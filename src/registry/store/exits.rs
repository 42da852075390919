//! SQL of leaving: later rooms' acts call it.

use chrono::NaiveDate;

use crate::database::Db;
use crate::ids::AssociationId;
use crate::registry::rules::ExitKind;

/// How an association leaves.
#[derive(Debug, Clone, Copy)]
pub struct Left {
    /// How.
    pub kind: ExitKind,
    /// When.
    pub on: NaiveDate,
    /// The association that takes it over.
    pub into: Option<AssociationId>,
}

/// Notes that an association has left; false if it had before.
pub async fn leave(db: &mut Db, id: AssociationId, left: &Left) -> Result<bool, sqlx::Error> {
    let changed = sqlx::query!(
        "update association set exit_kind = $3, exited_on = $4, merged_into = $5, version = version + 1
         where campaign_id = $1 and id = $2 and exited_on is null",
        db.campaign(),
        id.0,
        left.kind.key(),
        left.on,
        left.into.map(|id| id.0),
    )
    .execute(db.connection())
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// The living association with this normalised name.
pub async fn named(db: &mut Db, key: &str) -> Result<Option<AssociationId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select id as "id: AssociationId" from association
           where campaign_id = $1 and name_key = $2 and exited_on is null"#,
        db.campaign(),
        key,
    )
    .fetch_optional(db.connection())
    .await
}
