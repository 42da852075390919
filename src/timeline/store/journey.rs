//! The journey's tasks, from survey to the five tracks, one query each. Days are
//! days in Shanghai; an association counts from the first report that was not
//! sent back (domain 9.2).

use chrono::NaiveDate;

use crate::database::Db;
use crate::timeline::rules::Facts;

use super::facts::{Rows, Within};

/// A row of any of these queries.
struct Row {
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

fn facts(rows: Vec<Row>) -> Rows {
    rows.into_iter()
        .map(|row| {
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
            (row.department, facts)
        })
        .collect()
}

/// Surveys that were sent; a unit without associations says so instead (PH-05).
pub async fn surveys(db: &mut Db, within: Within) -> Result<Rows, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select d.id as department,
                  case when bool_or(a.id is not null) then count(a.id) filter (where a.scope <> 'out') else 1 end as "total!",
                  case when bool_or(a.id is not null) then count(f.sent) filter (where a.scope <> 'out')
                       else count(n.nil) end as "done!",
                  0::bigint as "late!", 0::bigint as "pending!",
                  case when bool_or(a.id is not null)
                       then count(a.id) filter (where a.scope <> 'out' and f.sent is null)
                       else 1 - count(n.nil) end as "waiting!",
                  coalesce(bool_or(f.begun), false) as "started!",
                  greatest(max(f.sent), max(n.nil)) as done_on, null::date as open_due, 0::bigint as "still!"
           from department d
           left join association a on a.campaign_id = d.campaign_id and a.department_id = d.id
                and ($3::bigint is null or a.id = $3)
           left join lateral (
               select min((s.submitted_at at time zone 'Asia/Shanghai')::date)
                          filter (where s.state in ('submitted', 'confirmed', 'superseded')) as sent,
                      count(*) > 0 as begun
               from survey s where s.campaign_id = a.campaign_id and s.association_id = a.id) f on true
           left join lateral (
               select (r.at at time zone 'Asia/Shanghai')::date as nil from nil_report r
               where r.campaign_id = d.campaign_id and r.department_id = d.id and r.subject = 'survey') n on true
           where d.campaign_id = $1 and d.supervises and d.active and ($2::bigint is null or d.id = $2)
             and ($3::bigint is null or a.id is not null)
           group by d.id order by d.id limit 500"#,
        db.campaign(),
        within.unit,
        within.association,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(facts(rows))
}

/// Surveys that the office has confirmed (PH-06).
pub async fn confirmations(db: &mut Db, within: Within) -> Result<Rows, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select a.department_id as department, count(*) as "total!", count(f.confirmed) as "done!",
                  0::bigint as "late!", 0::bigint as "pending!",
                  count(*) filter (where f.confirmed is null and f.with_office) as "waiting!",
                  coalesce(bool_or(f.with_office or f.confirmed is not null), false) as "started!",
                  max(f.confirmed) as done_on, null::date as open_due, 0::bigint as "still!"
           from association a
           left join lateral (
               select min(s.confirmed_on) as confirmed, bool_or(s.state = 'submitted') as with_office
               from survey s where s.campaign_id = a.campaign_id and s.association_id = a.id) f on true
           where a.campaign_id = $1 and a.scope <> 'out' and ($2::bigint is null or a.department_id = $2)
             and ($3::bigint is null or a.id = $3)
           group by a.department_id order by a.department_id limit 500"#,
        db.campaign(),
        within.unit,
        within.association,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(facts(rows))
}

/// Recommendations that were sent, of units that have somebody to recommend (PH-07).
pub async fn recommendations(db: &mut Db, within: Within) -> Result<Rows, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select d.id as department,
                  b.base::bigint as "total!",
                  (case when r.state in ('submitted', 'approved', 'published') then b.base else 0 end)::bigint as "done!",
                  0::bigint as "late!", 0::bigint as "pending!",
                  (case when r.state in ('submitted', 'approved', 'published') then 0 else b.base end)::bigint as "waiting!",
                  r.id is not null as "started!",
                  case when r.state in ('submitted', 'approved', 'published')
                       then (r.submitted_at at time zone 'Asia/Shanghai')::date end as done_on,
                  null::date as open_due, 0::bigint as "still!"
           from department d
           cross join lateral (
               select case when exists (select from association a where a.campaign_id = d.campaign_id
                          and a.department_id = d.id and a.scope = 'in' and a.registered_on < $3) then 1 else 0 end as base) b
           left join recommendation r on r.campaign_id = d.campaign_id and r.department_id = d.id
           where d.campaign_id = $1 and d.supervises and d.active and ($2::bigint is null or d.id = $2)
           order by d.id limit 500"#,
        db.campaign(),
        within.unit,
        within.issued,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(facts(rows))
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

