//! SQL of the case file.

use crate::database::Db;
use crate::ids::AssociationId;

/// One act in a case file.
pub struct HistoryRow {
    /// When.
    pub at: chrono::DateTime<chrono::Utc>,
    /// Who.
    pub who: String,
    /// For which department.
    pub department: String,
    /// In which role.
    pub role: String,
    /// What.
    pub sentence: String,
    /// In their own words.
    pub opinion: Option<String>,
    /// The parameters that it was done under.
    pub snapshot_id: Option<i64>,
}

/// The case file of an association, newest first.
pub async fn history(
    db: &mut Db,
    association: AssociationId,
    limit: i64,
) -> Result<Vec<HistoryRow>, sqlx::Error> {
    sqlx::query_as!(
        HistoryRow,
        "select at, actor_name as who, actor_department as department, actor_role as role, sentence, opinion,
                snapshot_id
         from act_record where campaign_id = $1 and association_id = $2 order by at desc, id desc limit $3",
        db.campaign(),
        association.0,
        limit,
    )
    .fetch_all(db.connection())
    .await
}
