//! What each task of the journey counts of each association (table `task_standing`). It
//! follows from the states, nothing in it depends on the day, and it is written with the
//! desk (docs/decisions/0023-desk.md). Days are days in Shanghai; an association counts from
//! the first report that was not sent back (domain 9.2).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::database::Db;
use crate::figures::Changed;
use crate::scheme::Scheme;
use crate::scheme::timeline::Task;

use super::counts;

/// What one task counts of one association, for one department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What the task measures; see [`key`].
    pub task: String,
    /// The association.
    pub association: i64,
    /// Who carries it out: of prior approvals the department asked, else the unit.
    pub department: i64,
    /// Who sees it as theirs.
    pub unit: i64,
    /// Subjects.
    pub total: i32,
    /// Of these, done.
    pub done: i32,
    /// Of these, done after a deadline of their own.
    pub late: i32,
    /// Subjects that cannot be counted yet because what comes before is missing.
    pub pending: i32,
    /// Open ones that wait for the one who carries the task out.
    pub waiting: i32,
    /// Something was begun.
    pub started: bool,
    /// Open ones whose association stands still (FD-4).
    pub still: i32,
    /// The last day on which one was done.
    pub done_on: Option<NaiveDate>,
    /// The earliest deadline of its own that an open subject has.
    pub open_due: Option<NaiveDate>,
}

/// By association, task and department.
pub type Standings = BTreeMap<(i64, String, i64), Standing>;

/// By what a task's counts are kept: what it measures, or its code where several tasks count
/// items, each of some measures.
#[must_use]
pub fn key(task: &Task) -> &str {
    match task.measured.as_str() {
        "measures" | "dockets" => task.code(),
        measured => measured,
    }
}

