//! SQL of associations and ties.

pub mod counts;
mod exits;
pub mod founding;
mod history;
pub mod importing;
pub mod periods;
pub mod summary;
pub mod suspensions;
mod ties;
pub mod units;

use chrono::NaiveDate;

use crate::database::Db;
use crate::ids::{AssociationId, DepartmentId};

use super::rules::{Computed, ExitKind, Scope, Stage};

pub use exits::{Left, leave, named};
pub use history::{HistoryRow, history, of_matter, private_changes};
pub use ties::{NewTie, Tie, add_tie, end_tie, lock_tie, tie, ties};
pub use units::{Began, Period, begin_period, hand_over, periods};

/// An association with everything that its page shows.
#[derive(Debug, Clone)]
pub struct Association {
    /// Its key.
    pub id: AssociationId,
    /// Name as registered.
    pub name: String,
    /// Credit code.
    pub uscc: Option<String>,
    /// Why a code with a wrong check character stands (TC-10).
    pub uscc_note: Option<String>,
    /// Certificate number of old certificates.
    pub certificate_no: Option<String>,
    /// Date of registration, where it is known.
    pub registered_on: Option<NaiveDate>,
    /// Registration authority.
    pub registrar: String,
    /// Kind of body.
    pub org_type: String,
    /// Domicile.
    pub domicile: String,
    /// Legal representative.
    pub legal_representative: String,
    /// Scope of business.
    pub business_scope: String,
    /// What the members mainly are.
    pub member_basis: String,
    /// The responsible unit.
    pub department: DepartmentId,
    /// Its name.
    pub department_name: String,
    /// Its kind.
    pub department_kind: String,
    /// applies, by_reference, none.
    pub civil_service_law: String,
    /// The certificate names no supervising unit.
    pub direct_registration: bool,
    /// What the criteria say.
    pub scope_computed: Computed,
    /// What the office decided.
    pub scope: Scope,
    /// Why.
    pub scope_reason: Option<String>,
    /// What the unit proposed.
    pub scope_proposed: Option<String>,
    /// The scheme applies by reference (SC-2).
    pub by_reference: bool,
    /// How far it has come.
    pub stage: Stage,
    /// On the list as it stands.
    pub listed: bool,
    /// Number of the amendment that withdrew it from the list.
    pub withdrawn_number: Option<i32>,
    /// Its day.
    pub withdrawn_on: Option<NaiveDate>,
    /// Its plan was broken off; plan and checklist are there to read.
    pub plan_ended: bool,
    /// It has a checklist.
    pub has_items: bool,
    /// How it left, if it did.
    pub exit_kind: Option<ExitKind>,
    /// When.
    pub exited_on: Option<NaiveDate>,
    /// The association that took it over.
    pub merged_into: Option<i64>,
    /// Its name.
    pub merged_name: Option<String>,
    /// Row version.
    pub version: i32,
}

/// The parts of an association that every page's head needs.
#[derive(Debug, Clone)]
pub struct Brief {
    /// Its key.
    pub id: AssociationId,
    /// Name as registered.
    pub name: String,
    /// Credit code.
    pub uscc: Option<String>,
    /// The responsible unit.
    pub department: DepartmentId,
    /// Its name.
    pub department_name: String,
    /// How far it has come.
    pub stage: Stage,
    /// Row version.
    pub version: i32,
    /// The scheme applies by reference (SC-2).
    pub by_reference: bool,
    /// How it left, if it did.
    pub exit_kind: Option<ExitKind>,
    /// Date of registration, where it is known.
    pub registered_on: Option<NaiveDate>,
}

