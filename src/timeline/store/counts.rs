//! The standing of all associations added up by who carries a task out and whose it is
//! (table `task_count`): changed by as much as an association's own changes, and read by the
//! timeline whatever the number of associations.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::database::Db;
use crate::timeline::rules::Facts;

use super::facts::{Rows, Within};
use super::standing::Standing;

/// By how much a counter changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Change {
    lines: i32,
    total: i32,
    done: i32,
    late: i32,
    pending: i32,
    waiting: i32,
    started: i32,
    still: i32,
    dated: i32,
    owing: i32,
}

/// By how much the counters change: task, department, unit. In this order they are locked.
#[derive(Debug, Default)]
pub struct Changes(BTreeMap<(String, i64, i64), Change>);

impl Changes {
    /// A row is there now.
    pub fn more(&mut self, row: &Standing) {
        self.add(row, 1);
    }

    /// A row is there no more.
    pub fn less(&mut self, row: &Standing) {
        self.add(row, -1);
    }

    fn add(&mut self, row: &Standing, sign: i32) {
        let key = (row.task.clone(), row.department, row.unit);
        let change = self.0.entry(key).or_default();
        change.lines += sign;
        change.total += sign * row.total;
        change.done += sign * row.done;
        change.late += sign * row.late;
        change.pending += sign * row.pending;
        change.waiting += sign * row.waiting;
        change.started += sign * i32::from(row.started);
        change.still += sign * row.still;
        change.dated += sign * i32::from(row.done_on.is_some());
        change.owing += sign * i32::from(row.open_due.is_some());
    }
}

