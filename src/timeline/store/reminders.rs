//! SQL of notices: who was reminded of what, and who has signed for it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::access::Role;
use crate::database::{Db, Write};
use crate::ids::DepartmentId;
use crate::timeline::rules::orders::Written;
use crate::timeline::rules::reminders::{Office, Past, Pasts};

use super::signer;

/// Notices on a page.
const ROWS: i64 = 50;

/// How often and when last each matter was reminded of, by department.
pub async fn pasts(db: &mut Db) -> Result<Pasts, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select r.department_id, m.matter, count(*) as "times!", max(r.sent_on) as "last!"
           from reminder r
           join reminder_matter m on m.campaign_id = r.campaign_id and m.reminder_id = r.id
           where r.campaign_id = $1
           group by r.department_id, m.matter limit 20000"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await?;
    let pasts = rows.into_iter().map(|row| {
        let past = Past {
            times: row.times,
            last: row.last,
        };
        ((row.department_id, row.matter), past)
    });
    Ok(pasts.collect())
}

/// All departments with their competences.
pub async fn offices(db: &mut Db) -> Result<Vec<Office>, sqlx::Error> {
    sqlx::query_as!(
        Office,
        "select id, short_name as name, name as full_name, competences from department
         where campaign_id = $1 and active order by id limit 1000",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}

/// Who receives notices on a day: clerks and leaders of units and the departments'
/// own people with an account in use, delegates included.
pub async fn receivers(
    db: &mut Db,
    today: NaiveDate,
) -> Result<BTreeMap<i64, Vec<String>>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select distinct c.department_id as "department!", c.role as "role!: Role", a.display_name as name
           from capacities_on($1, $2) c
           join account a on a.id = c.account_id and a.disabled_at is null
           where c.association_id is null
           order by 1, 2, 3 limit 5000"#,
        db.campaign(),
        today,
    )
    .fetch_all(db.connection())
    .await?;
    let mut found: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for row in rows {
        if row.role.is_unit() || row.role.is_specialist() {
            let who = format!("{}{}", row.role.label(), row.name);
            found.entry(row.department).or_default().push(who);
        }
    }
    Ok(found)
}

/// Keeps a notice with its matters; its key.
pub async fn add(
    write: &mut Write,
    department: i64,
    body: &str,
    matters: &[Written],
) -> Result<i64, sqlx::Error> {
    let sender = signer(write);
    let id = sqlx::query_scalar!(
        "insert into reminder (campaign_id, department_id, body, account_id, sender, sent_on)
         values ($1, $2, $3, $4, $5, $6) returning id",
        write.campaign(),
        department,
        body,
        write.by().0,
        sender,
        write.today(),
    )
    .fetch_one(write.connection())
    .await?;
    let columns = Columns::of(matters);
    sqlx::query!(
        "insert into reminder_matter (campaign_id, reminder_id, matter, title, subject, href, deadline, late)
         select $1::integer, $2::bigint, n.matter, n.title, n.subject, n.href, n.deadline, n.late
         from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::integer[])
             as n(matter, title, subject, href, deadline, late)",
        write.campaign(),
        id,
        &columns.matter,
        &columns.title,
        &columns.subject,
        &columns.href,
        &columns.deadline,
        &columns.late,
    )
    .execute(write.connection())
    .await?;
    Ok(id)
}

/// Matters by column, for one statement.
pub(super) struct Columns {
    pub(super) matter: Vec<String>,
    pub(super) title: Vec<String>,
    pub(super) subject: Vec<String>,
    pub(super) href: Vec<String>,
    pub(super) deadline: Vec<NaiveDate>,
    pub(super) late: Vec<i32>,
    pub(super) times: Vec<i32>,
}

impl Columns {
    pub(super) fn of(matters: &[Written]) -> Self {
        let text = |read: fn(&Written) -> &String| matters.iter().map(read).cloned().collect();
        let number = |value: i64| i32::try_from(value).unwrap_or(i32::MAX);
        Self {
            matter: text(|each| &each.matter),
            title: text(|each| &each.title),
            subject: text(|each| &each.subject),
            href: text(|each| &each.href),
            deadline: matters.iter().map(|each| each.deadline).collect(),
            late: matters.iter().map(|each| number(each.late)).collect(),
            times: matters.iter().map(|each| number(each.times)).collect(),
        }
    }
}

/// A notice as pages show it.
pub struct Notice {
    /// Its key.
    pub id: i64,
    /// To which department.
    pub department: i64,
    /// Its short name.
    pub name: String,
    /// What it says.
    pub body: String,
    /// Who sent it.
    pub sender: String,
    /// When.
    pub sent_on: NaiveDate,
    /// When somebody signed for it.
    pub acknowledged_on: Option<NaiveDate>,
    /// Who.
    pub acknowledged_by: Option<String>,
    /// How many matters.
    pub matters: i64,
}

/// The newest notices.
pub async fn newest(db: &mut Db) -> Result<Vec<Notice>, sqlx::Error> {
    sqlx::query_as!(
        Notice,
        r#"select r.id, r.department_id as department, d.short_name as name, r.body, r.sender, r.sent_on,
                  r.acknowledged_on, r.acknowledged_by,
                  (select count(*) from reminder_matter m
                   where m.campaign_id = r.campaign_id and m.reminder_id = r.id) as "matters!"
           from reminder r join department d on d.campaign_id = r.campaign_id and d.id = r.department_id
           where r.campaign_id = $1 order by r.id desc limit $2"#,
        db.campaign(),
        ROWS,
    )
    .fetch_all(db.connection())
    .await
}

/// One notice.
pub async fn notice(db: &mut Db, id: i64) -> Result<Option<Notice>, sqlx::Error> {
    sqlx::query_as!(
        Notice,
        r#"select r.id, r.department_id as department, d.short_name as name, r.body, r.sender, r.sent_on,
                  r.acknowledged_on, r.acknowledged_by, 0::bigint as "matters!"
           from reminder r join department d on d.campaign_id = r.campaign_id and d.id = r.department_id
           where r.campaign_id = $1 and r.id = $2"#,
        db.campaign(),
        id,
    )
    .fetch_optional(db.connection())
    .await
}

/// The matters of a notice, the latest first.
pub async fn matters(db: &mut Db, id: i64) -> Result<Vec<Written>, sqlx::Error> {
    sqlx::query_as!(
        Written,
        r#"select matter, title, subject, href, deadline, late::bigint as "late!", 0::bigint as "times!"
           from reminder_matter where campaign_id = $1 and reminder_id = $2
           order by deadline, matter limit 2000"#,
        db.campaign(),
        id,
    )
    .fetch_all(db.connection())
    .await
}

/// Signs for a notice in its department's name; false where somebody did before.
pub async fn acknowledge(
    write: &mut Write,
    id: i64,
    department: DepartmentId,
) -> Result<bool, sqlx::Error> {
    let by = signer(write);
    let signed = sqlx::query!(
        "update reminder set acknowledged_on = $4, acknowledged_by = $5
         where campaign_id = $1 and id = $2 and department_id = $3 and acknowledged_on is null",
        write.campaign(),
        id,
        department.0,
        write.today(),
        by,
    )
    .execute(write.connection())
    .await?;
    Ok(signed.rows_affected() == 1)
}
