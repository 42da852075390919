//! SQL of whose clock ran how long (FD-3). What stood still meanwhile is not counted: its
//! clocks rested (FD-4).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::database::Db;
use crate::registrations::rules as registered;
use crate::scheme::Scheme;
use crate::timeline::rules::punctuality::{Owner, Span, Tallies, Tally};

struct Row {
    owner: Owner,
    department: Option<i64>,
    measure: Option<String>,
    from: NaiveDate,
    until: Option<NaiveDate>,
    count: i64,
}

/// All clocks but the units', those that began and ended on the same days together.
pub async fn spans(db: &mut Db, scheme: &Scheme) -> Result<Vec<Span>, sqlx::Error> {
    let rows = rows(db).await?;
    let names = names(db).await?;
    let spans = rows.into_iter().filter_map(|row| {
        let who = match (row.department, row.measure.as_deref()) {
            (Some(id), _) => names.get(&id).cloned()?,
            (None, Some(measure)) => verifiers(scheme, measure)?,
            (None, None) if row.owner == Owner::Civil => with(scheme, "CA"),
            (None, None) => with(scheme, "OFFICE"),
        };
        Some(Span {
            owner: row.owner,
            who,
            from: row.from,
            until: row.until,
            count: row.count,
        })
    });
    Ok(spans.collect())
}

async fn names(db: &mut Db) -> Result<BTreeMap<i64, String>, sqlx::Error> {
    let rows = sqlx::query!(
        "select id, short_name from department where campaign_id = $1 order by id limit 1000",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.short_name))
        .collect())
}

async fn rows(db: &mut Db) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        r#"with still as materialized (
               select distinct association_id as id from suspension where campaign_id = $1),
           clock as (
               select 'verify' as owner, null::bigint as department, i.measure, i.association_id as association,
                      i.reported_on as since, i.resolved_on as until
               from item i
               where i.campaign_id = $1 and i.state in ('reported_done', 'verified', 'accepted') and i.reported_on is not null
               union all
               select 'asked', q.department_id, null, q.association_id, q.requested_on, q.decided_on
               from prior_approval q where q.campaign_id = $1 and q.requested_on is not null
                 and q.state not in ('required', 'not_needed', 'marked', 'resting')
               union all
               select 'linked', n.department_id, null, n.association_id, n.sent_on, n.answered_on
               from linked_notice n where n.campaign_id = $1 and (n.closed_on is null or n.answered_on is not null)
               union all
               select 'office', null, null, s.association_id, (s.submitted_at at time zone 'Asia/Shanghai')::date, s.confirmed_on
               from survey s where s.campaign_id = $1 and s.submitted_at is not null
                 and s.state in ('submitted', 'confirmed', 'superseded')
               union all
               select 'office', null, null, p.association_id,
                      greatest((r.submitted_at at time zone 'Asia/Shanghai')::date,
                          case when r.round = p.round then
                              (select max(q.decided_on) from prior_approval q where q.campaign_id = $1 and q.plan_id = p.id) end),
                      coalesce(b.returned_on, case when r.round = p.round then p.replied_on end)
               from plan_round r
               join plan p on p.campaign_id = r.campaign_id and p.id = r.plan_id
               left join lateral (
                   select max((b.at at time zone 'Asia/Shanghai')::date) as returned_on from plan_return b
                   where b.campaign_id = r.campaign_id and b.plan_id = r.plan_id and b.round = r.round) b on true
               where r.campaign_id = $1
                 and (b.returned_on is not null or r.round = p.round and (p.replied_on is not null
                      or p.state in ('submitted', 'under_review')))
               union all
               select 'civil', null, null, g.association_id, g.applied_on, g.decided_on
               from registration g where g.campaign_id = $1)
           select c.owner as "owner!: Owner", c.department, c.measure, c.since as "from!", c.until, count(*) as "count!"
           from clock c
           where c.since is not null and not exists (select from still z where z.id = c.association)
           group by c.owner, c.department, c.measure, c.since, c.until
           order by c.owner, c.since, c.until, c.department, c.measure limit 100000"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}

/// Who verifies a measure; nobody what is settled before the reply, or what follows a register.
fn verifiers(scheme: &Scheme, measure: &str) -> Option<String> {
    let measure = scheme.measure(measure)?;
    let follows = registered::Kind::of_measure(measure.code()).is_some();
    if measure.settled_by.is_some() || follows {
        return None;
    }
    let names: Vec<String> = measure
        .verify
        .iter()
        .map(|code| with(scheme, code))
        .collect();
    (!names.is_empty()).then(|| names.join("、"))
}

/// The departments with a competence.
fn with(scheme: &Scheme, code: &str) -> String {
    let departments = scheme.campaign.departments.iter();
    let own = departments.filter(|each| each.competences.iter().any(|own| own == code));
    let names: Vec<&str> = own.map(|each| each.short.as_str()).collect();
    names.join("、")
}

/// The units' clocks, from their counters: what was reported after its day, and what is
/// overdue and not reported.
pub async fn of_units(db: &mut Db, today: NaiveDate) -> Result<Tallies, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select d.short_name as name, coalesce(c.resolved, 0)::bigint as "done!", coalesce(c.late, 0)::bigint as "late!",
                  coalesce(c.applicable - c.resolved - c.reported, 0)::bigint as "open!", coalesce(o.overdue, 0) as "overdue!"
           from department d
           join (select department_id, sum(applicable) as applicable, sum(resolved) as resolved, sum(reported) as reported,
                        sum(late) as late
                 from department_progress where campaign_id = $1 group by department_id) c on c.department_id = d.id
           left join (select i.department_id, count(*) as overdue from item i
                      where i.campaign_id = $1 and i.mandatory and i.state in ('open', 'in_progress', 'for_signature', 'returned')
                        and i.deadline < $2 and i.owed_on < $2 and i.due_by <> 'beyond'
                        and not exists (select from suspension s where s.campaign_id = i.campaign_id
                                          and s.association_id = i.association_id and s.until_on is null)
                      group by i.department_id) o on o.department_id = d.id
           where d.campaign_id = $1 and c.applicable > 0
           order by d.id limit 1000"#,
        db.campaign(),
        today,
    )
    .fetch_all(db.connection())
    .await?;
    let tallies = rows.into_iter().map(|row| {
        let tally = Tally {
            done: row.done,
            late: row.late,
            open: row.open,
            overdue: row.overdue,
        };
        ((Owner::Unit, row.name), tally)
    });
    Ok(tallies.collect())
}
