//! SQL of the case file.

use serde_json::Value;

use crate::database::Db;
use crate::ids::AssociationId;
use crate::scheme::survey::Privacy;

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
    /// Its number.
    pub id: i64,
    /// What the chain says of it.
    pub payload: Option<String>,
}

/// A changed field that does not stand in the chain.
pub struct PrivateRow {
    /// The act.
    pub record_id: i64,
    /// Who may read it.
    pub privacy: Privacy,
    /// The field.
    pub field: String,
    /// What stood there.
    pub before: Value,
    /// What stands there now.
    pub after: Value,
}

/// The case file of an association, newest first.
pub async fn history(
    db: &mut Db,
    association: AssociationId,
    limit: i64,
) -> Result<Vec<HistoryRow>, sqlx::Error> {
    sqlx::query_as!(
        HistoryRow,
        r#"select r.at, r.actor_name as who, r.actor_department as department, r.actor_role as role, r.sentence,
                  r.opinion, r.snapshot_id, r.id, a.payload as "payload?"
           from act_record r
           left join audit_record a on a.campaign_id = r.campaign_id and a.record_id = r.id
           where r.campaign_id = $1 and r.association_id = $2 order by r.at desc, r.id desc limit $3"#,
        db.campaign(),
        association.0,
        limit,
    )
    .fetch_all(db.connection())
    .await
}

/// What was done with one matter of a room, newest first.
pub async fn of_matter(db: &mut Db, kind: &str, id: i64) -> Result<Vec<HistoryRow>, sqlx::Error> {
    sqlx::query_as!(
        HistoryRow,
        r#"select r.at, r.actor_name as who, r.actor_department as department, r.actor_role as role, r.sentence,
                  r.opinion, r.snapshot_id, r.id, a.payload as "payload?"
           from act_record r
           left join audit_record a on a.campaign_id = r.campaign_id and a.record_id = r.id
           where r.campaign_id = $1 and r.subject_kind = $2 and r.subject_id = $3 order by r.id desc limit 200"#,
        db.campaign(),
        kind,
        id,
    )
    .fetch_all(db.connection())
    .await
}

/// What the acts of a case file changed and not everybody may read. The caller asks who
/// looks: [`crate::web::changes::Words`].
pub async fn private_changes(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<PrivateRow>, sqlx::Error> {
    sqlx::query_as!(
        PrivateRow,
        r#"select c.record_id, c.privacy as "privacy: Privacy", c.field, c.before, c.after
           from act_record r
           join private_change c on c.campaign_id = r.campaign_id and c.record_id = r.id
           where r.campaign_id = $1 and r.association_id = $2 order by c.record_id, c.position"#,
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await
}
