//! The list: search, filters, order. The SQL is built from the filters in force
//! (performance.md 8: never `$1 is null or …`), always within a scope.

use chrono::NaiveDate;
use sqlx::{Postgres, QueryBuilder};

use crate::access;
use crate::database::Db;
use crate::figures::{self, Set};
use crate::web::list::{COUNTED, ROWS};

use super::rules::{ExitKind, Scope, Stage};

mod conditions;

use conditions::{FORMER, conditions, pattern};

/// What is asked of the list.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Search words.
    pub words: Option<String>,
    /// The responsible unit.
    pub department: Option<i64>,
    /// The office's decision.
    pub scope: Option<Scope>,
    /// How far.
    pub stage: Option<Stage>,
    /// A track that is not complete.
    pub track: Option<String>,
    /// The set that a figure counts.
    pub set: Option<Set>,
    /// `living`, `managed`, `pending`, `exited`, `new`, `listed`, `withdrawn` or `published`.
    pub status: Option<String>,
    /// `late`, `soon`, `still` or `fixed`.
    pub light: Option<String>,
    /// `name`, `department`, `stage` or `registered`.
    pub sort: String,
}

/// A row of the list.
#[derive(Debug, sqlx::FromRow)]
pub struct Listed {
    /// Its key.
    pub id: i64,
    /// Name as registered.
    pub name: String,
    /// Credit code.
    pub uscc: Option<String>,
    /// Certificate number of old certificates.
    pub certificate_no: Option<String>,
    /// The responsible unit.
    pub unit: i64,
    /// Its short name.
    pub department: String,
    /// The former name or code by which the search found it.
    pub former: Option<String>,
    /// The office's decision.
    pub scope: Scope,
    /// How far it has come.
    pub stage: Stage,
    /// How it left, if it did.
    pub exit_kind: Option<ExitKind>,
    /// Withdrawn from the list.
    pub withdrawn: bool,
    /// Date of registration.
    pub registered_on: Option<NaiveDate>,
    /// Mandatory items of the five tracks.
    pub applicable: i64,
    /// Of these, resolved.
    pub resolved: i64,
    /// Earliest deadline of what is not resolved, T6 included, as the filter has it.
    pub next_deadline: Option<NaiveDate>,
    /// It stands still (FD-4).
    pub still: bool,
    /// Of what stands still the earliest deadline that goes on all the same.
    pub fixed_deadline: Option<NaiveDate>,
}

/// Days before a deadline on which a row is near it, and today.
#[derive(Debug, Clone, Copy)]
pub struct Horizon {
    /// The campaign's day.
    pub today: NaiveDate,
    /// Last day that counts as near.
    pub near: NaiveDate,
    /// From this day of registration on an association is new (SC-11).
    pub issued: NaiveDate,
}

impl Wanted {
    /// The set and unit that are asked for, where nothing else is: counters know how many.
    fn counted(&self, reach: access::Scope) -> Option<(Set, Option<i64>)> {
        let set = self.set?;
        let own = reach.department().map(|unit| unit.0);
        let whole =
            reach.is_all() || own.is_some() && own == self.department && !set.by_unit_then();
        let plain = self.words.is_none()
            && self.scope.is_none()
            && self.stage.is_none()
            && self.track.is_none()
            && self.status.is_none()
            && self.light.is_none();
        (whole && plain).then_some((set, self.department))
    }
}

/// How many rows there are: what a figure counts to its end, all else up to [`COUNTED`]; and
/// whether that is all of them.
pub async fn count(
    db: &mut Db,
    reach: access::Scope,
    wanted: &Wanted,
    horizon: Horizon,
) -> Result<(i64, bool), sqlx::Error> {
    if let Some((set, unit)) = wanted.counted(reach) {
        return Ok((figures::store::count(db, set, unit).await?, true));
    }
    let mut query = QueryBuilder::<Postgres>::new(
        "select count(*) from (select 1 from association a where a.campaign_id = ",
    );
    query.push_bind(db.campaign());
    conditions(&mut query, (db.campaign(), reach), wanted, horizon);
    query.push(" limit ").push_bind(COUNTED).push(") counted");
    let counted: i64 = query
        .build_query_scalar()
        .fetch_one(db.connection())
        .await?;
    Ok((counted, counted < COUNTED))
}

