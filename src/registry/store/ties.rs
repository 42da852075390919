//! SQL of ties to organs.

use chrono::NaiveDate;

use crate::database::Db;
use crate::ids::{AssociationId, DepartmentId};
use crate::registry::rules::TieKind;

/// A tie to an organ.
#[derive(Debug, Clone)]
pub struct Tie {
    /// Its key.
    pub id: i64,
    /// Which of the four.
    pub kind: TieKind,
    /// The organ.
    pub department: DepartmentId,
    /// Its name.
    pub department_name: String,
    /// The subordinate unit through which it runs (SC-9).
    pub via_subordinate: Option<String>,
    /// The document it rests on.
    pub basis: String,
    /// Since when.
    pub started_on: Option<NaiveDate>,
    /// Until when.
    pub ended_on: Option<NaiveDate>,
    /// The document that ended it.
    pub ended_by: Option<String>,
    /// The responsible unit's (SC-10).
    pub is_primary: bool,
    /// Row version.
    pub version: i32,
}

macro_rules! select_ties {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Tie,
            r#"select t.id, t.kind as "kind: TieKind", t.department_id as "department: DepartmentId",
                      d.name as department_name, t.via_subordinate, t.basis, t.started_on, t.ended_on, t.ended_by,
                      t.is_primary, t.version
               from tie t
               join department d on d.campaign_id = t.campaign_id and d.id = t.department_id
               where t.campaign_id = $1 and t.association_id = $2"# + $tail,
            $($argument),+
        )
    };
}

/// The ties of an association, living ones first.
pub async fn ties(db: &mut Db, association: AssociationId) -> Result<Vec<Tie>, sqlx::Error> {
    select_ties!(
        " order by t.ended_on is not null, t.is_primary desc, t.id limit 100",
        db.campaign(),
        association.0
    )
    .fetch_all(db.connection())
    .await
}

/// One tie of the association.
pub async fn tie(
    db: &mut Db,
    association: AssociationId,
    tie: i64,
) -> Result<Option<Tie>, sqlx::Error> {
    select_ties!(" and t.id = $3", db.campaign(), association.0, tie)
        .fetch_optional(db.connection())
        .await
}

/// Locks a tie of the association.
pub async fn lock_tie(
    db: &mut Db,
    association: AssociationId,
    tie: i64,
) -> Result<Option<Tie>, sqlx::Error> {
    select_ties!(
        " and t.id = $3 for update of t",
        db.campaign(),
        association.0,
        tie
    )
    .fetch_optional(db.connection())
    .await
}

/// A tie to be added.
#[derive(Debug, Clone)]
pub struct NewTie {
    /// Which of the four.
    pub kind: TieKind,
    /// The organ.
    pub department: DepartmentId,
    /// The subordinate unit through which it runs.
    pub via_subordinate: Option<String>,
    /// The document it rests on.
    pub basis: String,
    /// Since when.
    pub started_on: Option<NaiveDate>,
    /// The responsible unit's own.
    pub is_primary: bool,
}

/// Adds a tie.
pub async fn add_tie(
    db: &mut Db,
    association: AssociationId,
    tie: &NewTie,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into tie (campaign_id, association_id, kind, department_id, via_subordinate, basis, started_on, is_primary)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning id",
        db.campaign(),
        association.0,
        tie.kind.key(),
        tie.department.0,
        tie.via_subordinate,
        tie.basis,
        tie.started_on,
        tie.is_primary,
    )
    .fetch_one(db.connection())
    .await
}

/// Ends a tie that is locked.
pub async fn end_tie(db: &mut Db, tie: i64, on: NaiveDate, by: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update tie set ended_on = $3, ended_by = $4, version = version + 1
         where campaign_id = $1 and id = $2",
        db.campaign(),
        tie,
        on,
        by,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}
