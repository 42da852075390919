//! SQL of recommendations and the published list.

use chrono::NaiveDate;
use sqlx::types::Json;

use crate::access::Case;
use crate::access::case::{Holder, Row, Steps};
use crate::database::{Db, Moves, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::scheme::Answers;
use crate::scheme::appropriation::{MONEY, paid_in};
use crate::scheme::campaign::Parameters;

pub mod amendments;
pub mod cutoff;
pub mod district;
pub mod ledger;
pub mod lines;
pub mod objections;
pub mod publications;
pub mod requests;
pub mod units;

pub use units::{UnitRow, missing, units};

use super::rules::{Arithmetic, Candidate, STEPS, State};

/// A unit's recommendation.
#[derive(Debug, Clone)]
pub struct Recommendation {
    /// Its key.
    pub id: i64,
    /// The unit.
    pub unit: DepartmentId,
    /// Its state.
    pub state: State,
    /// Why fewer than required were excused.
    pub override_reason: Option<String>,
    /// Row version.
    pub version: i32,
}

/// There is one for each unit, and its acts stand under the unit.
impl Case for Recommendation {
    type State = State;
    const KIND: &'static str = "department";
    const NAME: &'static str = "推荐名单";
    const STEPS: Steps<State> = STEPS;
    const FIRST: State = State::Draft;

    fn holder(state: State) -> &'static [Holder] {
        super::rules::holder(state)
    }

    fn row(&self) -> Row<State> {
        Row {
            id: self.unit.0,
            version: self.version,
            state: self.state,
            association: None,
        }
    }
}

impl Moves for Recommendation {
    async fn move_to(db: &mut Db, unit: i64, from: State, to: State) -> Result<bool, sqlx::Error> {
        let moved = sqlx::query!(
            "update recommendation set state = $4, version = version + 1
             where campaign_id = $1 and department_id = $2 and state = $3",
            db.campaign(),
            unit,
            from.key(),
            to.key(),
        )
        .execute(db.connection())
        .await?;
        Ok(moved.rows_affected() == 1)
    }
}

macro_rules! select_recommendations {
    ($tail:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            Recommendation,
            r#"select id, department_id as "unit: DepartmentId", state as "state: State", override_reason, version
               from recommendation where campaign_id = "# + $tail
            $(, $argument)*
        )
    };
}

/// The recommendation of a unit, if it was begun.
pub async fn recommendation(
    db: &mut Db,
    unit: DepartmentId,
) -> Result<Option<Recommendation>, sqlx::Error> {
    select_recommendations!("$1 and department_id = $2", db.campaign(), unit.0)
        .fetch_optional(db.connection())
        .await
}

/// Locks the recommendation of a unit, begun now if it was not; with the version that
/// a page shows of it, which is 0 for one that was not begun.
pub async fn lock(db: &mut Db, unit: DepartmentId) -> Result<(Recommendation, i32), sqlx::Error> {
    let begun = sqlx::query!(
        "insert into recommendation (campaign_id, department_id) values ($1, $2) on conflict do nothing",
        db.campaign(),
        unit.0,
    )
    .execute(db.connection())
    .await?;
    let found = select_recommendations!(
        "$1 and department_id = $2 for update",
        db.campaign(),
        unit.0
    )
    .fetch_one(db.connection())
    .await?;
    let shown = if begun.rows_affected() == 1 {
        0
    } else {
        found.version
    };
    Ok((found, shown))
}

/// Locks all recommendations, to publish what was decided.
pub async fn lock_all(db: &mut Db) -> Result<Vec<Recommendation>, sqlx::Error> {
    select_recommendations!("$1 order by id for update", db.campaign())
        .fetch_all(db.connection())
        .await
}

