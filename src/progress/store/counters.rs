//! Counters that lists and dashboards read, kept by the transaction that
//! changes an item. `drift` counts everything again and compares.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::database::Db;
use crate::ids::{AssociationId, DepartmentId};
use crate::scheme::Scheme;

use crate::progress::rules::Item;
use crate::progress::rules::deadlines::GOING_ON;

/// Counts of one track.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Mandatory items that are called for.
    pub applicable: i32,
    /// Verified, accepted or exempted.
    pub resolved: i32,
    /// Reported and not yet verified.
    pub reported: i32,
    /// Resolved after their deadline (by the day of the report, TC-44).
    pub late: i32,
}

/// Counts by track.
pub type Tallies = BTreeMap<String, Tally>;

/// A track as it is counted.
struct Counted {
    track: String,
    applicable: i32,
    resolved: i32,
    reported: i32,
    late: i32,
}

fn tallies(rows: Vec<Counted>) -> Tallies {
    let tally = |row: Counted| Tally {
        applicable: row.applicable,
        resolved: row.resolved,
        reported: row.reported,
        late: row.late,
    };
    rows.into_iter()
        .map(|mut row| (std::mem::take(&mut row.track), tally(row)))
        .collect()
}

/// Whether all five separations are carried out; never of an empty checklist.
#[must_use]
pub fn five_done(scheme: &Scheme, tallies: &Tallies) -> bool {
    let five = || {
        tallies
            .iter()
            .filter(|(code, _)| in_five(scheme, code))
            .map(|(_, tally)| tally)
    };
    five().any(|tally| tally.applicable > 0)
        && five().all(|tally| tally.resolved == tally.applicable)
}

fn in_five(scheme: &Scheme, track: &str) -> bool {
    scheme
        .track(track)
        .is_some_and(|track| track.counts_in_five)
}