/// A page of rows.
pub async fn page(
    db: &mut Db,
    reach: access::Scope,
    (wanted, offset): (&Wanted, i64),
    horizon: Horizon,
) -> Result<Vec<Listed>, sqlx::Error> {
    let mut query = QueryBuilder::<Postgres>::new("");
    rows(&mut query, (db.campaign(), reach), wanted, horizon);
    query
        .push(" limit ")
        .push_bind(ROWS)
        .push(" offset ")
        .push_bind(offset);
    query.build_query_as().fetch_all(db.connection()).await
}

/// Begins the whole list, in any of its orders, to be read slice by slice with [`more`]: the
/// database keeps its place, so that the last slice costs what the first did.
pub async fn begin(
    db: &mut Db,
    reach: access::Scope,
    wanted: &Wanted,
    horizon: Horizon,
) -> Result<(), sqlx::Error> {
    let mut query = QueryBuilder::<Postgres>::new("declare register no scroll cursor for ");
    rows(&mut query, (db.campaign(), reach), wanted, horizon);
    query.build().execute(db.connection()).await?;
    Ok(())
}

/// The next rows of the list that was begun, at most a thousand.
pub async fn more(db: &mut Db) -> Result<Vec<Listed>, sqlx::Error> {
    sqlx::query_as("fetch 1000 from register")
        .fetch_all(db.connection())
        .await
}

/// The rows asked for, in their order.
fn rows(
    query: &mut QueryBuilder<Postgres>,
    (campaign, reach): (i32, access::Scope),
    wanted: &Wanted,
    horizon: Horizon,
) {
    query.push(
        "select a.id, a.name, a.uscc, a.certificate_no, a.department_id as unit, d.short_name as department, a.scope, a.stage, a.exit_kind, a.registered_on,
                exists (select from roster_entry e where e.campaign_id = a.campaign_id and e.association_id = a.id
                        and e.withdrawn_by is not null) as withdrawn, ",
    );
    match &wanted.words {
        Some(words) => {
            let pattern = pattern(words);
            query
                .push("case when not (a.name_key like ")
                .push_bind(pattern.clone())
                .push(" or coalesce(a.uscc, '') like ")
                .push_bind(pattern.clone())
                .push(") then (select p.value from association_period p")
                .push(FORMER)
                .push_bind(pattern)
                .push(" order by p.since desc limit 1) end as former, ");
        }
        None => {
            query.push("null::text as former, ");
        }
    }
    query.push(
        "
                coalesce(p.applicable, 0) as applicable, coalesce(p.resolved, 0) as resolved, p.next_deadline,
                p.fixed_deadline,
                exists (select from suspension s where s.campaign_id = a.campaign_id and s.association_id = a.id
                        and s.until_on is null) as still
         from association a
         join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
         left join lateral (
             select sum(applicable) filter (where track <> 'T6') as applicable,
                    sum(resolved) filter (where track <> 'T6') as resolved,
                    min(next_deadline) as next_deadline, min(fixed_deadline) as fixed_deadline
             from association_progress p
             where p.campaign_id = a.campaign_id and p.association_id = a.id
         ) p on true
         where a.campaign_id = ",
    );
    query.push_bind(campaign);
    conditions(query, (campaign, reach), wanted, horizon);
    query.push(match wanted.sort.as_str() {
        "department" => " order by a.department_id, a.sort_key, a.id",
        "stage" => " order by a.stage, a.sort_key, a.id",
        "registered" => " order by a.registered_on, a.id",
        _ => " order by a.sort_key, a.id",
    });
}