/// The listed associations within reach, by unit, with their plan: what a task counts
/// of them, and what it joins for it.
macro_rules! of_listed {
    ($db:ident, $within:expr, $columns:literal, $join:literal $(, $more:expr)*) => {
        sqlx::query_as!(
            Row,
            "select a.department_id as department, " + $columns +
            " from roster_entry e
              join association a on a.campaign_id = e.campaign_id and a.id = e.association_id
              left join plan p on p.campaign_id = e.campaign_id and p.association_id = e.association_id
              cross join lateral (select exists (
                  select from suspension s where s.campaign_id = e.campaign_id and s.association_id = e.association_id
                    and s.until_on is null) as now) z " + $join +
            " where e.campaign_id = $1 and e.publication_id is not null and ($2::bigint is null or a.department_id = $2)
                and ($3::bigint is null or a.id = $3)
              group by a.department_id order by a.department_id limit 500",
            $db.campaign(),
            $within.unit,
            $within.association
            $(, $more)*
        )
        .fetch_all($db.connection())
        .await
        .map(facts)
    };
}

/// Plans of listed associations that were sent (PH-11).
pub async fn plans(db: &mut Db, within: Within) -> Result<Rows, sqlx::Error> {
    of_listed!(
        db,
        within,
        r#"count(*) as "total!", count(*) filter (where f.sent) as "done!", 0::bigint as "late!", 0::bigint as "pending!",
           count(*) filter (where not f.sent) as "waiting!", coalesce(bool_or(p.id is not null), false) as "started!",
           max((p.submitted_at at time zone 'Asia/Shanghai')::date) filter (where f.sent) as done_on,
           null::date as open_due, count(*) filter (where not f.sent and z.now) as "still!""#,
        "cross join lateral (
             select p.id is not null and p.submitted_at is not null and p.state not in ('draft', 'for_signature', 'returned') as sent) f"
    )
}

/// Notices to the departments with a tie to a listed association, one each (PH-13).
pub async fn notices(db: &mut Db, within: Within) -> Result<Rows, sqlx::Error> {
    of_listed!(
        db,
        within,
        r#"count(*) as "total!", count(n.sent_on) as "done!", 0::bigint as "late!", 0::bigint as "pending!",
           count(*) filter (where n.sent_on is null) as "waiting!", count(n.sent_on) > 0 as "started!",
           max(n.sent_on) as done_on, null::date as open_due, 0::bigint as "still!""#,
        "join lateral (
             select distinct t.department_id from tie t
             where t.campaign_id = a.campaign_id and t.association_id = a.id and t.department_id <> a.department_id
               and (t.ended_on is null or exists (
                   select from linked_notice k where k.campaign_id = t.campaign_id
                      and k.association_id = t.association_id and k.department_id = t.department_id))) l on true
         left join lateral (
             select min(k.sent_on) as sent_on from linked_notice k
             where k.campaign_id = a.campaign_id and k.association_id = a.id and k.department_id = l.department_id) n on true"
    )
}

/// Prior approvals that were asked for, by the department asked (PH-12).
pub async fn approvals(db: &mut Db, within: Within) -> Result<Rows, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select p.department_id as department, count(*) as "total!", count(p.decided_on) as "done!",
                  0::bigint as "late!", 0::bigint as "pending!",
                  count(*) filter (where p.decided_on is null) as "waiting!", true as "started!",
                  max(p.decided_on) as done_on, null::date as open_due, 0::bigint as "still!"
           from prior_approval p
           join association a on a.campaign_id = p.campaign_id and a.id = p.association_id
           where p.campaign_id = $1 and p.state not in ('required', 'not_needed', 'marked', 'resting')
             and ($2::bigint is null or a.department_id = $2)
           group by p.department_id order by p.department_id limit 500"#,
        db.campaign(),
        within.unit,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(facts(rows))
}

