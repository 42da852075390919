//! The list: search, filters, order. The SQL is built from the filters in force
//! (performance.md 8: never `$1 is null or …`), always within a scope.

use chrono::NaiveDate;
use sqlx::{Postgres, QueryBuilder};

use crate::access;
use crate::database::Db;
use crate::figures::{self, Set};
use crate::web::list::{COUNTED, ROWS};

use super::names;
use super::rules::{ExitKind, Scope, Stage};

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
    let mut query = QueryBuilder::<Postgres>::new(
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
    query.push_bind(db.campaign());
    conditions(&mut query, (db.campaign(), reach), wanted, horizon);
    query.push(match wanted.sort.as_str() {
        "department" => " order by a.department_id, a.sort_key, a.id",
        "stage" => " order by a.stage, a.sort_key, a.id",
        "registered" => " order by a.registered_on, a.id",
        _ => " order by a.sort_key, a.id",
    });
    query
        .push(" limit ")
        .push_bind(ROWS)
        .push(" offset ")
        .push_bind(offset);
    query.build_query_as().fetch_all(db.connection()).await
}

fn conditions(
    query: &mut QueryBuilder<Postgres>,
    (campaign, reach): (i32, access::Scope),
    wanted: &Wanted,
    horizon: Horizon,
) {
    within(query, campaign, reach);
    if let Some(words) = &wanted.words {
        let key = names::key(words);
        query
            .push(" and (a.grams @> ")
            .push_bind(names::wanted(words));
        // Bigrams can match out of order, so longer words are compared again.
        let pattern = pattern(words);
        query
            .push(" and (a.name_key like ")
            .push_bind(pattern.clone())
            .push(" or a.uscc like ")
            .push_bind(pattern.clone())
            .push(" or exists (select from association_period p")
            .push(FORMER)
            .push_bind(pattern)
            .push("))");
        if key.bytes().all(|byte| byte.is_ascii_alphabetic()) && !key.is_empty() {
            let letters = key.to_ascii_lowercase();
            query
                .push(" or (initials_pieces(a.initials) @> ")
                .push_bind(names::wanted_letters(&letters))
                .push(" and a.initials like ")
                .push_bind(format!("%{letters}%"))
                .push(")");
        }
        query.push(")");
    }
    if let Some(set) = wanted.set {
        // A set says itself which unit it counts an association with.
        figures::store::narrow(query, (campaign, set), wanted.department);
    } else if let Some(department) = wanted.department {
        query.push(" and a.department_id = ").push_bind(department);
    }
    if let Some(scope) = wanted.scope {
        query.push(" and a.scope = ").push_bind(scope.key());
    }
    if let Some(stage) = wanted.stage {
        // What has left has no stage any more.
        query
            .push(" and a.exited_on is null and a.stage = ")
            .push_bind(stage.key());
    }
    if let Some(track) = &wanted.track {
        query
            .push(" and exists (select from association_progress t where t.campaign_id = a.campaign_id and t.association_id = a.id and t.resolved < t.applicable and t.track = ")
            .push_bind(track.clone())
            .push(")");
    }
    status(query, wanted.status.as_deref(), horizon.issued);
    light(query, wanted.light.as_deref(), horizon);
}

/// Late, nearly so, or standing still; who has left has no deadline any more.
fn light(query: &mut QueryBuilder<Postgres>, light: Option<&str>, horizon: Horizon) {
    match light {
        Some("late") => {
            query.push(" and a.exited_on is null");
            due(query, " and exists", "", horizon.today);
        }
        Some("soon") => {
            query.push(" and a.exited_on is null");
            due(query, " and not exists", "", horizon.today);
            due(query, " and exists", "=", horizon.near);
        }
        Some("still") => {
            query.push(STILL).push(")");
        }
        Some("fixed") => {
            query
                .push(STILL)
                .push(") and exists (select from association_progress t where t.campaign_id = a.campaign_id and t.association_id = a.id and t.fixed_deadline < ")
                .push_bind(horizon.today)
                .push(")");
        }
        _ => {}
    }
}

/// What stands still, whatever is due.
const STILL: &str = " and exists (select from suspension s where s.campaign_id = a.campaign_id and s.association_id = a.id and s.until_on is null";

/// Living or gone, new, on the list as it stands or as it was published.
fn status(query: &mut QueryBuilder<Postgres>, status: Option<&str>, issued: NaiveDate) {
    let entry = " and exists (select from roster_entry e where e.campaign_id = a.campaign_id and e.association_id = a.id";
    match status {
        Some("living") => {
            query.push(" and a.exited_on is null");
        }
        Some("managed") => {
            query
                .push(" and a.exited_on is null and (a.registered_on < ")
                .push_bind(issued)
                .push(") is not false");
        }
        Some("pending") => {
            query
                .push(" and a.scope in ('undecided', 'defer') and a.exited_on is null and (a.registered_on < ")
                .push_bind(issued)
                .push(") is not false");
        }
        Some("exited") => {
            query.push(" and a.exited_on is not null");
        }
        Some("new") => {
            query.push(" and a.registered_on >= ").push_bind(issued);
        }
        Some("listed") => {
            query.push(entry).push(
                " and (e.publication_id is not null or e.added_by is not null) and e.withdrawn_by is null)",
            );
        }
        Some("withdrawn") => {
            query.push(entry).push(" and e.withdrawn_by is not null)");
        }
        Some("published") => {
            query.push(entry).push(" and e.publication_id is not null)");
        }
        _ => {}
    }
}

/// Whether something mandatory that is not resolved is due before (or by) a day.
fn due(query: &mut QueryBuilder<Postgres>, exists: &str, or_on: &str, day: NaiveDate) {
    query
        .push(exists)
        .push(" (select from association_progress t where t.campaign_id = a.campaign_id and t.association_id = a.id and t.next_deadline <")
        .push(or_on)
        .push(" ")
        .push_bind(day)
        .push(")");
}

/// A unit's own associations and those that it has a tie with: two short index
/// scans, where `or` would walk the whole register.
fn within(query: &mut QueryBuilder<Postgres>, campaign: i32, reach: access::Scope) {
    if let Some(department) = reach.department() {
        query
            .push(" and a.id in (select o.id from association o where o.campaign_id = ")
            .push_bind(campaign)
            .push(" and o.department_id = ")
            .push_bind(department.0)
            .push(" union all select t.association_id from tie t where t.ended_on is null and t.campaign_id = ")
            .push_bind(campaign)
            .push(" and t.department_id = ")
            .push_bind(department.0)
            // Who was told of a separation goes on seeing it once its tie is ended.
            .push(" union all select n.association_id from linked_notice n where n.sent_on is not null and n.campaign_id = ")
            .push_bind(campaign)
            .push(" and n.department_id = ")
            .push_bind(department.0)
            .push(")");
    } else if let Some(association) = reach.association() {
        query.push(" and a.id = ").push_bind(association.0);
    } else if reach.is_empty() {
        query.push(" and false");
    }
}

/// The former names and codes of an association that are like a pattern.
const FORMER: &str = " where p.campaign_id = a.campaign_id and p.association_id = a.id and p.field in ('name', 'uscc')
    and p.until is not null and p.value_key like ";

/// What a name or code is compared with, as names are compared.
fn pattern(words: &str) -> String {
    format!("%{}%", escaped(&names::key(words)))
}

/// `%`, `_` and `\` stand for themselves in a search (security.md B18).
fn escaped(words: &str) -> String {
    words
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}
