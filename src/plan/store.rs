//! SQL of plans. Rounds, replies and prior approvals have files of their own.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::access::Case;
use crate::access::case::Stuck;
use crate::clock::shanghai;
use crate::database::{Db, Write};
use crate::ids::{AccountId, AssociationId, DepartmentId};
use crate::machine;
use crate::registry::rules::Stage;
use crate::scheme::Answers;
use crate::words::Word as _;

use super::rules::{STEPS, State};

pub mod approvals;
pub mod changes;
pub mod conditions;
pub mod in_hand;
pub mod notices;
pub mod replies;
pub mod rounds;
pub mod withdrawals;

pub use replies::{Reply, seal};
pub use rounds::{Reason, Signed, add_reasons, freeze, mark_checked, reasons, round};

/// Rows of a waiting list.
const ROWS: i64 = 50;

/// A plan with everything that it is judged by.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Its key.
    pub id: i64,
    /// The association.
    pub association: AssociationId,
    /// Its name.
    pub association_name: String,
    /// The responsible unit.
    pub unit: DepartmentId,
    /// Its name.
    pub unit_name: String,
    /// The confirmed survey on which it rests.
    pub survey: Json<Answers>,
    /// Its edition.
    pub edition: i32,
    /// A newer edition has been confirmed since.
    pub outdated: bool,
    /// Names of the departments with a living tie, without the responsible unit.
    pub linked: Vec<String>,
    /// Of these, the ones that were not sent a notice.
    pub unnotified: Vec<String>,
    /// Its state.
    pub state: State,
    /// How many times it was submitted, or 1 before the first time.
    pub round: i32,
    /// What it says.
    pub content: Json<Answers>,
    /// Number of the request.
    pub request_number: Option<String>,
    /// Who signed it.
    pub submitted_by: Option<AccountId>,
    /// Their name.
    pub submitted_name: Option<String>,
    /// When.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Number of the reply.
    pub reply_number: Option<String>,
    /// Its date.
    pub replied_on: Option<NaiveDate>,
    /// Who signed it.
    pub replied_name: Option<String>,
    /// Its conditions.
    pub conditions: Vec<String>,
    /// Its text as signed.
    pub reply_text: Option<String>,
    /// When it was begun.
    pub begun_on: Option<NaiveDate>,
    /// Since when it is suspended.
    pub suspended_on: Option<NaiveDate>,
    /// Why.
    pub suspended_reason: Option<String>,
    /// Which edition is carried out: one more with each approved change.
    pub plan_edition: i32,
    /// Row version.
    pub version: i32,
}

impl Plan {
    /// The day it was submitted as it stands; `today` where it was not.
    #[must_use]
    pub fn written_on(&self, today: NaiveDate) -> NaiveDate {
        self.submitted_at
            .map_or(today, |at| at.with_timezone(&shanghai()).date_naive())
    }
}

machine!(Plan, "plan", State from Draft by STEPS, "plan", "实施方案");

/// An act on it, or on what belongs to it, is not open in its state.
pub fn closed<C: Case>(case: &C) -> Stuck {
    Stuck::Closed(C::NAME, case.row().state.label())
}

/// The one select of plans; each use adds its own condition.
macro_rules! select_plans {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Plan,
            r#"select p.id, p.association_id as "association: AssociationId", a.name as association_name,
                      a.department_id as "unit: DepartmentId", d.name as unit_name,
                      s.answers as "survey: Json<Answers>", s.edition,
                      exists (select from survey n where n.campaign_id = p.campaign_id and n.association_id = p.association_id
                              and n.state = 'confirmed' and n.edition > s.edition) as "outdated!",
                      array(select l.name from tie t
                            join department l on l.campaign_id = t.campaign_id and l.id = t.department_id
                            where t.campaign_id = p.campaign_id and t.association_id = p.association_id
                              and t.ended_on is null and t.department_id <> a.department_id
                            group by l.id, l.name order by l.id) as "linked!: Vec<String>",
                      array(select l.name from tie t
                            join department l on l.campaign_id = t.campaign_id and l.id = t.department_id
                            where t.campaign_id = p.campaign_id and t.association_id = p.association_id
                              and t.ended_on is null and t.department_id <> a.department_id
                              and not exists (select from linked_notice n where n.campaign_id = t.campaign_id
                                              and n.association_id = t.association_id and n.department_id = t.department_id)
                            group by l.id, l.name order by l.id) as "unnotified!: Vec<String>",
                      p.state as "state: State", p.round, p.content as "content: Json<Answers>", p.request_number,
                      p.submitted_by as "submitted_by: AccountId",
                      signer(p.campaign_id, 'plan.submit', 'plan', p.id, p.submitted_by) as submitted_name,
                      p.submitted_at, p.reply_number, p.replied_on,
                      signer(p.campaign_id, 'plan.approve', 'plan', p.id, p.replied_by) as replied_name,
                      p.conditions, p.reply_text, p.begun_on, p.suspended_on, p.suspended_reason,
                      p.edition as plan_edition, p.version
               from plan p
               join association a on a.campaign_id = p.campaign_id and a.id = p.association_id
               join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
               join survey s on s.campaign_id = p.campaign_id and s.id = p.survey_id
               "# + $tail,
            $($argument),+
        )
    };
}