/// Replies to plans (PH-14).
pub async fn replies(db: &mut Db, within: Within) -> Result<Rows, sqlx::Error> {
    of_listed!(
        db,
        within,
        r#"count(*) as "total!", count(p.replied_on) as "done!", 0::bigint as "late!", 0::bigint as "pending!",
           count(*) filter (where p.replied_on is null and p.state in ('submitted', 'under_review')) as "waiting!",
           coalesce(bool_or(p.submitted_at is not null), false) as "started!", max(p.replied_on) as done_on,
           null::date as open_due, count(*) filter (where p.replied_on is null and z.now) as "still!""#,
        ""
    )
}

/// The five tracks from their counters (PH-15); listed associations whose plan
/// was not begun are pending.
pub async fn items(db: &mut Db, within: Within, tracks: &[String]) -> Result<Rows, sqlx::Error> {
    of_listed!(
        db,
        within,
        r#"coalesce(sum(c.applicable), 0)::bigint as "total!", coalesce(sum(c.resolved), 0)::bigint as "done!",
           coalesce(sum(c.late), 0)::bigint as "late!", count(*) filter (where c.applicable is null) as "pending!",
           coalesce(sum(c.applicable - c.resolved - c.reported), 0)::bigint as "waiting!",
           coalesce(bool_or(c.applicable > 0), false) as "started!", null::date as done_on,
           min(c.next_deadline) as open_due, coalesce(sum(c.applicable - c.resolved) filter (where z.now), 0)::bigint as "still!""#,
        "left join lateral (
             select sum(q.applicable) as applicable, sum(q.resolved) as resolved, sum(q.reported) as reported,
                    sum(q.late) as late, min(q.next_deadline) as next_deadline
             from association_progress q
             where q.campaign_id = e.campaign_id and q.association_id = e.association_id and q.track = any($4)) c on true",
        tracks
    )
}

/// Items of some measures (PH-25 to PH-27).
pub async fn measures(
    db: &mut Db,
    within: Within,
    measures: &[String],
) -> Result<Rows, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select i.department_id as department, count(*) as "total!", count(i.resolved_on) as "done!",
                  count(*) filter (where i.state <> 'exempted' and i.resolved_on is not null
                                     and coalesce(i.reported_on, i.resolved_on) > i.deadline) as "late!",
                  0::bigint as "pending!",
                  count(*) filter (where i.resolved_on is null and i.state <> 'reported_done') as "waiting!",
                  coalesce(bool_or(i.state <> 'open'), false) as "started!",
                  null::date as done_on,
                  min(i.deadline) filter (where i.resolved_on is null and not exists (
                      select from suspension s where s.campaign_id = i.campaign_id and s.association_id = i.association_id
                        and s.until_on is null)) as open_due, count(*) filter (where i.resolved_on is null and exists (
                      select from suspension s where s.campaign_id = i.campaign_id and s.association_id = i.association_id
                        and s.until_on is null)) as "still!"
           from item i
           where i.campaign_id = $1 and i.measure = any($4) and i.state <> 'not_applicable'
             and ($2::bigint is null or i.department_id = $2) and ($3::bigint is null or i.association_id = $3)
           group by i.department_id order by i.department_id limit 500"#,
        db.campaign(),
        within.unit,
        within.association,
        measures,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(facts(rows))
}

/// Major activities (PH-29).
pub async fn activities(db: &mut Db, within: Within) -> Result<Rows, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select department_id as department, count(*) as "total!",
                  count(*) filter (where state in ('approved', 'done', 'refused')) as "done!",
                  0::bigint as "late!", 0::bigint as "pending!",
                  count(*) filter (where state not in ('approved', 'done', 'refused')) as "waiting!",
                  true as "started!", max(approved_on) as done_on, null::date as open_due, 0::bigint as "still!"
           from activity
           where campaign_id = $1 and ($2::bigint is null or department_id = $2)
             and ($3::bigint is null or association_id = $3)
           group by department_id order by department_id limit 500"#,
        db.campaign(),
        within.unit,
        within.association,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(facts(rows))
}
