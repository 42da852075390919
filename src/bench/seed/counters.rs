//! What is counted again once everything is multiplied: each counter is the sum of
//! what it counts, as the acts would have left it (`progress::counters::drift`).

use sqlx::PgConnection;

use crate::scheme::Scheme;

/// The counters of units, from those of their associations, which were multiplied.
const UNITS: &str = "
insert into department_progress (campaign_id, department_id, track, applicable, resolved, reported, late)
select a.campaign_id, a.department_id, p.track, sum(p.applicable), sum(p.resolved), sum(p.reported), sum(p.late)
from association_progress p
join association a on a.campaign_id = p.campaign_id and a.id = p.association_id
where p.campaign_id = $1
group by a.campaign_id, a.department_id, p.track
on conflict (campaign_id, department_id, track) do update
set applicable = excluded.applicable, resolved = excluded.resolved, reported = excluded.reported, late = excluded.late";

/// The trend of the five tracks.
const DAYS: &str = "
insert into resolved_by_day (campaign_id, resolved_on, resolved)
select campaign_id, resolved_on, count(*) from item
where campaign_id = $1 and mandatory and state <> 'not_applicable' and resolved_on is not null and track = any($2)
group by campaign_id, resolved_on
on conflict (campaign_id, resolved_on) do update set resolved = excluded.resolved";

/// The last numbers of the series of gap-free numbers.
const SERIES: &str = "
update number_series s set last = greatest(s.last, coalesce(case s.series
    when 'reply' then (select max(serial) from (
        select reply_serial as serial from plan where campaign_id = $1 and reply_year = s.year
        union all
        select substring(number from '〕(\\d+)号')::int from plan_void_reply
        where campaign_id = $1 and extract(year from replied_on) = s.year) used)
    else (select max(serial) from supervision_order where campaign_id = $1 and year = s.year) end, 0))
where s.campaign_id = $1";

/// The arithmetic of each unit's recommendation, frozen when it was submitted: as many
/// times the demonstration's as the unit has entries, the required share again of it.
const SHARES: &str = "
update recommendation r set base = k.base, mandatory = round(r.mandatory * k.times), undecided = round(r.undecided * k.times),
    required = (k.base * $2 + $3 - 1) / $3
from (select n.id, now.entries::numeric / told.entries as times, round(n.base * now.entries::numeric / told.entries)::int as base
      from recommendation n
      join (select recommendation_id, count(*) as entries from roster_entry where campaign_id = $1 group by 1) now
          on now.recommendation_id = n.id
      join (select x.g, b.recommendation_id + x.g * b.seed_step_recommendation_id as id, count(*) as entries
            from seed_base_roster_entry b cross join (select 0 as g union all select g from seed_area) x group by 1, 2) told
          on told.id = n.id
      where n.campaign_id = $1 and n.base is not null) k
where r.campaign_id = $1 and r.id = k.id";

/// What each unit had when the list was cut off: what it recommended from; as many times
/// the demonstration's as it has associations where it recommended nothing.
const CUTOFFS: &str = "
update roster_cutoff c
set base = case when c.base is not null then coalesce(k.base, round(c.base * k.times)) end,
    in_register = round(c.in_register * k.times), undecided = round(c.undecided * k.times),
    required = case when c.base is not null then coalesce(k.required, 0) end,
    mandatory = case when c.base is not null then coalesce(k.mandatory, 0) end,
    recommended = case when c.base is not null then
        (select count(*) from roster_base m where m.campaign_id = $1 and m.department_id = c.department_id and m.recommended) end,
    listed = (select count(*) from roster_line l
              where l.campaign_id = $1 and l.department_id = c.department_id and l.publication_id is not null)
from (select d.id, r.base, r.required, r.mandatory, now.associations::numeric / told.associations as times
      from (select department_id, count(*) as associations from association where campaign_id = $1 group by 1) now
      join (select x.g, b.department_id + x.g * b.seed_step_department_id as id, count(*) as associations
            from seed_base_association b cross join (select 0 as g union all select g from seed_area) x group by 1, 2) told
          on told.id = now.department_id
      join department d on d.campaign_id = $1 and d.id = told.id
      left join recommendation r on r.campaign_id = $1 and r.department_id = d.id) k
where c.campaign_id = $1 and c.department_id = k.id";

/// How many rows each published list has.
const LINES: &str = "
update roster_publication p
set lines = (select count(*) from roster_line l where l.campaign_id = p.campaign_id and l.publication_id = p.id)
where p.campaign_id = $1";

/// Sets all counters.
pub async fn count_again(
    connection: &mut PgConnection,
    campaign: i32,
    scheme: &Scheme,
) -> Result<(), sqlx::Error> {
    let tracks = scheme
        .measures
        .tracks
        .iter()
        .filter(|track| track.counts_in_five);
    let five: Vec<String> = tracks.map(|track| track.code.clone()).collect();
    let parameters = &scheme.campaign.parameters;
    sqlx::query(UNITS)
        .bind(campaign)
        .execute(&mut *connection)
        .await?;
    sqlx::query(DAYS)
        .bind(campaign)
        .bind(five)
        .execute(&mut *connection)
        .await?;
    sqlx::query(SERIES)
        .bind(campaign)
        .execute(&mut *connection)
        .await?;
    sqlx::query(SHARES)
        .bind(campaign)
        .bind(parameters.list_ratio_num)
        .bind(parameters.list_ratio_den)
        .execute(&mut *connection)
        .await?;
    sqlx::query(CUTOFFS)
        .bind(campaign)
        .execute(&mut *connection)
        .await?;
    sqlx::query(LINES)
        .bind(campaign)
        .execute(connection)
        .await?;
    Ok(())
}