/// The plan of an association.
pub async fn plan(db: &mut Db, association: AssociationId) -> Result<Option<Plan>, sqlx::Error> {
    select_plans!(
        "where p.campaign_id = $1 and p.association_id = $2",
        db.campaign(),
        association.0
    )
    .fetch_optional(db.connection())
    .await
}

/// Locks the plan of an association.
pub async fn lock(db: &mut Db, association: AssociationId) -> Result<Option<Plan>, sqlx::Error> {
    select_plans!(
        "where p.campaign_id = $1 and p.association_id = $2 for update of p",
        db.campaign(),
        association.0
    )
    .fetch_optional(db.connection())
    .await
}

/// A unit's plans that are in its hands, those sent back first.
pub async fn plans_in_hand(db: &mut Db, unit: DepartmentId) -> Result<Vec<Plan>, sqlx::Error> {
    select_plans!(
        "where p.campaign_id = $1 and a.department_id = $2 and p.state in ('draft', 'returned')
         order by p.state desc, p.id limit $3",
        db.campaign(),
        unit.0,
        ROWS
    )
    .fetch_all(db.connection())
    .await
}

/// A plan that waits for the office.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The association.
    pub association: AssociationId,
    /// Its name.
    pub name: String,
    /// Short name of the responsible unit.
    pub unit: String,
    /// The plan's state.
    pub state: State,
    /// How many times it was submitted.
    pub round: i32,
    /// Number of the request.
    pub request_number: String,
    /// When it came.
    pub submitted_at: DateTime<Utc>,
    /// Prior approvals that are still with departments.
    pub pending: i64,
}

/// Plans with the office, longest first.
pub async fn plans_waiting(db: &mut Db) -> Result<Vec<Waiting>, sqlx::Error> {
    sqlx::query_as!(
        Waiting,
        r#"select p.association_id as "association: AssociationId", a.name, d.short_name as unit,
                  p.state as "state: State", p.round, coalesce(p.request_number, '') as "request_number!",
                  p.submitted_at as "submitted_at!",
                  (select count(*) from prior_approval q where q.campaign_id = p.campaign_id and q.plan_id = p.id
                   and q.state = 'requested') as "pending!"
           from plan p
           join association a on a.campaign_id = p.campaign_id and a.id = p.association_id
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           where p.campaign_id = $1 and p.state in ('submitted', 'under_review') and p.submitted_at is not null
           order by p.submitted_at, p.id limit $2"#,
        db.campaign(),
        ROWS,
    )
    .fetch_all(db.connection())
    .await
}

/// What a plan can begin on.
#[derive(Debug, Clone)]
pub struct Ground {
    /// How far the association has come.
    pub stage: Stage,
    /// Its name.
    pub name: String,
    /// The responsible unit's name.
    pub unit_name: String,
    /// The newest confirmed survey.
    pub survey_id: Option<i64>,
    /// Its answers.
    pub survey: Option<Json<Answers>>,
    /// Names of the departments with a living tie, without the responsible unit.
    pub linked: Vec<String>,
}

/// Locks an association and reads what its plan can begin on.
pub async fn ground(
    db: &mut Db,
    association: AssociationId,
) -> Result<Option<Ground>, sqlx::Error> {
    sqlx::query_as!(
        Ground,
        r#"select a.stage as "stage: Stage", a.name, d.name as unit_name, s.id as "survey_id?",
                  s.answers as "survey?: Json<Answers>",
                  array(select l.name from tie t
                        join department l on l.campaign_id = t.campaign_id and l.id = t.department_id
                        where t.campaign_id = a.campaign_id and t.association_id = a.id
                          and t.ended_on is null and t.department_id <> a.department_id
                        group by l.id, l.name order by l.id) as "linked!: Vec<String>"
           from association a
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           left join survey s on s.campaign_id = a.campaign_id and s.id =
               (select n.id from survey n where n.campaign_id = a.campaign_id and n.association_id = a.id
                and n.state = 'confirmed' order by n.edition desc limit 1)
           where a.campaign_id = $1 and a.id = $2
           for update of a"#,
        db.campaign(),
        association.0,
    )
    .fetch_optional(db.connection())
    .await
}

/// Begins a plan; `None` where there is one.
pub async fn add(
    db: &mut Db,
    association: AssociationId,
    survey_id: i64,
    content: &Answers,
) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into plan (campaign_id, association_id, survey_id, content) values ($1, $2, $3, $4)
         on conflict (campaign_id, association_id) do nothing returning id",
        db.campaign(),
        association.0,
        survey_id,
        Json(content) as _,
    )
    .fetch_optional(db.connection())
    .await
}

/// Writes what the plan says.
pub async fn save(db: &mut Db, id: i64, content: &Answers) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update plan set content = $3 where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        Json(content) as _,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Puts the plan on the newest confirmed survey.
pub async fn rebase(db: &mut Db, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update plan p set survey_id =
             (select s.id from survey s where s.campaign_id = p.campaign_id and s.association_id = p.association_id
              and s.state = 'confirmed' order by s.edition desc limit 1)
         where p.campaign_id = $1 and p.id = $2",
        db.campaign(),
        id,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Notes the day on which the plan was begun.
pub async fn mark_begun(write: &mut Write, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update plan set begun_on = $3 where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}