/// Changes the counters.
pub async fn change(db: &mut Db, Changes(mut changes): Changes) -> Result<(), sqlx::Error> {
    changes.retain(|_, change| *change != Change::default());
    if changes.is_empty() {
        return Ok(());
    }
    let of = |field: fn(&Change) -> i32| -> Vec<i32> { changes.values().map(field).collect() };
    let tasks: Vec<String> = changes.keys().map(|key| key.0.clone()).collect();
    let departments: Vec<i64> = changes.keys().map(|key| key.1).collect();
    let units: Vec<i64> = changes.keys().map(|key| key.2).collect();
    sqlx::query!(
        "insert into task_count as c (campaign_id, task, department_id, unit_id, lines, total, done, late, pending, waiting,
                                      started, still, dated, owing)
         select $1, n.* from unnest($2::text[], $3::bigint[], $4::bigint[], $5::integer[], $6::integer[], $7::integer[],
                                    $8::integer[], $9::integer[], $10::integer[], $11::integer[], $12::integer[],
                                    $13::integer[], $14::integer[]) n
         on conflict (campaign_id, task, department_id, unit_id)
         do update set lines = c.lines + excluded.lines, total = c.total + excluded.total, done = c.done + excluded.done,
                       late = c.late + excluded.late, pending = c.pending + excluded.pending,
                       waiting = c.waiting + excluded.waiting, started = c.started + excluded.started,
                       still = c.still + excluded.still, dated = c.dated + excluded.dated, owing = c.owing + excluded.owing",
        db.campaign(),
        &tasks,
        &departments,
        &units,
        &of(|change| change.lines),
        &of(|change| change.total),
        &of(|change| change.done),
        &of(|change| change.late),
        &of(|change| change.pending),
        &of(|change| change.waiting),
        &of(|change| change.started),
        &of(|change| change.still),
        &of(|change| change.dated),
        &of(|change| change.owing),
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Adds all counters up anew. Nobody changes them meanwhile: who has written a standing that
/// is not seen here adds it afterwards.
pub async fn recount(db: &mut Db) -> Result<(), sqlx::Error> {
    sqlx::query!("lock table task_count in exclusive mode")
        .execute(db.connection())
        .await?;
    sqlx::query!(
        "delete from task_count where campaign_id = $1",
        db.campaign()
    )
    .execute(db.connection())
    .await?;
    sqlx::query!(
        "insert into task_count (campaign_id, task, department_id, unit_id, lines, total, done, late, pending, waiting,
                                 started, still, dated, owing)
         select campaign_id, task, department_id, unit_id, count(*), sum(total), sum(done), sum(late), sum(pending), sum(waiting),
                count(*) filter (where started), sum(still), count(done_on), count(open_due)
         from task_standing where campaign_id = $1 group by campaign_id, task, department_id, unit_id",
        db.campaign(),
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Counters that are not what is kept of the associations, added up.
pub async fn drift(db: &mut Db) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select concat_ws(' ', task, department_id, unit_id, to_jsonb(k), '；应为 should be', to_jsonb(s)) as "found!"
           from (select task, department_id, unit_id, lines, total, done, late, pending, waiting, started, still, dated, owing
                 from task_count where campaign_id = $1 and lines <> 0) k
           full join (
               select task, department_id, unit_id, count(*) as lines, sum(total) as total, sum(done) as done, sum(late) as late,
                      sum(pending) as pending, sum(waiting) as waiting, count(*) filter (where started) as started,
                      sum(still) as still, count(done_on) as dated, count(open_due) as owing
               from task_standing where campaign_id = $1 group by task, department_id, unit_id) s
             using (task, department_id, unit_id)
           where (k.lines, k.total, k.done, k.late, k.pending, k.waiting, k.started, k.still, k.dated, k.owing)
                 is distinct from
                 (s.lines, s.total, s.done, s.late, s.pending, s.waiting, s.started, s.still, s.dated, s.owing)
           order by 1"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}

/// A row of what was counted.
struct Row {
    task: String,
    department: i64,
    total: i64,
    done: i64,
    late: i64,
    pending: i64,
    waiting: i64,
    started: bool,
    done_on: Option<NaiveDate>,
    open_due: Option<NaiveDate>,
    still: i64,
}

fn by_task(rows: Vec<Row>) -> BTreeMap<String, Rows> {
    let mut found: BTreeMap<String, Rows> = BTreeMap::new();
    for row in rows {
        let facts = Facts {
            total: row.total,
            done: row.done,
            late: row.late,
            pending: row.pending,
            waiting: row.waiting,
            started: row.started,
            done_on: row.done_on,
            open_due: row.open_due,
            still: row.still,
        };
        let by = found.entry(row.task).or_default();
        by.push((row.department, facts));
    }
    found
}

/// What the tasks count within what a person may see, by what they measure. The last day of
/// what is not complete is looked up for one task alone, the one that is shown: no state
/// depends on it.
pub async fn counted(
    db: &mut Db,
    within: Within,
    shown: Option<&str>,
) -> Result<BTreeMap<String, Rows>, sqlx::Error> {
    if let Some(association) = within.association {
        return of_association(db, association).await;
    }
    let rows = sqlx::query_as!(
        Row,
        r#"select c.task, c.department_id as department, sum(c.total)::bigint as "total!", sum(c.done)::bigint as "done!",
                  sum(c.late)::bigint as "late!", sum(c.pending)::bigint as "pending!", sum(c.waiting)::bigint as "waiting!",
                  bool_or(c.started > 0) as "started!", max(x.done_on) as done_on, min(y.open_due) as open_due,
                  sum(c.still)::bigint as "still!"
           from task_count c
           left join lateral (
               select s.done_on from task_standing s
               where c.dated > 0 and (c.task = $3 or c.done >= c.total) and s.campaign_id = c.campaign_id and s.task = c.task
                 and s.department_id = c.department_id and s.unit_id = c.unit_id and s.done_on is not null
               order by s.done_on desc limit 1) x on true
           left join lateral (
               select s.open_due from task_standing s
               where c.owing > 0 and s.campaign_id = c.campaign_id and s.task = c.task and s.department_id = c.department_id
                 and s.unit_id = c.unit_id and s.open_due is not null
               order by s.open_due limit 1) y on true
           where c.campaign_id = $1 and c.lines > 0 and ($2::bigint is null or c.unit_id = $2)
           group by c.task, c.department_id order by c.task, c.department_id limit 10000"#,
        db.campaign(),
        within.unit,
        shown,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(by_task(rows))
}

/// What they count of one association.
async fn of_association(
    db: &mut Db,
    association: i64,
) -> Result<BTreeMap<String, Rows>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select task, department_id as department, total::bigint as "total!", done::bigint as "done!", late::bigint as "late!",
                  pending::bigint as "pending!", waiting::bigint as "waiting!", started, done_on, open_due,
                  still::bigint as "still!"
           from task_standing where campaign_id = $1 and association_id = $2
           order by task, department_id limit 1000"#,
        db.campaign(),
        association,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(by_task(rows))
}