macro_rules! select_association {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Association,
            r#"select a.id as "id: AssociationId", a.name, a.uscc, a.uscc_note, a.certificate_no, a.registered_on,
                  a.registrar, a.org_type, a.domicile, a.legal_representative, a.business_scope, a.member_basis,
                  a.department_id as "department: DepartmentId", d.name as department_name, d.kind as department_kind,
                  d.civil_service_law, a.direct_registration, a.scope_computed as "scope_computed: Computed",
                  a.scope as "scope: Scope", a.scope_reason, a.scope_proposed, a.by_reference,
                  a.stage as "stage: Stage", a.exit_kind as "exit_kind: ExitKind", a.exited_on, a.merged_into,
                  (select m.name from association m where m.campaign_id = a.campaign_id and m.id = a.merged_into)
                      as merged_name,
                  coalesce((e.publication_id is not null or e.added_by is not null) and e.withdrawn_by is null, false)
                      as "listed!",
                  m.number as "withdrawn_number?", m.amended_on as "withdrawn_on?",
                  exists (select from plan p where p.campaign_id = a.campaign_id and p.association_id = a.id
                          and p.state = 'terminated') as "plan_ended!",
                  exists (select from item i where i.campaign_id = a.campaign_id and i.association_id = a.id)
                      as "has_items!",
                  a.version
           from association a
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           left join roster_entry e on e.campaign_id = a.campaign_id and e.association_id = a.id
           left join roster_amendment m on m.campaign_id = e.campaign_id and m.id = e.withdrawn_by
           where a.campaign_id = $1 and a.id = any($2)"# + $tail,
            $($argument),+
        )
    };
}

/// One association.
pub async fn association(
    db: &mut Db,
    id: AssociationId,
) -> Result<Option<Association>, sqlx::Error> {
    select_association!("", db.campaign(), &[id.0])
        .fetch_optional(db.connection())
        .await
}

/// Associations of these numbers.
pub async fn of_ids(db: &mut Db, ids: &[i64]) -> Result<Vec<Association>, sqlx::Error> {
    select_association!("", db.campaign(), ids)
        .fetch_all(db.connection())
        .await
}

/// Locks an association.
pub async fn lock(db: &mut Db, id: AssociationId) -> Result<Option<Association>, sqlx::Error> {
    select_association!(" for update of a", db.campaign(), &[id.0])
        .fetch_optional(db.connection())
        .await
}

/// The head of an association's pages.
pub async fn brief(db: &mut Db, id: AssociationId) -> Result<Option<Brief>, sqlx::Error> {
    sqlx::query_as!(
        Brief,
        r#"select a.id as "id: AssociationId", a.name, a.uscc, a.department_id as "department: DepartmentId",
                  d.name as department_name, a.stage as "stage: Stage", a.version, a.by_reference,
                  a.exit_kind as "exit_kind: ExitKind", a.registered_on
           from association a
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           where a.campaign_id = $1 and a.id = $2"#,
        db.campaign(),
        id.0,
    )
    .fetch_optional(db.connection())
    .await
}

/// What is written about an association.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Name as registered.
    pub name: String,
    /// Credit code.
    pub uscc: Option<String>,
    /// Why a code with a wrong check character stands.
    pub uscc_note: Option<String>,
    /// Certificate number.
    pub certificate_no: Option<String>,
    /// Date of registration, where it is known.
    pub registered_on: Option<NaiveDate>,
    /// Registration authority.
    pub registrar: String,
    /// Domicile.
    pub domicile: String,
    /// Legal representative.
    pub legal_representative: String,
    /// Scope of business.
    pub business_scope: String,
    /// What the members mainly are.
    pub member_basis: String,
    /// The certificate names no supervising unit.
    pub direct_registration: bool,
}

/// What follows from an entry: search keys and computed scope.
#[derive(Debug, Clone)]
pub struct Derived {
    /// Normalised name.
    pub name_key: String,
    /// Search grams.
    pub grams: Vec<String>,
    /// Pinyin initials.
    pub initials: String,
    /// Pinyin for sorting.
    pub sort_key: String,
    /// What the criteria say.
    pub computed: Computed,
    /// By reference.
    pub by_reference: bool,
}

/// Kind of body in the register; others are not kept here.
pub const ORG_TYPE: &str = "社会团体";

