//! SQL of the figures: reads from the counters, whatever the number of associations.

pub mod counts;
pub mod late;
pub mod standing;

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use sqlx::{Postgres, QueryBuilder, Row as _};

use crate::access::Scope as Reach;
use crate::database::Db;

use super::sets::Set;

/// The day of the first published list, as sets compare with it.
const CUT: &str = "(select coalesce(min(published_on), 'infinity') as on_day from roster_publication where campaign_id = ";

/// Behind the sets: overdue, and nearly so.
const DUE: usize = 2;

/// How many associations each unit has in each set, and how many have something due.
#[derive(Debug, Clone, Default)]
pub struct Counts(BTreeMap<i64, Vec<i64>>);

impl Counts {
    /// Of a unit.
    #[must_use]
    pub fn of(&self, unit: i64, set: Set) -> i64 {
        let place = Set::ALL.iter().position(|each| *each == set);
        let counts = self.0.get(&unit);
        let count = counts.and_then(|counts| counts.get(place?));
        count.copied().unwrap_or(0)
    }

    /// Of all units within reach.
    #[must_use]
    pub fn total(&self, set: Set) -> i64 {
        self.0.keys().map(|unit| self.of(*unit, set)).sum()
    }

    /// How many associations have something overdue, and how many something due soon and nothing
    /// overdue; what stands still or has left is in neither.
    #[must_use]
    pub fn lights(&self) -> (i64, i64) {
        let sum = |place: usize| {
            let of = self.0.values().filter_map(|counts| counts.get(place));
            of.sum()
        };
        (sum(Set::ALL.len()), sum(Set::ALL.len() + 1))
    }

    /// Of a unit: how many associations have something overdue.
    #[must_use]
    pub fn late(&self, unit: i64) -> i64 {
        let counts = self.0.get(&unit);
        let count = counts.and_then(|counts| counts.get(Set::ALL.len()));
        count.copied().unwrap_or(0)
    }

    /// Of a unit: how many associations have something due soon, and nothing overdue.
    #[must_use]
    pub fn soon(&self, unit: i64) -> i64 {
        let counts = self.0.get(&unit);
        let count = counts.and_then(|counts| counts.get(Set::ALL.len() + 1));
        count.copied().unwrap_or(0)
    }

    /// Whether a unit has or had any.
    #[must_use]
    pub fn has(&self, unit: i64) -> bool {
        let sets = [Set::Registered, Set::InScopeThen, Set::Published];
        sets.into_iter().any(|set| self.of(unit, set) > 0)
    }
}

/// Every set of every unit within reach, in one statement, and what is due on a day: overdue, and
/// due by `near` with nothing overdue.
pub async fn counts(
    db: &mut Db,
    reach: Reach,
    (today, near): (NaiveDate, NaiveDate),
) -> Result<Counts, sqlx::Error> {
    if reach.is_empty() {
        return Ok(Counts::default());
    }
    let campaign = db.campaign();
    let mut query = QueryBuilder::<Postgres>::new("select u.unit");
    for set in Set::ALL {
        query
            .push(", coalesce(sum(f.associations) filter (where u.unit = ")
            .push(set.unit())
            .push(" and ")
            .push(set.holds())
            .push("), 0)::bigint");
    }
    for (from, until) in [(None, today), (Some(today), near + TimeDelta::days(1))] {
        query
            .push(", (select coalesce(sum(d.associations), 0) from figure_due d where d.campaign_id = ")
            .push_bind(campaign)
            .push(" and d.department_id = u.unit and d.due_on < ")
            .push_bind(until);
        if let Some(from) = from {
            query.push(" and d.due_on >= ").push_bind(from);
        }
        query.push(")::bigint");
    }
    query
        .push(" from figure_count f cross join lateral (select f.department_id as unit union select f.department_then) u cross join ")
        .push(CUT)
        .push_bind(campaign)
        .push(") cut where f.associations <> 0 and f.campaign_id = ")
        .push_bind(campaign);
    if let Some(unit) = reach.department() {
        query.push(" and u.unit = ").push_bind(unit.0);
    }
    query.push(" group by u.unit order by u.unit limit 1000");
    let rows = query.build().fetch_all(db.connection()).await?;
    let mut counts = BTreeMap::new();
    for row in rows {
        let of = (1..=Set::ALL.len() + DUE).map(|place| row.try_get::<i64, _>(place));
        counts.insert(row.try_get::<i64, _>(0)?, of.collect::<Result<_, _>>()?);
    }
    Ok(Counts(counts))
}