/// What should stand, in one statement, its parts in this order:
/// PH-05, PH-06, PH-11, PH-14, PH-13, PH-12, PH-15, PH-25 to PH-27, PH-29.
macro_rules! select_standing {
    ($($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Standing,
            r#"with a as materialized (
                   select id, department_id, scope, registered_on from association where campaign_id = $1 and id = any($2)),
               still as materialized (
                   select distinct association_id as id from suspension
                   where campaign_id = $1 and association_id = any($2) and until_on is null),
               surveyed as materialized (
                   select a.id, a.department_id, a.scope, f.sent, f.confirmed, coalesce(f.with_office, false) as with_office, f.begun
                   from a cross join lateral (
                       select min((s.submitted_at at time zone 'Asia/Shanghai')::date)
                                  filter (where s.state in ('submitted', 'confirmed', 'superseded')) as sent,
                              min(s.confirmed_on) as confirmed, bool_or(s.state = 'submitted') as with_office,
                              count(*) > 0 as begun
                       from survey s where s.campaign_id = $1 and s.association_id = a.id) f
                   -- Founded after the document: it goes another way (10.11).
                   where (a.registered_on < $6) is not false),
               listed as materialized (
                   select a.id, a.department_id, p.id as plan, p.state, p.submitted_at, p.replied_on, z.id is not null as still,
                          p.submitted_at is not null
                              and coalesce(p.state, '') not in ('draft', 'for_signature', 'returned') as sent
                   from a
                   join roster_entry e on e.campaign_id = $1 and e.association_id = a.id and e.publication_id is not null
                        -- Later batches have dates of their own (FD-1): the tasks are the campaign's.
                        and not exists (select from batch b where b.campaign_id = $1 and b.publication_id = e.publication_id)
                   left join plan p on p.campaign_id = $1 and p.association_id = a.id
                   left join still z on z.id = a.id)
               select 'survey' as "task!", id as "association!", department_id as "department!", department_id as "unit!",
                      (scope <> 'out')::int as "total!", (scope <> 'out' and sent is not null)::int as "done!", 0 as "late!",
                      0 as "pending!", (scope <> 'out' and sent is null)::int as "waiting!", begun as "started!", 0 as "still!",
                      sent as done_on, null::date as open_due
               from surveyed
               union all
               select 'confirmation', id, department_id, department_id, 1, (confirmed is not null)::int, 0, 0,
                      (confirmed is null and with_office)::int, with_office or confirmed is not null, 0, confirmed, null
               from surveyed where scope <> 'out'
               union all
               select 'plan', id, department_id, department_id, 1, sent::int, 0, 0, (not sent)::int, plan is not null,
                      (not sent and still)::int, case when sent then (submitted_at at time zone 'Asia/Shanghai')::date end, null
               from listed
               union all
               select 'reply', id, department_id, department_id, 1, (replied_on is not null)::int, 0, 0,
                      (replied_on is null and coalesce(state in ('submitted', 'under_review'), false))::int,
                      submitted_at is not null, (replied_on is null and still)::int, replied_on, null
               from listed
               union all
               select 'notices', l.id, l.department_id, l.department_id, count(*)::int, count(n.sent_on)::int, 0, 0,
                      (count(*) - count(n.sent_on))::int, count(n.sent_on) > 0, 0, max(n.sent_on), null
               from listed l
               join lateral (
                   select distinct t.department_id from tie t
                   where t.campaign_id = $1 and t.association_id = l.id and t.department_id <> l.department_id
                     and (t.ended_on is null or exists (
                         select from linked_notice k where k.campaign_id = $1 and k.association_id = l.id
                            and k.department_id = t.department_id))) d on true
               left join lateral (
                   select min(k.sent_on) as sent_on from linked_notice k
                   where k.campaign_id = $1 and k.association_id = l.id and k.department_id = d.department_id) n on true
               group by l.id, l.department_id
               union all
               select 'prior_approvals', a.id, q.department_id, a.department_id, count(*)::int, count(q.decided_on)::int, 0, 0,
                      (count(*) - count(q.decided_on))::int, true, 0, max(q.decided_on), null
               from a
               join plan p on p.campaign_id = $1 and p.association_id = a.id
               join prior_approval q on q.campaign_id = $1 and q.plan_id = p.id
                    and q.state not in ('required', 'not_needed', 'marked', 'resting')
               group by a.id, a.department_id, q.department_id
               union all
               select 'items', l.id, l.department_id, l.department_id, coalesce(c.applicable, 0)::int, coalesce(c.resolved, 0)::int,
                      coalesce(c.late, 0)::int, (c.applicable is null)::int,
                      coalesce(c.applicable - c.resolved - c.reported, 0)::int, coalesce(c.applicable > 0, false),
                      (case when l.still then coalesce(c.applicable - c.resolved, 0) else 0 end)::int, null, c.next_deadline
               from listed l
               cross join lateral (
                   select sum(q.applicable) as applicable, sum(q.resolved) as resolved, sum(q.reported) as reported,
                          sum(q.late) as late, min(q.next_deadline) as next_deadline
                   from association_progress q
                   where q.campaign_id = $1 and q.association_id = l.id and q.track = any($3)) c
               union all
               select m.task, i.association_id, i.department_id, i.department_id, count(*)::int, count(i.resolved_on)::int,
                      (count(*) filter (where i.state <> 'exempted' and i.resolved_on is not null
                                          and coalesce(i.reported_on, i.resolved_on) > i.owed_on and i.due_by <> 'beyond'))::int, 0,
                      (count(*) filter (where i.resolved_on is null and i.state <> 'reported_done'))::int,
                      bool_or(i.state <> 'open'), (count(*) filter (where i.resolved_on is null and z.id is not null))::int,
                      null, min(i.owed_on) filter (where i.resolved_on is null and z.id is null and i.due_by <> 'beyond'
                          and (i.state <> 'reported_done' or i.reported_on > i.owed_on))
               from item i
               join unnest($4::text[], $5::text[]) m(task, measure) on m.measure = i.measure
               left join still z on z.id = i.association_id
               where i.campaign_id = $1 and i.association_id = any($2) and i.state <> 'not_applicable'
               group by m.task, i.association_id, i.department_id
               union all
               select 'activities', association_id, department_id, department_id, count(*)::int,
                      (count(*) filter (where state in ('approved', 'done', 'refused')))::int, 0, 0,
                      (count(*) filter (where state not in ('approved', 'done', 'refused')))::int, true, 0, max(approved_on), null
               from activity where campaign_id = $1 and association_id = any($2)
               group by association_id, department_id"#,
            $($argument),+
        )
    };
}