/// Adds an association under its unit.
pub async fn add(
    db: &mut Db,
    department: DepartmentId,
    entry: &Entry,
    derived: &Derived,
) -> Result<AssociationId, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "insert into association (campaign_id, name, name_key, grams, initials, sort_key, uscc, uscc_note, certificate_no,
             registered_on, registrar, org_type, domicile, legal_representative, business_scope, member_basis,
             department_id, direct_registration, scope_computed, by_reference)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
         returning id",
        db.campaign(),
        entry.name,
        derived.name_key,
        &derived.grams,
        derived.initials,
        derived.sort_key,
        entry.uscc,
        entry.uscc_note,
        entry.certificate_no,
        entry.registered_on,
        entry.registrar,
        ORG_TYPE,
        entry.domicile,
        entry.legal_representative,
        entry.business_scope,
        entry.member_basis,
        department.0,
        entry.direct_registration,
        derived.computed.key(),
        derived.by_reference,
    )
    .fetch_one(db.connection())
    .await?;
    Ok(AssociationId(id))
}

/// Changes an association that is locked.
pub async fn correct(
    db: &mut Db,
    id: AssociationId,
    entry: &Entry,
    derived: &Derived,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update association set name = $3, name_key = $4, grams = $5, initials = $6, sort_key = $7, uscc = $8,
             uscc_note = $9, certificate_no = $10, registered_on = $11, registrar = $12, domicile = $13,
             legal_representative = $14, business_scope = $15, member_basis = $16, direct_registration = $17,
             scope_computed = $18, version = version + 1
         where campaign_id = $1 and id = $2",
        db.campaign(),
        id.0,
        entry.name,
        derived.name_key,
        &derived.grams,
        derived.initials,
        derived.sort_key,
        entry.uscc,
        entry.uscc_note,
        entry.certificate_no,
        entry.registered_on,
        entry.registrar,
        entry.domicile,
        entry.legal_representative,
        entry.business_scope,
        entry.member_basis,
        entry.direct_registration,
        derived.computed.key(),
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Kind of a department and whether the Civil Servant Law applies to it.
pub async fn department_kind(
    db: &mut Db,
    id: DepartmentId,
) -> Result<Option<(String, String)>, sqlx::Error> {
    let row = sqlx::query!(
        "select kind, civil_service_law from department where campaign_id = $1 and id = $2 and active",
        db.campaign(),
        id.0,
    )
    .fetch_optional(db.connection())
    .await?;
    Ok(row.map(|row| (row.kind, row.civil_service_law)))
}

/// Keeps the unit's proposal on an association that is locked.
pub async fn propose_scope(
    db: &mut Db,
    id: AssociationId,
    proposal: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update association set scope_proposed = $3, version = version + 1 where campaign_id = $1 and id = $2",
        db.campaign(),
        id.0,
        proposal,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Sets the office's decision on an association that is locked.
pub async fn decide_scope(
    db: &mut Db,
    id: AssociationId,
    scope: Scope,
    reason: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update association set scope = $3, scope_reason = $4, version = version + 1
         where campaign_id = $1 and id = $2",
        db.campaign(),
        id.0,
        scope.key(),
        reason,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Notes how far an association has come; called by the acts of later rooms.
pub async fn set_stage(db: &mut Db, id: AssociationId, stage: Stage) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update association set stage = $3 where campaign_id = $1 and id = $2",
        db.campaign(),
        id.0,
        stage.key(),
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Notes how far the survey has come, unless the association is on the list
/// already: a corrected survey takes nothing off it (LI-8).
pub async fn set_survey_stage(
    db: &mut Db,
    id: AssociationId,
    stage: Stage,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update association set stage = $3
         where campaign_id = $1 and id = $2
           and stage in ('registered', 'surveying', 'survey_submitted', 'survey_confirmed')",
        db.campaign(),
        id.0,
        stage.key(),
    )
    .execute(db.connection())
    .await?;
    Ok(())
}
