//! People on registers for whom something may be to be done, without their names.
//! Which of them press is for the rules to say (`rules::steps`): SQL only leaves out
//! those whom no rule could name, by the identities that the rules give it.

use chrono::NaiveDate;

use crate::database::Db;
use crate::ids::AssociationId;
use crate::posts::rules::{Holder, SETTLED};

/// A register, with a person on it for whom something may be to be done; registers
/// without such people are there once.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The association.
    pub association: AssociationId,
    /// Its name.
    pub name: String,
    /// Its unit's name.
    pub department: String,
    /// When the register was opened.
    pub opened_on: NaiveDate,
    /// The register waits for the declaration of the unit's leader.
    pub undeclared: bool,
    /// And was sent back.
    pub returned: bool,
    /// What the rules on to-dos look at; no name, no dates of birth.
    pub holder: Option<Holder>,
}

/// The candidates of some associations.
pub async fn candidates_of(db: &mut Db, ids: &[i64]) -> Result<Vec<Candidate>, sqlx::Error> {
    let identities: Vec<String> = SETTLED.iter().map(|key| (*key).to_owned()).collect();
    sqlx::query!(
        r#"select a.id as "association: AssociationId", a.name, d.name as department,
                  r.opened_on, r.declared_on is null as "undeclared!", r.return_reason is not null as "returned!",
                  h.id as "id?", h.number as "number?", h.identity as "identity?", h.kind as "kind?", h.post_start,
                  h.retired_on, h.recommended as "recommended?", h.resign_by, h.choice, h.civil_status_ended_on,
                  h.contract_on, h.placed_on, h.placement_document, h.asked_on, h.approval_kind, h.approval_date,
                  h.approval_until, h.ruled_cooling_months
           from post_register r
           join association a on a.campaign_id = r.campaign_id and a.id = r.association_id and a.exit_kind is null
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           left join post_holder h on h.campaign_id = r.campaign_id and h.association_id = r.association_id
            and h.resigned_on is null and (h.identity = any($2) or h.recommended)
           where r.campaign_id = $1 and a.id = any($3)
           order by a.id, h.id"#,
        db.campaign(),
        &identities,
        ids,
    )
        .map(|row| Candidate {
                association: row.association,
                name: row.name,
                department: row.department,
                opened_on: row.opened_on,
                undeclared: row.undeclared,
                returned: row.returned,
                holder: row.id.map(|id| Holder {
                    id,
                    association: row.association,
                    number: row.number.unwrap_or_default(),
                    identity: row.identity.unwrap_or_default(),
                    kind: row.kind.unwrap_or_default(),
                    post_start: row.post_start,
                    retired_on: row.retired_on,
                    recommended: row.recommended.unwrap_or_default(),
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
                }),
            })
    .fetch_all(db.connection())
    .await
}
