//! SQL of what was done with an item.

use chrono::{DateTime, Utc};

use crate::database::Db;
use crate::ids::AssociationId;

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
    /// In their own words.
    pub opinion: Option<String>,
}

/// What was done with an item, newest first.
pub async fn history(db: &mut Db, item: i64) -> Result<Vec<HistoryRow>, sqlx::Error> {
    sqlx::query_as!(
        HistoryRow,
        "select act, at, actor_name as who, actor_department as department, opinion
         from act_record where campaign_id = $1 and subject_kind = 'item' and subject_id = $2
         order by id desc limit 200",
        db.campaign(),
        item,
    )
    .fetch_all(db.connection())
    .await
}

/// The items before and after one, in the order of the checklist.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// Key and measure of the one before.
    pub before: Option<(i64, String)>,
    /// Of the one after.
    pub after: Option<(i64, String)>,
}

/// What stands before and after an item in its checklist.
pub async fn around(
    db: &mut Db,
    (association, item): (AssociationId, i64),
) -> Result<Around, sqlx::Error> {
    let found = sqlx::query!(
        "select n.before, n.before_measure, n.after, n.after_measure
         from (select id, lag(id) over o as before, lag(measure) over o as before_measure,
                      lead(id) over o as after, lead(measure) over o as after_measure
               from item where campaign_id = $1 and association_id = $2 window o as (order by measure, id)) n
         where n.id = $3",
        db.campaign(),
        association.0,
        item,
    )
    .fetch_optional(db.connection())
    .await?;
    Ok(found.map_or_else(Around::default, |row| Around {
        before: row.before.zip(row.before_measure),
        after: row.after.zip(row.after_measure),
    }))
}
