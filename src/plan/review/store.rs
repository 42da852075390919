//! SQL of what was signed round by round, of returns with their reasons, of replies,
//! and of the plans that wait for the office.

pub mod marks;
pub mod replies;

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::access::Act;
use crate::access::case::Subject;
use crate::database::{Db, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::plan::review::rules::cover::Cover;
use crate::plan::review::rules::marks::Marks;
use crate::plan::review::rules::rounds::Round;
use crate::plan::rules::State;
use crate::plan::store::Plan;
use crate::scheme::Answers;

/// Rows of a waiting list.
const ROWS: i64 = 50;

/// What was signed and sent.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    /// The round.
    pub round: i32,
    /// Number of the request.
    pub request_number: &'a str,
    /// What it says.
    pub content: &'a Answers,
    /// What stands around it.
    pub cover: &'a Cover,
    /// For which unit.
    pub department: DepartmentId,
}

/// Notes who signed and sent it, and freezes the round.
pub async fn freeze(write: &mut Write, id: i64, signed: &Signed<'_>) -> Result<(), sqlx::Error> {
    let at = write.request().now.to_utc();
    sqlx::query!(
        "insert into plan_round (campaign_id, plan_id, round, content, request_number, submitted_at, cover, survey_id)
         select $1, $2, $3, $4, $5, $6, $7, survey_id from plan where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        signed.round,
        Json(signed.content) as _,
        signed.request_number,
        at,
        Json(signed.cover) as _,
    )
    .execute(write.connection())
    .await?;
    sqlx::query!(
        "update plan set round = $3, request_number = $4, submitted_by = $5, submitted_department = $6, submitted_at = $7,
             checked_at = null, back_reason = null
         where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        signed.round,
        signed.request_number,
        write.by().0,
        signed.department.0,
        at,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Whether somebody of the office has remarked on a matter, or marked its parts, since it was
/// sent by an act.
pub async fn remarked(
    db: &mut Db,
    association: AssociationId,
    (of, sent): (Subject, Act),
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (
               select from act_record r
               join capacity k on k.campaign_id = r.campaign_id and k.account_id = r.account_id
                and k.department_id = r.department_id and k.role in ('office_clerk', 'office_leader')
               where r.campaign_id = $1 and r.association_id = $2
                 and (r.act = 'comment.write'
                      or r.act = 'plan.mark' and r.subject_kind = $3 and r.subject_id = $4)
                 and r.id > (select max(s.id) from act_record s
                             where s.campaign_id = $1 and s.subject_kind = $3 and s.subject_id = $4
                               and s.act = $5)) as "remarked!""#,
        db.campaign(),
        association.0,
        of.kind,
        of.id,
        sent.name(),
    )
    .fetch_one(db.connection())
    .await
}

/// What was signed in a round.
pub async fn round(db: &mut Db, id: i64, round: i32) -> Result<Option<Answers>, sqlx::Error> {
    let content = sqlx::query_scalar!(
        r#"select content as "content: Json<Answers>" from plan_round where campaign_id = $1 and plan_id = $2 and round = $3"#,
        db.campaign(),
        id,
        round,
    )
    .fetch_optional(db.connection())
    .await?;
    Ok(content.map(|content| content.0))
}

/// A request as it was signed and sent.
#[derive(Debug, Clone)]
pub struct Sent {
    /// What the plan said.
    pub content: Json<Answers>,
    /// The number.
    pub request_number: String,
    /// When.
    pub submitted_at: DateTime<Utc>,
    /// What stood around the plan.
    pub cover: Json<Cover>,
    /// The survey on which it rested.
    pub survey: Json<Answers>,
    /// Its edition.
    pub edition: i32,
}

/// The request of a round.
pub async fn sent(db: &mut Db, id: i64, round: i32) -> Result<Option<Sent>, sqlx::Error> {
    sqlx::query_as!(
        Sent,
        r#"select r.content as "content: Json<Answers>", r.request_number, r.submitted_at, r.cover as "cover: Json<Cover>",
                  s.answers as "survey: Json<Answers>", s.edition
           from plan_round r
           join survey s on s.campaign_id = r.campaign_id and s.id = r.survey_id
           where r.campaign_id = $1 and r.plan_id = $2 and r.round = $3"#,
        db.campaign(),
        id,
        round,
    )
    .fetch_optional(db.connection())
    .await
}

/// Notes when the plan was found complete.
pub async fn mark_checked(write: &mut Write, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update plan set checked_at = $3 where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        write.request().now.to_utc(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Keeps the reasons of a return: each remark with its part, and what is said of the whole.
pub async fn add_reasons(write: &mut Write, plan: &Plan, marks: &Marks) -> Result<(), sqlx::Error> {
    let all = marks.all().iter();
    let (parts, words): (Vec<String>, Vec<String>) = all
        .filter(|mark| !mark.passed)
        .map(|mark| (mark.part.clone(), mark.remark.clone()))
        .unzip();
    sqlx::query!(
        "insert into plan_return (campaign_id, plan_id, round, part, reason, account_id, at)
         select $1, $2, $3, r.part, r.reason, $6, $7 from unnest($4::text[], $5::text[]) as r(part, reason)",
        write.campaign(),
        plan.id,
        plan.round,
        &parts,
        &words,
        write.by().0,
        write.request().now.to_utc(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// A reason for which the plan was sent back.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Reason {
    /// The round that was sent back.
    pub round: i32,
    /// The part to be mended.
    pub part: String,
    /// What to mend.
    pub reason: String,
    /// Who said so.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// All reasons, newest first.
pub async fn reasons(db: &mut Db, plan: i64) -> Result<Vec<Reason>, sqlx::Error> {
    sqlx::query_as!(
        Reason,
        "select r.round, r.part, r.reason, a.display_name as who, r.at
         from plan_return r join account a on a.id = r.account_id
         where r.campaign_id = $1 and r.plan_id = $2 order by r.round desc, r.id limit 200",
        db.campaign(),
        plan,
    )
    .fetch_all(db.connection())
    .await
}

/// The reply as it is signed.
#[derive(Debug, Clone, Copy)]
pub struct Reply<'a> {
    /// Year and serial of its number.
    pub serial: (i32, i32),
    /// The number in words.
    pub number: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Its conditions.
    pub conditions: &'a [String],
    /// Who gets a copy.
    pub copies: &'a [String],
}

/// Keeps the reply.
pub async fn seal(write: &mut Write, id: i64, reply: &Reply<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update plan set reply_year = $3, reply_serial = $4, reply_number = $5, reply_text = $6, conditions = $7,
             replied_on = $8, replied_by = $9, reply_copies = $10
         where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        reply.serial.0,
        reply.serial.1,
        reply.number,
        reply.text,
        reply.conditions,
        write.today(),
        write.by().0,
        reply.copies,
    )
    .execute(write.connection())
    .await?;
    Ok(())
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

/// The rounds of a plan, from the first.
pub async fn rounds(db: &mut Db, plan: i64) -> Result<Vec<Round>, sqlx::Error> {
    sqlx::query_as!(
        Round,
        r#"select (r.submitted_at at time zone 'Asia/Shanghai')::date as "on!",
                  r.content as "content: Json<Answers>",
                  array(select distinct b.part from plan_return b
                        where b.campaign_id = r.campaign_id and b.plan_id = r.plan_id and b.round = r.round)
                      as "returned!",
                  (select max((b.at at time zone 'Asia/Shanghai')::date) from plan_return b
                   where b.campaign_id = r.campaign_id and b.plan_id = r.plan_id and b.round = r.round) as returned_on
           from plan_round r
           where r.campaign_id = $1 and r.plan_id = $2
           order by r.round limit 100"#,
        db.campaign(),
        plan,
    )
    .fetch_all(db.connection())
    .await
}