/// The standing of these associations as the states say it should be.
pub async fn computed(
    db: &mut Db,
    associations: &[i64],
    scheme: &Scheme,
) -> Result<Standings, sqlx::Error> {
    let tracks = scheme.measures.tracks.iter();
    let five: Vec<String> = tracks
        .filter(|track| track.counts_in_five)
        .map(|track| track.code.clone())
        .collect();
    let tasks = scheme.timeline.tasks.iter();
    let of_items = tasks.filter(|task| task.measured == "measures");
    let pairs = of_items.flat_map(|task| {
        let measures = task.measures.iter();
        measures.map(|measure| (task.code().to_owned(), measure.clone()))
    });
    let (tasks, measures): (Vec<String>, Vec<String>) = pairs.unzip();
    let rows = select_standing!(
        db.campaign(),
        associations,
        &five,
        &tasks,
        &measures,
        scheme.campaign.parameters.issue_date,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(keyed(rows))
}

fn keyed(rows: Vec<Standing>) -> Standings {
    let rows = rows.into_iter();
    rows.map(|row| ((row.association, row.task.clone(), row.department), row))
        .collect()
}

/// The standing of these associations as it is kept.
pub async fn kept(db: &mut Db, associations: &[i64]) -> Result<Standings, sqlx::Error> {
    let rows = sqlx::query_as!(
        Standing,
        "select task, association_id as association, department_id as department, unit_id as unit, total, done, late, pending,
                waiting, started, still, done_on, open_due
         from task_standing where campaign_id = $1 and association_id = any($2)",
        db.campaign(),
        associations,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(keyed(rows))
}

/// Computes the standing of these associations again and writes what differs, and by how
/// much it does into the counters. Held by the lock of their desks.
pub async fn renew(db: &mut Db, associations: &[i64], scheme: &Scheme) -> Result<(), sqlx::Error> {
    if associations.is_empty() {
        return Ok(());
    }
    let should = computed(db, associations, scheme).await?;
    let changed = Changed::of(should, kept(db, associations).await?);
    let mut counted = counts::Changes::default();
    changed.less.values().for_each(|row| counted.less(row));
    changed.more.values().for_each(|row| counted.more(row));
    let gone: Vec<&Standing> = changed.gone().map(|(_, row)| row).collect();
    if !gone.is_empty() {
        remove(db, &gone).await?;
    }
    let new: Vec<&Standing> = changed.more.values().collect();
    if !new.is_empty() {
        put(db, &new).await?;
    }
    counts::change(db, counted).await
}

/// Where what is kept of these associations is not what the states say.
pub async fn differing(
    db: &mut Db,
    associations: &[i64],
    scheme: &Scheme,
) -> Result<Vec<String>, sqlx::Error> {
    let should = computed(db, associations, scheme).await?;
    Ok(Changed::of(should, kept(db, associations).await?).told())
}

/// A column of some rows.
fn column<T>(rows: &[&Standing], of: impl Fn(&Standing) -> T) -> Vec<T> {
    rows.iter().map(|row| of(row)).collect()
}

async fn remove(db: &mut Db, rows: &[&Standing]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from task_standing s using unnest($2::bigint[], $3::text[], $4::bigint[]) g(association, task, department)
         where s.campaign_id = $1 and s.association_id = g.association and s.task = g.task and s.department_id = g.department",
        db.campaign(),
        &column(rows, |row| row.association),
        &column(rows, |row| row.task.clone()),
        &column(rows, |row| row.department),
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

async fn put(db: &mut Db, rows: &[&Standing]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into task_standing (campaign_id, association_id, task, department_id, unit_id, total, done, late, pending, waiting,
                                    started, still, done_on, open_due)
         select $1, n.* from unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::integer[], $7::integer[],
                                    $8::integer[], $9::integer[], $10::integer[], $11::boolean[], $12::integer[], $13::date[],
                                    $14::date[]) n
         on conflict (campaign_id, association_id, task, department_id)
         do update set unit_id = excluded.unit_id, total = excluded.total, done = excluded.done, late = excluded.late,
                       pending = excluded.pending, waiting = excluded.waiting, started = excluded.started,
                       still = excluded.still, done_on = excluded.done_on, open_due = excluded.open_due",
        db.campaign(),
        &column(rows, |row| row.association),
        &column(rows, |row| row.task.clone()),
        &column(rows, |row| row.department),
        &column(rows, |row| row.unit),
        &column(rows, |row| row.total),
        &column(rows, |row| row.done),
        &column(rows, |row| row.late),
        &column(rows, |row| row.pending),
        &column(rows, |row| row.waiting),
        &column(rows, |row| row.started),
        &column(rows, |row| row.still),
        &column(rows, |row| row.done_on) as &[Option<NaiveDate>],
        &column(rows, |row| row.open_due) as &[Option<NaiveDate>],
    )
    .execute(db.connection())
    .await?;
    Ok(())
}