/// The in-scope associations of a unit with what was chosen (A(u)).
pub async fn candidates(
    db: &mut Db,
    unit: DepartmentId,
    parameters: &Parameters,
) -> Result<Vec<Candidate>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select a.id, a.name, coalesce(e.chosen, false) as "chosen!", coalesce(e.reason, '') as "reason!",
                  (select jsonb_build_object($4::text, coalesce(s.answers -> $4::text, '[]'::jsonb)) from survey s
                   where s.campaign_id = a.campaign_id and s.association_id = a.id and s.state = 'confirmed'
                   order by s.edition desc limit 1) as "answers: Json<Answers>"
           from association a
           left join roster_entry e on e.campaign_id = a.campaign_id and e.association_id = a.id
           where a.campaign_id = $1 and a.department_id = $2 and a.scope = 'in' and (a.registered_on < $3) is not false
             and a.exited_on is null
           order by a.sort_key, a.id limit 1000"#,
        db.campaign(),
        unit.0,
        parameters.issue_date,
        MONEY,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Candidate {
            id: AssociationId(row.id),
            name: row.name,
            appropriation: row
                .answers
                .map(|answers| paid_in(&answers.0, &parameters.appropriation_years)),
            chosen: row.chosen,
            reason: row.reason,
        })
        .collect())
}

/// Associations of a unit on whose scope nobody has decided (待定, LI-11).
pub async fn undecided(
    db: &mut Db,
    unit: DepartmentId,
    issued: NaiveDate,
) -> Result<Vec<(i64, String)>, sqlx::Error> {
    sqlx::query!(
        "select id, name from association where campaign_id = $1 and department_id = $2
           and scope in ('undecided', 'defer') and (registered_on < $3) is not false and exited_on is null
         order by sort_key, id limit 1000",
        db.campaign(),
        unit.0,
        issued,
    )
    .map(|row| (row.id, row.name))
    .fetch_all(db.connection())
    .await
}

/// What a unit says of one of its associations.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The association.
    pub association: AssociationId,
    /// Recommended.
    pub chosen: bool,
    /// It must be.
    pub mandatory: bool,
    /// Why not now.
    pub reason: String,
}

/// Writes what was chosen.
pub async fn save(db: &mut Db, recommendation: i64, entries: &[Entry]) -> Result<(), sqlx::Error> {
    let ids: Vec<i64> = entries.iter().map(|entry| entry.association.0).collect();
    let chosen: Vec<bool> = entries.iter().map(|entry| entry.chosen).collect();
    let mandatory: Vec<bool> = entries.iter().map(|entry| entry.mandatory).collect();
    let reasons: Vec<String> = entries.iter().map(|entry| entry.reason.clone()).collect();
    sqlx::query!(
        "insert into roster_entry (campaign_id, recommendation_id, association_id, chosen, mandatory, reason)
         select $1, $2, e.id, e.chosen, e.mandatory, e.reason
         from unnest($3::bigint[], $4::boolean[], $5::boolean[], $6::text[]) as e(id, chosen, mandatory, reason)
         on conflict (campaign_id, association_id)
         do update set recommendation_id = $2, chosen = excluded.chosen, mandatory = excluded.mandatory, reason = excluded.reason",
        db.campaign(),
        recommendation,
        &ids,
        &chosen,
        &mandatory,
        &reasons,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Freezes the arithmetic at submission (LI-11), and who signed.
pub async fn freeze(write: &mut Write, id: i64, sum: &Arithmetic) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update recommendation set base = $3::bigint::int, required = $4::bigint::int, mandatory = $5::bigint::int,
             submitted_by = $6, submitted_at = $7
         where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        sum.base,
        sum.required,
        sum.mandatory,
        write.by().0,
        write.request().now.to_utc(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Notes why fewer than required are excused.
pub async fn excuse(db: &mut Db, id: i64, reason: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update recommendation set override_reason = $3 where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        reason
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Writes the office's decisions: accepted, struck, added, later.
pub async fn decide(
    db: &mut Db,
    id: i64,
    decisions: &[(AssociationId, &str)],
) -> Result<(), sqlx::Error> {
    let (ids, words): (Vec<i64>, Vec<String>) = decisions
        .iter()
        .map(|(id, decision)| (id.0, (*decision).to_owned()))
        .unzip();
    sqlx::query!(
        "update roster_entry e set decision = d.decision
         from unnest($3::bigint[], $4::text[]) as d(id, decision)
         where e.campaign_id = $1 and e.recommendation_id = $2 and e.association_id = d.id",
        db.campaign(),
        id,
        &ids,
        &words,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}
