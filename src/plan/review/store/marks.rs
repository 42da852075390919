//! SQL of what the office found of each part, round by round.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::types::Json;

use crate::database::{Db, Write};
use crate::plan::changes::store::VoidReply;
use crate::plan::review::rules::marks::{Mark, Marks};
use crate::plan::review::store::Reason;
use crate::plan::store::Plan;

/// What was found of a part, by whom, in which round.
#[derive(Debug, Clone, Deserialize)]
pub struct Kept {
    /// The round.
    pub round: i32,
    /// The part.
    pub part: String,
    /// It can stay as it is.
    pub passed: bool,
    /// What is to be mended.
    pub remark: String,
    /// Who found it.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What was said of a plan and its text.
#[derive(Debug, Clone)]
pub struct Said {
    /// What was found of its parts, this round's first; the office's own until it sends the
    /// plan back.
    pub kept: Json<Vec<Kept>>,
    /// What was asked to be mended, newest first.
    pub reasons: Json<Vec<Reason>>,
    /// Replies that were found wrong.
    pub void_replies: Json<Vec<VoidReply>>,
}

/// All of it in one statement; what was found only where it is the reader's to see.
pub async fn said(db: &mut Db, plan: i64, open: bool) -> Result<Said, sqlx::Error> {
    sqlx::query_as!(
        Said,
        r#"select coalesce((select jsonb_agg(m) from (
                       select m.round, m.part, m.passed, m.remark, a.display_name as who, m.at
                       from plan_mark m join account a on a.id = m.account_id
                       where $3 and m.campaign_id = $1 and m.plan_id = $2
                       order by m.round desc, m.part limit 400) m), '[]') as "kept!: Json<Vec<Kept>>",
                  coalesce((select jsonb_agg(r) from (
                       select r.round, r.part, r.reason, a.display_name as who, r.at
                       from plan_return r join account a on a.id = r.account_id
                       where r.campaign_id = $1 and r.plan_id = $2
                       order by r.round desc, r.id limit 200) r), '[]') as "reasons!: Json<Vec<Reason>>",
                  coalesce((select jsonb_agg(v) from (
                       select v.number, v.replied_on, v.reason, v.voided_on from plan_void_reply v
                       where v.campaign_id = $1 and v.plan_id = $2
                       order by v.id limit 100) v), '[]') as "void_replies!: Json<Vec<VoidReply>>""#,
        db.campaign(),
        plan,
        open,
    )
    .fetch_one(db.connection())
    .await
}

/// What was found of the round that lies with the office.
pub async fn of_round(db: &mut Db, plan: &Plan) -> Result<Marks, sqlx::Error> {
    let marks = sqlx::query_as!(
        Mark,
        "select part, passed, remark from plan_mark
         where campaign_id = $1 and plan_id = $2 and round = $3 order by part limit 100",
        db.campaign(),
        plan.id,
        plan.round,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(Marks::of(marks))
}

/// Keeps what was found in this round in place of what was found before. What somebody
/// else found and stays as it is stays theirs.
pub async fn keep(write: &mut Write, plan: &Plan, marks: &Marks) -> Result<(), sqlx::Error> {
    let all = marks.all();
    let parts: Vec<String> = all.iter().map(|mark| mark.part.clone()).collect();
    let passed: Vec<bool> = all.iter().map(|mark| mark.passed).collect();
    let remarks: Vec<String> = all.iter().map(|mark| mark.remark.clone()).collect();
    sqlx::query!(
        "delete from plan_mark where campaign_id = $1 and plan_id = $2 and round = $3 and part <> all($4)",
        write.campaign(),
        plan.id,
        plan.round,
        &parts,
    )
    .execute(write.connection())
    .await?;
    sqlx::query!(
        "insert into plan_mark (campaign_id, plan_id, round, part, passed, remark, account_id, at)
         select $1, $2, $3, m.part, m.passed, m.remark, $7, $8
         from unnest($4::text[], $5::bool[], $6::text[]) as m(part, passed, remark)
         on conflict (campaign_id, plan_id, round, part) do update
         set passed = excluded.passed, remark = excluded.remark, account_id = excluded.account_id, at = excluded.at
         where (plan_mark.passed, plan_mark.remark) is distinct from (excluded.passed, excluded.remark)",
        write.campaign(),
        plan.id,
        plan.round,
        &parts,
        &passed,
        &remarks,
        write.by().0,
        write.request().now.to_utc(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}
