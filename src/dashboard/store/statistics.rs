//! SQL of the statistics: counts by unit, of both lists.

use chrono::NaiveDate;

use crate::access::Scope as Reach;
use crate::dashboard::statistics::List;
use crate::database::Db;

/// What the counts rest on.
pub struct Basis<'a> {
    /// Associations registered from this day on are new.
    pub issued: NaiveDate,
    /// Measures with a later deadline of their own.
    pub own_deadline: &'a [String],
    /// Day of the evaluation; basically complete looks from here (7.8).
    pub evaluation: NaiveDate,
}

/// A unit's counts.
pub struct UnitCounts {
    /// Its key.
    pub id: i64,
    /// Its short name.
    pub name: String,
    /// In scope, not exited before the cut-off.
    pub in_scope: i64,
    /// The same by the unit that answered on the day of publication (TC-62).
    pub in_scope_then: i64,
    /// B as frozen, or as it stands.
    pub base: i64,
    /// As published.
    pub published: List,
    /// As amended.
    pub current: List,
}

/// Counts over the associations as they stand today and stood on the day of
/// publication.
macro_rules! of_standing {
    ($counts:literal, $($argument:expr),+) => {
        sqlx::query!(
            r#"with cut as (select min(published_on) as on_day from roster_publication where campaign_id = $1),
           standing as (
               select a.department_id, a.exited_on,
                      coalesce((select u.department_id from association_unit u, cut
                                where u.campaign_id = a.campaign_id and u.association_id = a.id
                                  and u.since <= cut.on_day and (u.until is null or u.until > cut.on_day)
                                order by u.id desc limit 1), a.department_id) as department_then,
                      a.scope = 'in' and a.registered_on < $3
                          and (a.exited_on is null or a.exited_on >= (select on_day from cut)) as in_scope,
                      a.scope = 'in' and a.registered_on < $3 and a.exited_on is null as in_base,
                      coalesce(e.publication_id is not null, false) as published,
                      coalesce((e.publication_id is not null or e.added_by is not null) and e.withdrawn_by is null, false)
                          as listed,
                      a.exited_on is null and a.stage = 'five_done' as complete,
                      a.exited_on is null and a.stage = 'implementing' and not exists (
                          select from item i
                          where i.campaign_id = a.campaign_id and i.association_id = a.id and i.mandatory
                            and i.track <> 'T6' and i.state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned')
                            and not (i.measure = any($4) and i.deadline >= $5)) as basic
               from association a
               left join roster_entry e on e.campaign_id = a.campaign_id and e.association_id = a.id
               where a.campaign_id = $1), "#
                + $counts,
            $($argument),+
        )
    };
}

/// Counts of every unit within reach.
pub async fn units(
    db: &mut Db,
    reach: Reach,
    basis: &Basis<'_>,
) -> Result<Vec<UnitCounts>, sqlx::Error> {
    let list = |listed, exited, complete, basic| List {
        listed,
        exited,
        complete,
        basic,
    };
    of_standing!(
        r#"present as (
               select department_id, count(*) filter (where in_scope) as in_scope,
                      count(*) filter (where in_base) as in_base,
                      count(*) filter (where listed) as listed,
                      count(*) filter (where listed and exited_on is not null) as exited,
                      count(*) filter (where listed and complete) as complete,
                      count(*) filter (where listed and basic) as basic
               from standing group by department_id),
           published as (
               select department_then, count(*) filter (where in_scope) as in_scope,
                      count(*) filter (where published) as listed,
                      count(*) filter (where published and exited_on is not null) as exited,
                      count(*) filter (where published and complete) as complete,
                      count(*) filter (where published and basic) as basic
               from standing group by department_then)
           select d.id, d.short_name as name,
                  coalesce(n.in_scope, 0) as "in_scope!", coalesce(p.in_scope, 0) as "in_scope_then!",
                  coalesce((select c.base::bigint from roster_cutoff c
                            where c.campaign_id = d.campaign_id and c.department_id = d.id),
                           n.in_base, 0) as "base!",
                  coalesce(p.listed, 0) as "p_listed!", coalesce(p.exited, 0) as "p_exited!",
                  coalesce(p.complete, 0) as "p_complete!", coalesce(p.basic, 0) as "p_basic!",
                  coalesce(n.listed, 0) as "c_listed!", coalesce(n.exited, 0) as "c_exited!",
                  coalesce(n.complete, 0) as "c_complete!", coalesce(n.basic, 0) as "c_basic!"
           from department d
           left join present n on n.department_id = d.id
           left join published p on p.department_then = d.id
           where d.campaign_id = $1 and d.supervises and d.active and ($2::bigint = 0 or d.id = $2)
           order by d.id limit 500"#,
        db.campaign(),
        reach.department().map_or(0, |id| id.0),
        basis.issued,
        basis.own_deadline,
        basis.evaluation
    )
    .map(|row| UnitCounts {
        id: row.id,
        name: row.name,
        in_scope: row.in_scope,
        in_scope_then: row.in_scope_then,
        base: row.base,
        published: list(row.p_listed, row.p_exited, row.p_complete, row.p_basic),
        current: list(row.c_listed, row.c_exited, row.c_complete, row.c_basic),
    })
    .fetch_all(db.connection())
    .await
}

