//! What presses, without the names of people: people to clear soon, choices to carry
//! out, approvals asked for, posts that an organ arranged.

use chrono::NaiveDate;
use sqlx::PgPool;

use crate::ids::{AssociationId, DepartmentId};

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Approvals and filings asked for and not decided (PE-2, PE-3).
    pub asked: bool,
    /// People of one unit to clear by this day at the latest (PE-14, PE-16).
    pub to_clear: Option<(DepartmentId, NaiveDate)>,
    /// Recommended or arranged by an organ from this day on (PE-15).
    pub arranged_from: Option<NaiveDate>,
}

/// A person on a register for whom something is to be done.
#[derive(Debug, Clone)]
pub struct Pressing {
    /// The association.
    pub association: AssociationId,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub department: String,
    /// The person.
    pub id: i64,
    /// 人员第n号.
    pub number: i32,
    /// An approval is asked for since.
    pub asked_on: Option<NaiveDate>,
    /// To resign by.
    pub resign_by: Option<NaiveDate>,
    /// `stay` or `leave`, of those who may choose.
    pub choice: Option<String>,
    /// May choose (PE-14).
    pub chooses: bool,
    /// Why the row is here: `asked`, `clear`, `arranged`.
    pub why: String,
}

/// Everybody for whom something of what is looked for is to be done.
pub async fn pressing(
    pool: &PgPool,
    campaign: i32,
    wanted: Wanted,
) -> Result<Vec<Pressing>, sqlx::Error> {
    let (unit, until) = wanted.to_clear.unzip();
    sqlx::query_as!(
        Pressing,
        r#"select a.id as "association: AssociationId", a.name, d.name as department, h.id, h.number, h.asked_on,
                  h.resign_by, h.choice, (h.identity = 'serving' and h.kind = 'full') as "chooses!", w.why as "why!"
           from post_holder h
           join association a on a.campaign_id = h.campaign_id and a.id = h.association_id and a.exit_kind is null
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           cross join lateral (
               select 'asked' as why where $2 and h.asked_on is not null and h.approval_date is null
               union all
               select 'clear' where a.department_id = $3::bigint
                 and h.identity in ('incumbent', 'off_post', 'serving')
                 and case when h.identity = 'serving' and h.kind = 'full'
                          then not coalesce(h.choice = 'leave' and h.placed_on is not null
                               or h.choice = 'stay' and h.civil_status_ended_on is not null and h.contract_on is not null, false)
                          else coalesce(h.resign_by, $4::date) <= $4::date end
               union all
               select 'arranged' where h.recommended and h.post_start >= $5::date
           ) w
           where h.campaign_id = $1 and h.resigned_on is null
           order by coalesce(h.asked_on, h.resign_by), h.id limit 50"#,
        campaign,
        wanted.asked,
        unit.map(|unit| unit.0),
        until,
        wanted.arranged_from,
    )
    .fetch_all(pool)
    .await
}