/// Makes empty counters for every track of an association.
pub async fn begin(
    db: &mut Db,
    association: AssociationId,
    scheme: &Scheme,
) -> Result<(), sqlx::Error> {
    let tracks: Vec<String> = scheme
        .measures
        .tracks
        .iter()
        .map(|track| track.code.clone())
        .collect();
    sqlx::query!(
        "insert into association_progress (campaign_id, association_id, track)
         select $1, $2, t.track from unnest($3::text[]) as t(track)
         on conflict do nothing",
        db.campaign(),
        association.0,
        &tracks,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// The counters of an association, locked in the order of their tracks, so that two
/// people who change two items of one association count one after the other.
async fn lock(db: &mut Db, association: AssociationId) -> Result<Tallies, sqlx::Error> {
    let rows = sqlx::query_as!(
        Counted,
        "select track, applicable, resolved, reported, late from association_progress
         where campaign_id = $1 and association_id = $2 order by track for update",
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(tallies(rows))
}

/// Counts an association's items again and carries the difference over to its unit.
pub async fn recount(
    db: &mut Db,
    (association, department): (AssociationId, DepartmentId),
) -> Result<(Tallies, Tallies), sqlx::Error> {
    let before = lock(db, association).await?;
    let after = sqlx::query_as!(
        Counted,
        "update association_progress p
         set applicable = c.applicable, resolved = c.resolved, reported = c.reported, late = c.late,
             next_deadline = case when c.still then null else c.next_deadline end,
             fixed_deadline = case when c.still then c.fixed_deadline end
         from (select t.track,
                      count(i.id)::int as applicable,
                      (count(*) filter (where i.state in ('verified', 'accepted', 'exempted')))::int as resolved,
                      (count(*) filter (where i.state = 'reported_done'))::int as reported,
                      (count(*) filter (where i.state in ('verified', 'accepted')
                          and coalesce(i.reported_on, i.resolved_on) > i.owed_on and i.due_by <> 'beyond'))::int as late,
                      min(i.owed_on) filter (where (i.state in ('open', 'in_progress', 'for_signature', 'returned')
                          or i.state = 'reported_done' and i.reported_on > i.owed_on) and i.due_by <> 'beyond') as next_deadline,
                      min(i.owed_on) filter (where (i.state in ('open', 'in_progress', 'for_signature', 'returned')
                          or i.state = 'reported_done' and i.reported_on > i.owed_on) and i.due_by = any($3)) as fixed_deadline,
                      exists (select from suspension s where s.campaign_id = $1 and s.association_id = $2
                              and s.until_on is null) as still
               from association_progress t
               left join item i on i.campaign_id = t.campaign_id and i.association_id = t.association_id
                   and i.track = t.track and i.mandatory and i.state <> 'not_applicable'
               where t.campaign_id = $1 and t.association_id = $2
               group by t.track) c
         where p.campaign_id = $1 and p.association_id = $2 and p.track = c.track
         returning p.track, p.applicable, p.resolved, p.reported, p.late",
        db.campaign(),
        association.0,
        &GOING_ON as &[&str],
    )
    .fetch_all(db.connection())
    .await?;
    let after = tallies(after);
    carry(db, department, (&before, &after)).await?;
    Ok((before, after))
}

/// Takes an association's counters from one unit to another (TC-62). Units are
/// locked in the order of their keys.
pub async fn hand_over(
    db: &mut Db,
    association: AssociationId,
    (from, to): (DepartmentId, DepartmentId),
) -> Result<(), sqlx::Error> {
    let counted = lock(db, association).await?;
    let none: Tallies = counted
        .keys()
        .map(|track| (track.clone(), Tally::default()))
        .collect();
    let mut moves = [(from, &counted, &none), (to, &none, &counted)];
    moves.sort_by_key(|(department, _, _)| *department);
    for (department, before, after) in moves {
        carry(db, department, (before, after)).await?;
    }
    Ok(())
}

/// Adds the difference to the unit's counters, tracks in order.
async fn carry(
    db: &mut Db,
    department: DepartmentId,
    (before, after): (&Tallies, &Tallies),
) -> Result<(), sqlx::Error> {
    let changed: Vec<(&String, Tally)> = after
        .iter()
        .map(|(track, now)| {
            (
                track,
                difference(before.get(track).copied().unwrap_or_default(), *now),
            )
        })
        .filter(|(_, difference)| *difference != Tally::default())
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    let tracks: Vec<String> = changed.iter().map(|(track, _)| (*track).clone()).collect();
    let column = |read: fn(&Tally) -> i32| {
        changed
            .iter()
            .map(|(_, tally)| read(tally))
            .collect::<Vec<i32>>()
    };
    sqlx::query!(
        "insert into department_progress as d (campaign_id, department_id, track, applicable, resolved, reported, late)
         select $1, $2, c.track, c.applicable, c.resolved, c.reported, c.late
         from unnest($3::text[], $4::int[], $5::int[], $6::int[], $7::int[]) as c(track, applicable, resolved, reported, late)
         order by c.track
         on conflict (campaign_id, department_id, track) do update
         set applicable = d.applicable + excluded.applicable, resolved = d.resolved + excluded.resolved,
             reported = d.reported + excluded.reported, late = d.late + excluded.late",
        db.campaign(),
        department.0,
        &tracks,
        &column(|tally| tally.applicable),
        &column(|tally| tally.resolved),
        &column(|tally| tally.reported),
        &column(|tally| tally.late),
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

const fn difference(before: Tally, after: Tally) -> Tally {
    Tally {
        applicable: after.applicable - before.applicable,
        resolved: after.resolved - before.resolved,
        reported: after.reported - before.reported,
        late: after.late - before.late,
    }
}

/// What an item's change does to the trend: a day, and one more or one less.
#[must_use]
pub fn trend(scheme: &Scheme, before: &Item, after: &Item) -> Vec<(NaiveDate, i32)> {
    if !before.mandatory
        || !in_five(scheme, &before.track)
        || before.resolved_on == after.resolved_on
    {
        return Vec::new();
    }
    let less = before.resolved_on.map(|day| (day, -1));
    let more = after.resolved_on.map(|day| (day, 1));
    less.into_iter().chain(more).collect()
}

/// Carries an item's change into the trend.
pub async fn count_day(db: &mut Db, changes: &[(NaiveDate, i32)]) -> Result<(), sqlx::Error> {
    if changes.is_empty() {
        return Ok(());
    }
    let (days, counts): (Vec<NaiveDate>, Vec<i32>) = changes.iter().copied().unzip();
    sqlx::query!(
        "insert into resolved_by_day as r (campaign_id, resolved_on, resolved)
         select $1, c.day, c.resolved from unnest($2::date[], $3::int[]) as c(day, resolved)
         order by c.day
         on conflict (campaign_id, resolved_on) do update set resolved = r.resolved + excluded.resolved",
        db.campaign(),
        &days,
        &counts,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Counters of an association by track.
pub async fn of_association(
    db: &mut Db,
    association: AssociationId,
) -> Result<Tallies, sqlx::Error> {
    let rows = sqlx::query_as!(
        Counted,
        "select track, applicable, resolved, reported, late from association_progress
         where campaign_id = $1 and association_id = $2 order by track limit 100",
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(tallies(rows))
}

/// Counters that differ from a fresh count, in words; none if all is well.
pub async fn drift(db: &mut Db, scheme: &Scheme) -> Result<Vec<String>, sqlx::Error> {
    let tracks = scheme.measures.tracks.iter();
    let five = tracks.filter(|track| track.counts_in_five);
    let five: Vec<String> = five.map(|track| track.code.clone()).collect();
    sqlx::query_scalar!(
        r#"with counted as (
               select i.association_id, i.department_id, i.track, 1 as applicable,
                      (i.state in ('verified', 'accepted', 'exempted'))::int as resolved,
                      (i.state = 'reported_done')::int as reported,
                      (i.state in ('verified', 'accepted') and coalesce(i.reported_on, i.resolved_on) > i.owed_on
                          and i.due_by <> 'beyond')::int as late,
                      case when o.owed and s.id is null then i.owed_on end as open_until,
                      case when o.owed and s.id is not null and i.due_by = any($3) then i.owed_on end as fixed_until,
                      i.resolved_on
               from item i
               cross join lateral (select (i.state in ('open', 'in_progress', 'for_signature', 'returned')
                                       or i.state = 'reported_done' and i.reported_on > i.owed_on)
                                      and i.due_by <> 'beyond' as owed) o
               left join lateral (select s.id from suspension s where s.campaign_id = i.campaign_id
                                    and s.association_id = i.association_id and s.until_on is null limit 1) s on true
               where i.campaign_id = $1 and i.mandatory and i.state <> 'not_applicable'),
           by_association as (
               select association_id as id, track, sum(applicable) as a, sum(resolved) as r, sum(reported) as p,
                      sum(late) as l, min(open_until) as n, min(fixed_until) as f
               from counted group by association_id, track),
           by_department as (
               select department_id as id, track, sum(applicable) as a, sum(resolved) as r, sum(reported) as p, sum(late) as l
               from counted group by department_id, track),
           by_day as (
               select resolved_on as day, count(*) as r from counted
               where resolved_on is not null and track = any($2) group by resolved_on)
           select format('association %s %s', coalesce(c.id, k.association_id), coalesce(c.track, k.track)) as "where!"
           from by_association c
           full join (select * from association_progress where campaign_id = $1) k
               on k.association_id = c.id and k.track = c.track
           where (coalesce(c.a, 0), coalesce(c.r, 0), coalesce(c.p, 0), coalesce(c.l, 0), c.n, c.f)
               is distinct from (coalesce(k.applicable, 0)::bigint, coalesce(k.resolved, 0)::bigint,
                   coalesce(k.reported, 0)::bigint, coalesce(k.late, 0)::bigint, k.next_deadline, k.fixed_deadline)
           union all
           select format('department %s %s', coalesce(c.id, k.department_id), coalesce(c.track, k.track))
           from by_department c
           full join (select * from department_progress where campaign_id = $1) k
               on k.department_id = c.id and k.track = c.track
           where (coalesce(c.a, 0), coalesce(c.r, 0), coalesce(c.p, 0), coalesce(c.l, 0))
               is distinct from (coalesce(k.applicable, 0)::bigint, coalesce(k.resolved, 0)::bigint,
                   coalesce(k.reported, 0)::bigint, coalesce(k.late, 0)::bigint)
           union all
           select format('day %s', coalesce(c.day, k.resolved_on))
           from by_day c
           full join (select * from resolved_by_day where campaign_id = $1) k on k.resolved_on = c.day
           where coalesce(c.r, 0) <> coalesce(k.resolved, 0)
           order by 1 limit 100"#,
        db.campaign(),
        &five,
        &GOING_ON as &[&str],
    )
    .fetch_all(db.connection())
    .await
}