/// Counts of a track.
pub struct TrackCounts {
    /// T1 …
    pub track: String,
    /// Associations that are through with it.
    pub complete: i64,
    /// Σ resolved.
    pub resolved: i64,
    /// Σ applicable.
    pub applicable: i64,
}

/// By track, of listed and active associations: complete ones, Σ resolved, Σ applicable.
pub async fn tracks(db: &mut Db, reach: Reach) -> Result<Vec<TrackCounts>, sqlx::Error> {
    let unit = reach.department().map_or(0, |id| id.0);
    sqlx::query_as!(
        TrackCounts,
        r#"select p.track, count(*) filter (where p.resolved >= p.applicable) as "complete!",
                  coalesce(sum(p.resolved), 0) as "resolved!", coalesce(sum(p.applicable), 0) as "applicable!"
           from association_progress p
           join association a on a.campaign_id = p.campaign_id and a.id = p.association_id
           join roster_entry e on e.campaign_id = a.campaign_id and e.association_id = a.id
           where p.campaign_id = $1 and a.exited_on is null and ($2::bigint = 0 or a.department_id = $2)
             and (e.publication_id is not null or e.added_by is not null) and e.withdrawn_by is null
           group by p.track order by p.track limit 100"#,
        db.campaign(),
        unit,
    )
    .fetch_all(db.connection())
    .await
}

/// A change of the responsible unit that the figures tell of (TC-62).
pub struct Moved {
    /// The association.
    pub name: String,
    /// From.
    pub from: String,
    /// To.
    pub to: String,
    /// Since.
    pub on: NaiveDate,
    /// The document.
    pub document: String,
    /// The units, old and new.
    pub units: (i64, i64),
}

/// Changes of units within reach, old or new.
pub async fn moved(db: &mut Db, reach: Reach) -> Result<Vec<Moved>, sqlx::Error> {
    let unit = reach.department().map_or(0, |id| id.0);
    sqlx::query!(
        r#"select a.name, f.short_name as "from", t.short_name as "to", n.since as "on", n.document,
                  f.id as from_id, t.id as to_id
           from association_unit n
           join association_unit o on o.campaign_id = n.campaign_id and o.association_id = n.association_id
               and o.until = n.since and o.id < n.id
           join association a on a.campaign_id = n.campaign_id and a.id = n.association_id
           join department f on f.campaign_id = o.campaign_id and f.id = o.department_id
           join department t on t.campaign_id = n.campaign_id and t.id = n.department_id
           where n.campaign_id = $1 and ($2::bigint = 0 or n.department_id = $2 or o.department_id = $2)
           order by n.since, n.id limit 200"#,
        db.campaign(),
        unit,
    )
    .map(|row| Moved {
        name: row.name,
        from: row.from,
        to: row.to,
        on: row.on,
        document: row.document,
        units: (row.from_id, row.to_id),
    })
    .fetch_all(db.connection())
    .await
}
