//! SQL of what was done with an item.

use chrono::{DateTime, Utc};

use crate::database::Db;

/// One act on an item.
pub struct HistoryRow {
    /// The act, by its stable name.
    pub act: String,
    /// When.
    pub at: DateTime<Utc>,
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
}

/// What was done with an item, newest first.
pub async fn history(db: &mut Db, item: i64) -> Result<Vec<HistoryRow>, sqlx::Error> {
    sqlx::query_as!(
        HistoryRow,
        "select act, at, actor_name as who, actor_department as department, actor_role as role, sentence, opinion
         from act_record where campaign_id = $1 and subject_kind = 'item' and subject_id = $2
         order by id desc limit 200",
        db.campaign(),
        item,
    )
    .fetch_all(db.connection())
    .await
}
