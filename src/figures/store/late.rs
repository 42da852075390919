//! SQL of what is overdue: items of an association, and since when a unit has any. What stands
//! still or has left is in none of it, as in the counters.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::access::Scope as Reach;
use crate::database::Db;

/// The associations of one longest overdue have items in at most so many tracks.
const TRACKS: i64 = 8;

/// An association with something overdue.
#[derive(Debug, Clone)]
pub struct Worst {
    /// Its key.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Short name of its unit.
    pub unit: String,
    /// The first day that something was due on.
    pub since: NaiveDate,
    /// Items overdue.
    pub items: i64,
}

/// How many items are overdue, of those of these associations that have any.
pub async fn items(
    db: &mut Db,
    associations: &[i64],
    today: NaiveDate,
) -> Result<BTreeMap<i64, i64>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select i.association_id as id, count(*) as "late!"
           from item i
           where i.campaign_id = $1 and i.association_id = any($2) and i.mandatory and i.owed_on < $3
             and (i.state in ('open', 'in_progress', 'for_signature', 'returned')
                  or i.state = 'reported_done' and i.reported_on > i.owed_on) and i.due_by <> 'beyond'
             and not exists (select from suspension s where s.campaign_id = i.campaign_id
                               and s.association_id = i.association_id and s.until_on is null)
           group by i.association_id order by i.association_id limit 1000"#,
        db.campaign(),
        associations,
        today,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.late)).collect())
}

/// Of each unit with an overdue association: the first day that something was due on.
pub async fn since(
    db: &mut Db,
    reach: Reach,
    today: NaiveDate,
) -> Result<BTreeMap<i64, NaiveDate>, sqlx::Error> {
    let unit = reach.department().map_or(0, |department| department.0);
    let rows = sqlx::query!(
        r#"select department_id as unit, min(due_on) as "since!" from figure_due
           where campaign_id = $1 and due_on < $2 and associations > 0 and ($3::bigint = 0 or department_id = $3)
           group by department_id order by department_id limit 1000"#,
        db.campaign(),
        today,
        unit,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows.into_iter().map(|row| (row.unit, row.since)).collect())
}

/// The associations that are overdue longest, from the index of deadlines.
pub async fn worst(db: &mut Db, today: NaiveDate, most: i64) -> Result<Vec<Worst>, sqlx::Error> {
    sqlx::query_as!(
        Worst,
        r#"select a.id, a.name, d.short_name as unit, min(p.next_deadline) as "since!",
                  (select count(*) from item i
                   where i.campaign_id = $1 and i.association_id = a.id and i.mandatory and i.owed_on < $2
                     and (i.state in ('open', 'in_progress', 'for_signature', 'returned')
                          or i.state = 'reported_done' and i.reported_on > i.owed_on) and i.due_by <> 'beyond') as "items!"
           from (select association_id, next_deadline from association_progress
                 where campaign_id = $1 and next_deadline < $2
                 order by next_deadline, association_id limit $3 * $4::bigint) p
           join association a on a.campaign_id = $1 and a.id = p.association_id and a.exited_on is null
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           group by a.id, a.name, d.short_name
           order by min(p.next_deadline), a.id limit $3"#,
        db.campaign(),
        today,
        most,
        TRACKS,
    )
    .fetch_all(db.connection())
    .await
}
