//! Dockets as lists find them, and what is read of them elsewhere.

use chrono::NaiveDate;
use sqlx::types::Json;

use crate::access::facts::dockets::Reach;
use crate::database::Db;
use crate::ids::AssociationId;
use crate::oversight::rules::{Level, State};
use crate::scheme::Answers;

use super::{Docket, Remarks, select_dockets};

/// Rows of a page.
pub const ROWS: i64 = 50;

/// What a list is narrowed by.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The process.
    pub process: String,
    /// Words in the title.
    pub search: String,
    /// `open` or `over`; empty: all.
    pub state: String,
    /// Whose.
    pub unit: Option<i64>,
    /// About which association.
    pub association: Option<i64>,
    /// Only those of a level.
    pub level: String,
    /// Those before this one.
    pub before: Option<i64>,
}

/// A page of a list, the newest first.
pub async fn found(
    db: &mut Db,
    reach: &Reach,
    wanted: &Wanted,
) -> Result<Vec<Docket>, sqlx::Error> {
    select_dockets!(
        "and d.process = $2
         and (d.process = any($3) or d.department_id = $4 or d.handler_id = $4 or d.finder_id = $4
              or a.department_id = $4 or d.association_id = $5)
         and (not d.process = any($6) or d.state in ('settled', 'withdrawn') or d.department_id = $4)
         and ($7 = '' or strpos(d.title, $7) > 0 or strpos(a.name, $7) > 0)
         and ($8 = '' or ($8 = 'over') = (d.state in ('settled', 'withdrawn')))
         and ($9::bigint is null or d.department_id = $9)
         and ($10::bigint is null or d.association_id = $10)
         and ($11 = '' or d.level = $11)
         and ($12::bigint is null or d.id < $12)
         order by d.id desc limit $13",
        db.campaign(),
        wanted.process,
        &reach.whole,
        reach.department,
        reach.association,
        &reach.hidden,
        wanted.search,
        wanted.state,
        wanted.unit,
        wanted.association,
        wanted.level,
        wanted.before,
        ROWS,
    )
    .fetch_all(db.connection())
    .await
}

/// A problem, as reports pick it.
#[derive(Debug, Clone)]
pub struct Problem {
    /// Its key.
    pub id: i64,
    /// Its number.
    pub number: i32,
    /// What it is called.
    pub title: String,
    /// The association.
    pub association: Option<String>,
    /// How grave it is.
    pub level: Level,
    /// Its state.
    pub state: State,
}

/// A unit's open problems, and those that were picked before.
pub async fn problems_of(
    db: &mut Db,
    unit: i64,
    picked: &[i64],
) -> Result<Vec<Problem>, sqlx::Error> {
    sqlx::query_as!(
        Problem,
        r#"select d.id, d.number, d.title, a.name as "association?", d.level as "level: Level", d.state as "state: State"
           from docket d
           left join association a on a.campaign_id = d.campaign_id and a.id = d.association_id
           where d.campaign_id = $1 and d.process = 'problem' and d.department_id = $2
             and (d.state not in ('settled', 'withdrawn') or d.id = any($3))
           order by d.level desc, d.id limit 200"#,
        db.campaign(),
        unit,
        picked,
    )
    .fetch_all(db.connection())
    .await
}

/// What of a unit was visited (SU-4).
#[derive(Debug, Clone)]
pub struct Coverage {
    /// The unit.
    pub unit: String,
    /// Its listed associations.
    pub listed: i64,
    /// Of these, visited.
    pub visited: i64,
    /// The last visit.
    pub last: Option<NaiveDate>,
}

/// Coverage of all units with listed associations, or of one.
pub async fn coverage(db: &mut Db, unit: Option<i64>) -> Result<Vec<Coverage>, sqlx::Error> {
    sqlx::query_as!(
        Coverage,
        r#"select u.short_name as unit, count(*) as "listed!",
                  count(*) filter (where v.last is not null) as "visited!", max(v.last) as last
           from figure_standing s
           join department u on u.campaign_id = s.campaign_id and u.id = s.department_id
           left join lateral (
               select max(d.settled_on) as last from docket d
               where d.campaign_id = s.campaign_id and d.association_id = s.association_id and d.process = 'visit'
                 and d.state = 'settled') v on true
           where s.campaign_id = $1 and s.listed and ($2::bigint is null or s.department_id = $2)
           group by u.id, u.short_name order by u.id limit 1000"#,
        db.campaign(),
        unit,
    )
    .fetch_all(db.connection())
    .await
}

/// What came out of a docket, as far as it is within reach.
pub async fn of_parent(
    db: &mut Db,
    reach: &Reach,
    parent: i64,
) -> Result<Vec<Docket>, sqlx::Error> {
    select_dockets!(
        "and d.parent_id = $2
         and (d.process = any($3) or d.department_id = $4 or d.handler_id = $4 or d.finder_id = $4
              or a.department_id = $4 or d.association_id = $5)
         and (not d.process = any($6) or d.state in ('settled', 'withdrawn') or d.department_id = $4)
         order by d.id limit 2000",
        db.campaign(),
        parent,
        &reach.whole,
        reach.department,
        reach.association,
        &reach.hidden,
    )
    .fetch_all(db.connection())
    .await
}

/// Which of these dockets are within reach.
pub async fn readable(db: &mut Db, reach: &Reach, ids: &[i64]) -> Result<Vec<i64>, sqlx::Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    sqlx::query_scalar!(
        "select d.id from docket d
         left join association a on a.campaign_id = d.campaign_id and a.id = d.association_id
         where d.campaign_id = $1 and d.id = any($2)
         and (d.process = any($3) or d.department_id = $4 or d.handler_id = $4 or d.finder_id = $4
              or a.department_id = $4 or d.association_id = $5)
         and (not d.process = any($6) or d.state in ('settled', 'withdrawn') or d.department_id = $4)",
        db.campaign(),
        ids,
        &reach.whole,
        reach.department,
        reach.association,
        &reach.hidden,
    )
    .fetch_all(db.connection())
    .await
}

/// The associations of these keys that the person reaches by full name or code; none: nothing
/// is called so within reach.
pub async fn association(
    db: &mut Db,
    reach: (Option<i64>, Option<i64>),
    text: &str,
) -> Result<Option<AssociationId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select a.id as "id: AssociationId" from association a
           where a.campaign_id = $1 and (a.name = $2 or a.uscc = upper($2))
             and ($3::bigint is null or a.department_id = $3
                  or exists (select from tie t where t.campaign_id = a.campaign_id and t.association_id = a.id
                               and t.department_id = $3))
             and ($4::bigint is null or a.id = $4)
           order by a.exited_on desc nulls first, a.id limit 1"#,
        db.campaign(),
        text,
        reach.0,
        reach.1,
    )
    .fetch_optional(db.connection())
    .await
}

/// Name and unit of an association.
pub async fn named(db: &mut Db, id: i64) -> Result<Option<(String, i64)>, sqlx::Error> {
    let row = sqlx::query!(
        "select name, department_id from association where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
    )
    .fetch_optional(db.connection())
    .await?;
    Ok(row.map(|row| (row.name, row.department_id)))
}

/// Whether the auditor entered a finding of an association since a day.
pub async fn has_findings(db: &mut Db, association: i64) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from finding f where f.campaign_id = $1 and f.association_id = $2
                            and f.state <> 'withdrawn') as "found!""#,
        db.campaign(),
        association,
    )
    .fetch_one(db.connection())
    .await
}
