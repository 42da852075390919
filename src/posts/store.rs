//! SQL of the register of posts.

use chrono::NaiveDate;

use crate::access::Scope;
use crate::database::Db;
use crate::ids::{AssociationId, DepartmentId};

use super::rules::Holder;

pub mod affected;
mod listed;
mod waiting;
mod writing;

pub use listed::{Listed, listed_after};
pub use waiting::{Candidate, candidates_of};
pub use writing::{
    add, change, declare, forget_approval, hold_names, open, save, send_back, set_cleared, touch,
};

/// The register of one association.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// Edition of the survey that it was last filled from.
    pub survey_edition: i32,
    /// When it was opened.
    pub opened_on: NaiveDate,
    /// When the unit's leader declared it, if not changed since.
    pub declared_on: Option<NaiveDate>,
    /// Why the office sent it back.
    pub return_reason: Option<String>,
    /// Since when T4-03 is verified.
    pub cleared_on: Option<NaiveDate>,
    /// Row version.
    pub version: i32,
}

/// The one select of registers.
macro_rules! select_register {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Register,
            "select survey_edition, opened_on, declared_on, return_reason, cleared_on, version
             from post_register where campaign_id = $1 and association_id = $2" + $tail,
            $($argument),+
        )
    };
}

/// The register of an association.
pub async fn register(
    db: &mut Db,
    association: AssociationId,
) -> Result<Option<Register>, sqlx::Error> {
    select_register!("", db.campaign(), association.0)
        .fetch_optional(db.connection())
        .await
}

/// Locks the register of an association: acts on its people wait for each other.
pub async fn lock_register(
    db: &mut Db,
    association: AssociationId,
) -> Result<Option<Register>, sqlx::Error> {
    select_register!(" for update", db.campaign(), association.0)
        .fetch_optional(db.connection())
        .await
}

/// The one select of people.
macro_rules! select_holders {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Holder,
            r#"select id, association_id as "association: AssociationId", number, survey_key, name, sex, birth, id_tail,
                      organ, rank, identity, post, is_officer, is_legal_rep, is_founder, kind, post_start, term_no, terms_served, paid,
                      pay_cents, other_posts, other_posts_note, retired_on, relevant, recommended, still_filed, notes,
                      resign_by, resigned_on, evidence, choice, chosen_on, civil_status_ended_on, contract_on, placed_on,
                      placement_document, recovered_on, recovery_document, insured_on, insurance_document, asked_on, approval_kind, approval_authority,
                      approval_number, approval_date, approval_until, approval_opinion, ruled_age_limit,
                      ruled_age_exceeded, ruled_cooling_months, added_on, version
               from post_holder where campaign_id = $1 "# + $tail,
            $($argument),+
        )
    };
}

/// The people on the register of an association.
pub async fn holders(db: &mut Db, association: AssociationId) -> Result<Vec<Holder>, sqlx::Error> {
    select_holders!(
        "and association_id = $2 order by number limit 1000",
        db.campaign(),
        association.0
    )
    .fetch_all(db.connection())
    .await
}

/// The people on the registers of several associations, association by association.
pub async fn holders_of(db: &mut Db, associations: &[i64]) -> Result<Vec<Holder>, sqlx::Error> {
    select_holders!(
        "and association_id = any($2) order by association_id, number limit 100000",
        db.campaign(),
        associations
    )
    .fetch_all(db.connection())
    .await
}

/// People of these names on all registers, for PE-5 and PE-11 only: pages show of
/// other associations no more than that there is one (TC-24).
pub async fn namesakes(db: &mut Db, names: &[String]) -> Result<Vec<Holder>, sqlx::Error> {
    select_holders!(
        "and name = any($2) and resigned_on is null order by id limit 5000",
        db.campaign(),
        names
    )
    .fetch_all(db.connection())
    .await
}

/// Everybody within a scope.
pub async fn all(db: &mut Db, scope: Scope) -> Result<Vec<Holder>, sqlx::Error> {
    if scope.is_empty() {
        return Ok(Vec::new());
    }
    select_holders!(
        "and ($2::bigint is null or association_id = $2)
         and ($3::bigint is null or association_id in
                 (select id from association where campaign_id = $1 and department_id = $3))
         order by association_id, number limit 20000",
        db.campaign(),
        scope.association().map(|id| id.0),
        scope.department().map(|id| id.0)
    )
    .fetch_all(db.connection())
    .await
}

/// Locks one person.
pub async fn lock(
    db: &mut Db,
    association: AssociationId,
    id: i64,
) -> Result<Option<Holder>, sqlx::Error> {
    select_holders!(
        "and association_id = $2 and id = $3 for update",
        db.campaign(),
        association.0,
        id
    )
    .fetch_optional(db.connection())
    .await
}

/// An association that has a register.
#[derive(Debug, Clone)]
pub struct Home {
    /// The association.
    pub id: AssociationId,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub department_id: DepartmentId,
    /// The unit's name.
    pub department: String,
    /// Since when T4-03 is verified.
    pub cleared_on: Option<NaiveDate>,
}

/// The associations that have a register, within a scope.
pub async fn homes(db: &mut Db, scope: Scope) -> Result<Vec<Home>, sqlx::Error> {
    if scope.is_empty() {
        return Ok(Vec::new());
    }
    sqlx::query_as!(
        Home,
        r#"select a.id as "id: AssociationId", a.name, d.id as "department_id: DepartmentId",
                  d.short_name as department, r.cleared_on
           from post_register r
           join association a on a.campaign_id = r.campaign_id and a.id = r.association_id
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           where r.campaign_id = $1 and ($2::bigint is null or a.id = $2)
             and ($3::bigint is null or a.department_id = $3)
           order by a.sort_key, a.id limit 5000"#,
        db.campaign(),
        scope.association().map(|id| id.0),
        scope.department().map(|id| id.0),
    )
    .fetch_all(db.connection())
    .await
}
