//! SQL of the dashboards' figures: counters and indexes, never a walk over items.

use chrono::NaiveDate;

use crate::access::Scope as Reach;
use crate::database::Db;
use crate::registry::rules::Stage;

/// How many in-scope associations have come how far.
pub async fn stages(db: &mut Db, reach: Reach) -> Result<Vec<(Stage, i64)>, sqlx::Error> {
    let unit = reach.department().map_or(0, |department| department.0);
    let rows = sqlx::query!(
        r#"select stage as "stage: Stage", count(*) as "count!"
           from association
           where campaign_id = $1 and scope = 'in' and exited_on is null and ($2::bigint = 0 or department_id = $2)
           group by stage order by stage limit 50"#,
        db.campaign(),
        unit,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows.into_iter().map(|row| (row.stage, row.count)).collect())
}

/// How many associations have left (注销、撤销、合并).
pub async fn exited(db: &mut Db, reach: Reach) -> Result<i64, sqlx::Error> {
    let unit = reach.department().map_or(0, |department| department.0);
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from association
           where campaign_id = $1 and exited_on is not null and ($2::bigint = 0 or department_id = $2)"#,
        db.campaign(),
        unit,
    )
    .fetch_one(db.connection())
    .await
}

/// How many associations have something overdue, and how many something due by `near`
/// and nothing overdue: the same rows as the register's filters red and yellow.
pub async fn lights(
    db: &mut Db,
    reach: Reach,
    (today, near): (NaiveDate, NaiveDate),
) -> Result<(i64, i64), sqlx::Error> {
    let unit = reach.department().map_or(0, |department| department.0);
    let row = sqlx::query!(
        r#"select count(*) filter (where first < $3) as "red!",
                  count(*) filter (where first >= $3 and first <= $4) as "yellow!"
           from (select min(p.next_deadline) as first
                 from association_progress p
                 join association a on a.campaign_id = p.campaign_id and a.id = p.association_id
                 where p.campaign_id = $1 and p.next_deadline <= $4 and ($2::bigint = 0 or a.department_id = $2)
                 group by p.association_id) due"#,
        db.campaign(),
        unit,
        today,
        near,
    )
    .fetch_one(db.connection())
    .await?;
    Ok((row.red, row.yellow))
}

/// What was resolved on which day.
pub async fn resolved_days(db: &mut Db) -> Result<Vec<(NaiveDate, i64)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select resolved_on, resolved::bigint as "resolved!" from resolved_by_day
           where campaign_id = $1 order by resolved_on limit 1500"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.resolved_on, row.resolved))
        .collect())
}

/// One track of one association.
pub struct TrackCell {
    /// The association.
    pub association: i64,
    /// Its name.
    pub name: String,
    /// Short name of the responsible unit.
    pub unit: String,
    /// T1 …
    pub track: String,
    /// Mandatory items.
    pub applicable: i64,
    /// Of these, resolved.
    pub resolved: i64,
    /// Reported and not verified yet.
    pub reported: i64,
    /// Earliest deadline of what is not resolved.
    pub next_deadline: Option<NaiveDate>,
    /// Its association stands still (FD-4).
    pub still: bool,
    /// Of what stands still the earliest deadline that goes on all the same.
    pub fixed_deadline: Option<NaiveDate>,
}

/// How many associations have a checklist.
pub async fn with_checklist(db: &mut Db, unit: i64) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from association
           where campaign_id = $1 and stage in ('implementing', 'five_done') and exited_on is null
             and ($2::bigint = 0 or department_id = $2)"#,
        db.campaign(),
        unit,
    )
    .fetch_one(db.connection())
    .await
}

/// The tracks of a page of associations that have a checklist, by unit and name.
pub async fn cells(
    db: &mut Db,
    unit: i64,
    (rows, offset): (i64, i64),
) -> Result<Vec<TrackCell>, sqlx::Error> {
    sqlx::query_as!(
        TrackCell,
        r#"select a.id as association, a.name, d.short_name as unit, p.track, p.applicable::bigint as "applicable!",
                  p.resolved::bigint as "resolved!", p.reported::bigint as "reported!", p.next_deadline,
                  p.fixed_deadline,
                  exists (select from suspension s where s.campaign_id = a.campaign_id and s.association_id = a.id
                          and s.until_on is null) as "still!"
           from (select campaign_id, id, name, department_id, sort_key from association
                 where campaign_id = $1 and stage in ('implementing', 'five_done') and exited_on is null
                   and ($2::bigint = 0 or department_id = $2)
                 order by department_id, sort_key, id limit $3 offset $4) a
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           join association_progress p on p.campaign_id = a.campaign_id and p.association_id = a.id
           where p.track <> 'T6'
           order by a.department_id, a.sort_key, a.id, p.track"#,
        db.campaign(),
        unit,
        rows,
        offset,
    )
    .fetch_all(db.connection())
    .await
}
