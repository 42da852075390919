//! SQL of 督办单 and their numbers.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::machine;
use crate::timeline::rules::orders::{STEPS, State, Written};

use super::reminders::Columns;
use super::signer;

/// 督办单 on a page.
const ROWS: i64 = 100;

/// A 督办单.
#[derive(Debug, Clone)]
pub struct Order {
    /// Its key.
    pub id: i64,
    /// To which department.
    pub department: i64,
    /// Its short name.
    pub name: String,
    /// Its full name.
    pub full_name: String,
    /// Where it stands.
    pub state: State,
    /// What is demanded.
    pub demand: String,
    /// By when.
    pub due: NaiveDate,
    /// When it was drafted.
    pub drafted_on: NaiveDate,
    /// By whom.
    pub drafter: String,
    /// Year of its number.
    pub year: Option<i32>,
    /// Serial of its number.
    pub serial: Option<i32>,
    /// Its number.
    pub number: Option<String>,
    /// When it was signed.
    pub signed_on: Option<NaiveDate>,
    /// By whom.
    pub signer: Option<String>,
    /// When the department signed for it.
    pub acknowledged_on: Option<NaiveDate>,
    /// Who did.
    pub acknowledged_by: Option<String>,
    /// What the department has done.
    pub answer: Option<String>,
    /// When it said so.
    pub answered_on: Option<NaiveDate>,
    /// Who did.
    pub answerer: Option<String>,
    /// The office's words at its return or end.
    pub opinion: Option<String>,
    /// When it was closed or discarded.
    pub closed_on: Option<NaiveDate>,
    /// By whom.
    pub closer: Option<String>,
    /// How often it was changed.
    pub version: i32,
}

impl Order {
    /// Its number; empty before it is signed.
    #[must_use]
    pub fn number(&self) -> &str {
        self.number.as_deref().unwrap_or_default()
    }
}

machine!(Order, "supervision_order", State from Draft by STEPS on crate::timeline::rules::orders::holder,
    "supervision_order", "督办单", alone);

/// The one select of 督办单.
macro_rules! select_order {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Order,
            r#"select o.id, o.department_id as department, d.short_name as name, d.name as full_name,
                      o.state as "state: State", o.demand, o.due, o.drafted_on, o.drafter, o.year, o.serial, o.number,
                      o.signed_on, o.signer, o.acknowledged_on, o.acknowledged_by, o.answer, o.answered_on, o.answerer,
                      o.opinion, o.closed_on, o.closer, o.version
               from supervision_order o
               join department d on d.campaign_id = o.campaign_id and d.id = o.department_id
               where o.campaign_id = $1"# + $tail,
            $($argument),+
        )
    };
}

/// All of them, the newest first.
pub async fn orders(db: &mut Db) -> Result<Vec<Order>, sqlx::Error> {
    select_order!(" order by o.id desc limit $2", db.campaign(), ROWS)
        .fetch_all(db.connection())
        .await
}

/// One of them.
pub async fn order(db: &mut Db, id: i64) -> Result<Option<Order>, sqlx::Error> {
    select_order!(" and o.id = $2", db.campaign(), id)
        .fetch_optional(db.connection())
        .await
}

/// Those of these numbers.
pub async fn of_ids(db: &mut Db, ids: &[i64]) -> Result<Vec<Order>, sqlx::Error> {
    select_order!(" and o.id = any($2) order by o.id", db.campaign(), ids)
        .fetch_all(db.connection())
        .await
}

/// Locks one of them.
pub async fn lock(db: &mut Db, id: i64) -> Result<Option<Order>, sqlx::Error> {
    select_order!(" and o.id = $2 for update of o", db.campaign(), id)
        .fetch_optional(db.connection())
        .await
}

/// Notes what goes with a new state.
pub async fn note(db: &mut Db, order: &Order) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update supervision_order set year = $3, serial = $4, number = $5, signed_on = $6, signer = $7,
             acknowledged_on = $8, acknowledged_by = $9, answer = $10, answered_on = $11, answerer = $12,
             opinion = $13, closed_on = $14, closer = $15
         where campaign_id = $1 and id = $2",
        db.campaign(),
        order.id,
        order.year,
        order.serial,
        order.number,
        order.signed_on,
        order.signer,
        order.acknowledged_on,
        order.acknowledged_by,
        order.answer,
        order.answered_on,
        order.answerer,
        order.opinion,
        order.closed_on,
        order.closer,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// What was signed, or closed on, reads otherwise now: it keeps its number, and is to be
/// signed or closed anew.
pub async fn forget_signature(db: &mut Db, id: i64, signed: bool) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update supervision_order set closed_on = null, closer = null,
             signed_on = case when $3 then null else signed_on end, signer = case when $3 then null else signer end
         where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        signed,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// A 督办单 to be.
#[derive(Debug, Clone)]
pub struct Draft {
    /// To which department.
    pub department: i64,
    /// What is demanded.
    pub demand: String,
    /// By when.
    pub due: NaiveDate,
}

/// Keeps a draft with its matters; its key.
pub async fn add(
    write: &mut Write,
    draft: &Draft,
    matters: &[Written],
) -> Result<i64, sqlx::Error> {
    let drafter = signer(write);
    let id = sqlx::query_scalar!(
        "insert into supervision_order (campaign_id, department_id, demand, due, drafted_on, drafted_by, drafter)
         values ($1, $2, $3, $4, $5, $6, $7) returning id",
        write.campaign(),
        draft.department,
        draft.demand,
        draft.due,
        write.today(),
        write.by().0,
        drafter,
    )
    .fetch_one(write.connection())
    .await?;
    let columns = Columns::of(matters);
    sqlx::query!(
        "insert into supervision_matter (campaign_id, order_id, matter, title, subject, href, deadline, late, times)
         select $1::integer, $2::bigint, n.matter, n.title, n.subject, n.href, n.deadline, n.late, n.times
         from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::integer[], $9::integer[])
             as n(matter, title, subject, href, deadline, late, times)",
        write.campaign(),
        id,
        &columns.matter,
        &columns.title,
        &columns.subject,
        &columns.href,
        &columns.deadline,
        &columns.late,
        &columns.times,
    )
    .execute(write.connection())
    .await?;
    Ok(id)
}

/// The matters of a 督办单, the latest first.
pub async fn matters(db: &mut Db, id: i64) -> Result<Vec<Written>, sqlx::Error> {
    sqlx::query_as!(
        Written,
        r#"select matter, title, subject, href, deadline, late::bigint as "late!", times::bigint as "times!"
           from supervision_matter where campaign_id = $1 and order_id = $2
           order by deadline, matter limit 2000"#,
        db.campaign(),
        id,
    )
    .fetch_all(db.connection())
    .await
}

/// What stands in 督办单 under way, by department and matter.
pub async fn under_way(db: &mut Db) -> Result<BTreeSet<(i64, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select o.department_id, m.matter from supervision_order o
         join supervision_matter m on m.campaign_id = o.campaign_id and m.order_id = o.id
         where o.campaign_id = $1 and o.state in ('draft', 'signed', 'answered') limit 20000",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.department_id, row.matter))
        .collect())
}