/// Some sets of all units, in one statement.
pub async fn sums<const N: usize>(db: &mut Db, sets: [Set; N]) -> Result<[i64; N], sqlx::Error> {
    let campaign = db.campaign();
    let mut query = QueryBuilder::<Postgres>::new("select array[");
    let mut each = query.separated(", ");
    for set in sets {
        each.push("coalesce(sum(f.associations) filter (where ")
            .push_unseparated(set.holds())
            .push_unseparated("), 0)::bigint");
    }
    query
        .push("] from figure_count f cross join ")
        .push(CUT)
        .push_bind(campaign)
        .push(") cut where f.campaign_id = ")
        .push_bind(campaign);
    let sums: Vec<i64> = query
        .build_query_scalar()
        .fetch_one(db.connection())
        .await?;
    let mut sums = sums.into_iter();
    Ok(sets.map(|_| sums.next().unwrap_or(0)))
}

/// One set of one unit; none: of all.
pub async fn count(db: &mut Db, set: Set, unit: Option<i64>) -> Result<i64, sqlx::Error> {
    let campaign = db.campaign();
    let mut query = QueryBuilder::<Postgres>::new(
        "select coalesce(sum(f.associations), 0)::bigint from figure_count f cross join ",
    );
    query
        .push(CUT)
        .push_bind(campaign)
        .push(") cut where f.campaign_id = ")
        .push_bind(campaign)
        .push(" and ")
        .push(set.holds());
    if let Some(unit) = unit {
        query
            .push(" and ")
            .push(set.unit())
            .push(" = ")
            .push_bind(unit);
    }
    query.build_query_scalar().fetch_one(db.connection()).await
}

/// Narrows a list of associations `a` to a set, and to a unit as the set counts units.
pub fn narrow(query: &mut QueryBuilder<Postgres>, (campaign, set): (i32, Set), unit: Option<i64>) {
    query
        .push(" and ")
        .push(set.implies())
        .push(" and exists (select from figure_standing f cross join ")
        .push(CUT)
        .push_bind(campaign)
        .push(") cut where f.campaign_id = a.campaign_id and f.association_id = a.id and ")
        .push(set.holds());
    if let Some(unit) = unit {
        query
            .push(" and ")
            .push(set.unit())
            .push(" = ")
            .push_bind(unit);
    }
    query.push(")");
}

/// A unit's counters of one track, of the list as it stands without who has left (ST-5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackCount {
    /// The unit.
    pub unit: i64,
    /// T1 …
    pub track: String,
    /// Associations with a checklist.
    pub associations: i64,
    /// Of these, through with the track.
    pub complete: i64,
    /// Mandatory items.
    pub applicable: i64,
    /// Of these, resolved.
    pub resolved: i64,
    /// Reported and not verified yet.
    pub reported: i64,
}

/// The tracks of every unit within reach.
pub async fn tracks(db: &mut Db, reach: Reach) -> Result<Vec<TrackCount>, sqlx::Error> {
    if reach.is_empty() {
        return Ok(Vec::new());
    }
    let unit = reach.department().map_or(0, |department| department.0);
    sqlx::query_as!(
        TrackCount,
        r#"select department_id as unit, track, sum(associations)::bigint as "associations!",
                  sum(complete)::bigint as "complete!", sum(applicable)::bigint as "applicable!",
                  sum(resolved)::bigint as "resolved!", sum(reported)::bigint as "reported!"
           from figure_track
           where campaign_id = $1 and listed and not gone and ($2::bigint = 0 or department_id = $2)
           group by department_id, track having sum(associations) > 0
           order by department_id, track limit 10000"#,
        db.campaign(),
        unit,
    )
    .fetch_all(db.connection())
    .await
}
