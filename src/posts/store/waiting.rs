//! People on registers for whom something may be to be done, without their names.
//! Which of them press is for the rules to say (`rules::steps`): SQL only leaves out
//! those whom no rule could name, by the identities that the rules give it.

use sqlx::PgPool;

use crate::access::Scope;
use crate::ids::{AssociationId, DepartmentId};
use crate::posts::rules::{Holder, SETTLED};

/// Rows that are read; a district has some hundreds.
const MOST: i64 = 5_000;

/// A person on a register for whom something may be to be done.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Name of the association.
    pub name: String,
    /// Its unit.
    pub department_id: DepartmentId,
    /// The unit's name.
    pub department: String,
    /// What the rules on to-dos look at; no name, no dates of birth.
    pub holder: Holder,
}

/// The candidates within a scope.
pub async fn candidates(
    pool: &PgPool,
    campaign: i32,
    scope: Scope,
) -> Result<Vec<Candidate>, sqlx::Error> {
    if scope.is_empty() {
        return Ok(Vec::new());
    }
    let identities: Vec<String> = SETTLED.iter().map(|key| (*key).to_owned()).collect();
    let rows = sqlx::query!(
        r#"select a.id as "association: AssociationId", a.name, d.id as "department_id: DepartmentId",
                  d.name as department, h.id, h.number, h.identity, h.kind, h.post_start, h.retired_on,
                  h.recommended, h.resign_by, h.choice, h.civil_status_ended_on, h.contract_on, h.placed_on,
                  h.placement_document, h.asked_on, h.approval_kind, h.approval_date, h.approval_until,
                  h.ruled_cooling_months
           from post_holder h
           join association a on a.campaign_id = h.campaign_id and a.id = h.association_id and a.exit_kind is null
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           where h.campaign_id = $1 and h.resigned_on is null and (h.identity = any($2) or h.recommended)
             and ($3::bigint is null or a.department_id = $3)
             and ($4::bigint is null or a.id = $4)
           order by h.id limit $5"#,
        campaign,
        &identities,
        scope.department().map(|department| department.0),
        scope.association().map(|association| association.0),
        MOST,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Candidate {
            name: row.name,
            department_id: row.department_id,
            department: row.department,
            holder: Holder {
                id: row.id,
                association: row.association,
                number: row.number,
                identity: row.identity,
                kind: row.kind,
                post_start: row.post_start,
                retired_on: row.retired_on,
                recommended: row.recommended,
                resign_by: row.resign_by,
                choice: row.choice,
                civil_status_ended_on: row.civil_status_ended_on,
                contract_on: row.contract_on,
                placed_on: row.placed_on,
                placement_document: row.placement_document,
                asked_on: row.asked_on,
                approval_kind: row.approval_kind,
                approval_date: row.approval_date,
                approval_until: row.approval_until,
                ruled_cooling_months: row.ruled_cooling_months,
                ..Holder::default()
            },
        })
        .collect())
}

/// A register that nobody has declared since it was last changed, or that is declared.
#[derive(Debug, Clone)]
pub struct Undeclared {
    /// The association.
    pub association: AssociationId,
    /// Its name.
    pub name: String,
    /// The unit's name.
    pub department: String,
    /// Why the office sent it back.
    pub return_reason: Option<String>,
}

/// The registers of a unit that wait for its leader's declaration.
pub async fn undeclared(
    pool: &PgPool,
    campaign: i32,
    unit: DepartmentId,
) -> Result<Vec<Undeclared>, sqlx::Error> {
    sqlx::query_as!(
        Undeclared,
        r#"select a.id as "association: AssociationId", a.name, d.name as department, r.return_reason
           from post_register r
           join association a on a.campaign_id = r.campaign_id and a.id = r.association_id and a.exit_kind is null
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           where r.campaign_id = $1 and a.department_id = $2 and r.declared_on is null
           order by a.sort_key, a.id limit 200"#,
        campaign,
        unit.0,
    )
    .fetch_all(pool)
    .await
}
