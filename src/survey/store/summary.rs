//! SQL of the summary of all surveys (EX-1): the newest edition of each, with the answers
//! that a row is made from and no others.

use chrono::NaiveDate;
use sqlx::types::Json;

use crate::database::Db;
use crate::registry::rules::{ExitKind, Scope};
use crate::scheme::Answers;
use crate::survey::rules::State;

/// Rows that are read at a time: each brings its tables with it.
const SLICE: i64 = 200;

/// An association with the newest edition of its survey.
#[derive(Debug, Clone)]
pub struct Surveyed {
    /// Its key.
    pub id: i64,
    /// By which it is sorted.
    pub sort_key: String,
    /// Its name.
    pub name: String,
    /// Its code.
    pub uscc: Option<String>,
    /// The number of an old certificate.
    pub certificate_no: Option<String>,
    /// The responsible unit.
    pub unit: String,
    /// The same in short.
    pub unit_short: String,
    /// Whether it is in scope.
    pub scope: Scope,
    /// How it left, if it did.
    pub exit_kind: Option<ExitKind>,
    /// When.
    pub exited_on: Option<NaiveDate>,
    /// Number of the edition.
    pub edition: i32,
    /// Its state.
    pub state: State,
    /// The answers that were asked for.
    pub answers: Json<Answers>,
}

/// The next of them after a key, in the order of the register; of one unit, if it is given.
pub async fn slice(
    db: &mut Db,
    (sort_key, id): (&str, i64),
    unit: Option<i64>,
    codes: &[&str],
) -> Result<Vec<Surveyed>, sqlx::Error> {
    let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
    sqlx::query_as!(
        Surveyed,
        r#"select a.id, a.sort_key, a.name, a.uscc, a.certificate_no, d.name as unit, d.short_name as unit_short,
                  a.scope as "scope: Scope", a.exit_kind as "exit_kind: ExitKind", a.exited_on,
                  s.edition as "edition!", s.state as "state!: State", s.answers as "answers!: Json<Answers>"
           from association a
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           join lateral (
               select s.edition, s.state,
                      (select coalesce(jsonb_object_agg(c.code, s.answers -> c.code), '{}')
                       from unnest($5::text[]) as c(code) where s.answers ? c.code) as answers
               from survey s
               where s.campaign_id = a.campaign_id and s.association_id = a.id
               order by s.edition desc limit 1) s on true
           where a.campaign_id = $1 and (a.sort_key, a.id) > ($2, $3)
             and ($4::bigint is null or a.department_id = $4)
           order by a.sort_key, a.id limit $6"#,
        db.campaign(),
        sort_key,
        id,
        unit,
        &codes,
        SLICE,
    )
    .fetch_all(db.connection())
    .await
}
