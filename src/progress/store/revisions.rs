//! SQL of the editions that a checklist was brought up to.

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::ids::AssociationId;

/// A revision that was applied.
#[derive(Debug, Clone)]
pub struct Applied {
    /// The edition of the survey.
    pub edition: i32,
    /// When.
    pub applied_on: NaiveDate,
    /// Items that came.
    pub added: i32,
    /// Items that lapsed.
    pub lapsed: i32,
    /// Items done that stayed.
    pub kept: i32,
}

/// The revisions of a checklist, newest first.
pub async fn applied(db: &mut Db, association: AssociationId) -> Result<Vec<Applied>, sqlx::Error> {
    sqlx::query_as!(
        Applied,
        "select edition, applied_on, added, lapsed, kept from checklist_revision
         where campaign_id = $1 and association_id = $2 order by edition desc limit 50",
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await
}

/// Notes a revision; false where this edition was applied before.
pub async fn note(
    write: &mut Write,
    association: AssociationId,
    survey: i64,
    applied: &Applied,
) -> Result<bool, sqlx::Error> {
    let noted = sqlx::query!(
        "insert into checklist_revision (campaign_id, association_id, survey_id, edition, applied_on, account_id, added, lapsed, kept)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict on constraint checklist_revision_edition_key do nothing",
        write.campaign(),
        association.0,
        survey,
        applied.edition,
        applied.applied_on,
        write.by().0,
        applied.added,
        applied.lapsed,
        applied.kept,
    )
    .execute(write.connection())
    .await?;
    Ok(noted.rows_affected() == 1)
}
