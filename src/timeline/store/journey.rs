//! The journey's tasks that are not counted of each association: what a unit says, and the
//! office's list. Days are days in Shanghai (domain 9.2).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::database::Db;
use crate::timeline::rules::Facts;

use super::facts::{Names, Rows, Within};

/// Surveys that were sent; a unit without associations says so instead (PH-05).
pub async fn surveys(
    db: &mut Db,
    within: Within,
    (names, counted): (&Names, Rows),
) -> Result<Rows, sqlx::Error> {
    let counted: BTreeMap<i64, Facts> = counted.into_iter().collect();
    let said = nil_reports(db, within).await?;
    let units = names
        .iter()
        .filter(|(id, (_, supervises))| *supervises && within.unit.is_none_or(|unit| unit == **id));
    let rows = units.map(|(id, _)| {
        let nil = said.get(id).copied();
        let facts = match counted.get(id) {
            Some(facts) => Facts {
                done_on: facts.done_on.max(nil),
                ..*facts
            },
            None => Facts {
                total: 1,
                done: i64::from(nil.is_some()),
                waiting: i64::from(nil.is_none()),
                done_on: nil,
                ..Facts::default()
            },
        };
        (*id, facts)
    });
    Ok(rows.collect())
}

/// The days on which units said that they have no associations.
async fn nil_reports(db: &mut Db, within: Within) -> Result<BTreeMap<i64, NaiveDate>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select department_id, (at at time zone 'Asia/Shanghai')::date as "said!" from nil_report
           where campaign_id = $1 and subject = 'survey' and ($2::bigint is null or department_id = $2)
           order by department_id limit 1000"#,
        db.campaign(),
        within.unit,
    )
    .map(|row| (row.department_id, row.said))
    .fetch_all(db.connection())
    .await?;
    Ok(rows.into_iter().collect())
}

/// Recommendations that were sent, of units that have somebody to recommend (PH-07).
pub async fn recommendations(db: &mut Db, within: Within) -> Result<Rows, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select d.id as department, r.id is not null as "started!",
                  exists (select from association a where a.campaign_id = d.campaign_id and a.department_id = d.id
                            and a.scope = 'in' and (a.registered_on < $3) is not false) as "base!",
                  coalesce(r.state in ('submitted', 'approved', 'published'), false) as "sent!",
                  case when r.state in ('submitted', 'approved', 'published')
                       then (r.submitted_at at time zone 'Asia/Shanghai')::date end as done_on
           from department d
           left join recommendation r on r.campaign_id = d.campaign_id and r.department_id = d.id
           where d.campaign_id = $1 and d.supervises and d.active and ($2::bigint is null or d.id = $2)
           order by d.id limit 500"#,
        db.campaign(),
        within.unit,
        within.issued,
    )
    .map(|row| {
        let total = i64::from(row.base);
        let done = if row.sent { total } else { 0 };
        let facts = Facts {
            total,
            done,
            waiting: total - done,
            started: row.started,
            done_on: row.done_on,
            ..Facts::default()
        };
        (row.department, facts)
    })
    .fetch_all(db.connection())
    .await?;
    Ok(rows)
}

/// The published list (PH-08): one thing of the office's.
pub async fn publication(db: &mut Db) -> Result<Rows, sqlx::Error> {
    let row = sqlx::query!(
        r#"select (select min(published_on) from roster_publication where campaign_id = $1) as day,
                  exists (select from recommendation where campaign_id = $1 and state in ('approved', 'published'))
                      as "decided!""#,
        db.campaign(),
    )
    .fetch_one(db.connection())
    .await?;
    let done = i64::from(row.day.is_some());
    let facts = Facts {
        total: 1,
        done,
        waiting: if row.decided { 1 - done } else { 0 },
        started: row.decided,
        done_on: row.day,
        ..Facts::default()
    };
    Ok(vec![(0, facts)])
}
