//! SQL of plans as a whole. What each machine keeps of them stands beside its rules.

pub mod documents;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::access::case::Stuck;
use crate::access::{Act, Case};
use crate::clock::shanghai;
use crate::database::{Db, Write};
use crate::ids::{AccountId, AssociationId, DepartmentId};
use crate::machine;
use crate::scheme::Answers;
use crate::words::Word as _;

use self::documents::Grave;
use super::rules::{Refusal, STEPS, State, held_up, waits_for_exit};

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
    /// Who sent it to the leader for signature.
    pub passed_name: Option<String>,
    /// When.
    pub passed_on: Option<NaiveDate>,
    /// Why the leader sent it back.
    pub back_reason: Option<String>,
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
    /// The departments that got a copy of it.
    pub reply_copies: Vec<String>,
    /// When it was begun.
    pub begun_on: Option<NaiveDate>,
    /// Since when it is suspended.
    pub suspended_on: Option<NaiveDate>,
    /// Why.
    pub suspended_reason: Option<String>,
    /// Its association's leaving lies with civil affairs.
    pub exit_pending: bool,
    /// Grave problems that are open: the plan is not closed while there is one (IS-5).
    pub grave: Json<Vec<Grave>>,
    /// Which edition is carried out: one more with each approved change.
    pub plan_edition: i32,
    /// Row version.
    pub version: i32,
}

impl Plan {
    /// It was sent before, whatever has become of it: asking for approvals waits until it
    /// is sent again (FD-4).
    #[must_use]
    pub const fn was_sent(&self) -> bool {
        self.submitted_at.is_some()
    }

    /// Why an act is not open because the plan stands still, if it does (FD-4).
    #[must_use]
    pub fn stands_still(&self, act: Act) -> Option<Refusal> {
        let suspended = self.suspended_on.is_some();
        if held_up(suspended, act) {
            return Some(Refusal::Suspended(suspended));
        }
        let pending = self.exit_pending && waits_for_exit(act);
        pending.then_some(Refusal::ExitPending)
    }

    /// The rounds whose requests are no longer what the unit has in hand.
    #[must_use]
    pub const fn earlier_rounds(&self) -> std::ops::Range<i32> {
        let sent = self.round + if self.was_sent() { 1 } else { 0 };
        let last = if self.state.is_open() {
            sent
        } else {
            self.round
        };
        1..last
    }

    /// The day it was submitted as it stands; `today` where it was not.
    #[must_use]
    pub fn written_on(&self, today: NaiveDate) -> NaiveDate {
        self.submitted_at
            .map_or(today, |at| at.with_timezone(&shanghai()).date_naive())
    }
}

machine!(Plan, "plan", State from Draft by STEPS on super::rules::holder,
    "plan", "实施方案");

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
                      p.submitted_at, signer(p.campaign_id, 'plan.pass', 'plan', p.id, p.passed_by) as passed_name,
                      p.passed_on, p.back_reason, p.reply_number, p.replied_on,
                      signer(p.campaign_id, 'plan.approve', 'plan', p.id, p.replied_by) as replied_name,
                      p.conditions, p.reply_text, p.reply_copies, p.begun_on, p.suspended_on, p.suspended_reason,
                      exists (select from suspension x where x.campaign_id = p.campaign_id and x.association_id = p.association_id
                              and x.cause = 'exit' and x.until_on is null) as "exit_pending!",
                      (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'title', g.title) order by g.id), '[]')
                       from docket g where g.campaign_id = p.campaign_id and g.association_id = p.association_id
                         and g.process = 'problem' and g.level = 'major' and g.state not in ('settled', 'withdrawn'))
                          as "grave!: Json<Vec<Grave>>",
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

/// The plans of these numbers.
pub async fn of_ids(db: &mut Db, ids: &[i64]) -> Result<Vec<Plan>, sqlx::Error> {
    select_plans!(
        "where p.campaign_id = $1 and p.id = any($2) order by p.id",
        db.campaign(),
        ids
    )
    .fetch_all(db.connection())
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
        "where p.campaign_id = $1 and a.department_id = $2 and p.state in ('draft', 'for_signature', 'returned')
         order by p.state desc, p.id limit $3",
        db.campaign(),
        unit.0,
        ROWS
    )
    .fetch_all(db.connection())
    .await
}

/// Who replied to a plan.
pub async fn replied_by(db: &mut Db, id: i64) -> Result<Option<AccountId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select replied_by as "by: AccountId" from plan where campaign_id = $1 and id = $2"#,
        db.campaign(),
        id,
    )
    .fetch_one(db.connection())
    .await
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
