//! SQL of recommendations and the published list.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::database::Db;
use crate::ids::{AccountId, AssociationId, DepartmentId};
use crate::scheme::Answers;
use crate::scheme::appropriation::{MONEY, paid_in};
use crate::scheme::campaign::Parameters;

pub mod amendments;
pub mod district;
pub mod objections;
pub mod requests;

use super::rules::{Candidate, State};

/// A unit's recommendation.
#[derive(Debug, Clone)]
pub struct Recommendation {
    /// Its key.
    pub id: i64,
    /// Its state.
    pub state: State,
    /// Why fewer than required were excused.
    pub override_reason: Option<String>,
    /// Row version.
    pub version: i32,
}

/// The recommendation of a unit, if it was begun.
pub async fn recommendation(
    db: &mut Db,
    unit: DepartmentId,
) -> Result<Option<Recommendation>, sqlx::Error> {
    sqlx::query_as!(
        Recommendation,
        r#"select id, state as "state: State", override_reason, version
           from recommendation where campaign_id = $1 and department_id = $2"#,
        db.campaign(),
        unit.0,
    )
    .fetch_optional(db.connection())
    .await
}

/// Locks the recommendation of a unit, begun now if it was not.
pub async fn lock(db: &mut Db, unit: DepartmentId) -> Result<Recommendation, sqlx::Error> {
    sqlx::query!(
        "insert into recommendation (campaign_id, department_id) values ($1, $2) on conflict do nothing",
        db.campaign(),
        unit.0,
    )
    .execute(db.connection())
    .await?;
    sqlx::query_as!(
        Recommendation,
        r#"select id, state as "state: State", override_reason, version
           from recommendation where campaign_id = $1 and department_id = $2 for update"#,
        db.campaign(),
        unit.0,
    )
    .fetch_one(db.connection())
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
           where a.campaign_id = $1 and a.department_id = $2 and a.scope = 'in' and a.registered_on < $3
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
           and scope in ('undecided', 'defer') and registered_on < $3 and exited_on is null
         order by sort_key, id limit 1000",
        db.campaign(),
        unit.0,
        issued,
    )
    .map(|row| (row.id, row.name))
    .fetch_all(db.connection())
    .await
}

/// Writes what was chosen.
pub async fn save(
    db: &mut Db,
    recommendation: i64,
    entries: &[(AssociationId, bool, bool, String)],
) -> Result<(), sqlx::Error> {
    let ids: Vec<i64> = entries.iter().map(|entry| entry.0.0).collect();
    let chosen: Vec<bool> = entries.iter().map(|entry| entry.1).collect();
    let mandatory: Vec<bool> = entries.iter().map(|entry| entry.2).collect();
    let reasons: Vec<String> = entries.iter().map(|entry| entry.3.clone()).collect();
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

/// The only statement that sets the state; false if it was another one.
pub async fn move_to(
    db: &mut Db,
    id: i64,
    (from, to): (State, State),
) -> Result<bool, sqlx::Error> {
    let moved = sqlx::query!(
        "update recommendation set state = $4, version = version + 1 where campaign_id = $1 and id = $2 and state = $3",
        db.campaign(),
        id,
        from.key(),
        to.key(),
    )
    .execute(db.connection())
    .await?;
    Ok(moved.rows_affected() == 1)
}

/// Freezes the arithmetic at submission (LI-11): base, required, mandatory.
pub async fn freeze(
    db: &mut Db,
    id: i64,
    (base, required, mandatory): (i64, i64, i64),
    (account, at): (AccountId, DateTime<Utc>),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update recommendation set base = $3::bigint::int, required = $4::bigint::int, mandatory = $5::bigint::int,
             submitted_by = $6, submitted_at = $7
         where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        base,
        required,
        mandatory,
        account.0,
        at,
    )
    .execute(db.connection())
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
    let ids: Vec<i64> = decisions.iter().map(|decision| decision.0.0).collect();
    let words: Vec<String> = decisions
        .iter()
        .map(|decision| decision.1.to_owned())
        .collect();
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

/// How a unit stands on the office's page.
pub struct UnitRow {
    /// The unit.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// B.
    pub base: i64,
    /// Recommended.
    pub chosen: i64,
    /// Not in B because nobody has decided on scope.
    pub undecided: i64,
    /// State; none: not begun.
    pub state: Option<State>,
}

/// All supervising units, or one.
pub async fn units(db: &mut Db, issued: NaiveDate) -> Result<Vec<UnitRow>, sqlx::Error> {
    sqlx::query_as!(
        UnitRow,
        r#"select d.id, d.short_name as name,
                  coalesce((select c.base::bigint from roster_cutoff c where c.campaign_id = d.campaign_id and c.department_id = d.id),
                      count(a.id) filter (where a.scope = 'in')) as "base!",
                  count(e.id) filter (where e.chosen) as "chosen!",
                  count(a.id) filter (where a.scope in ('undecided', 'defer')) as "undecided!",
                  (select r.state from recommendation r where r.campaign_id = d.campaign_id and r.department_id = d.id)
                      as "state: State"
           from department d
           left join association a on a.campaign_id = d.campaign_id and a.department_id = d.id
               and a.registered_on < $2 and a.exited_on is null
           left join roster_entry e on e.campaign_id = a.campaign_id and e.association_id = a.id
           where d.campaign_id = $1 and d.supervises and d.active
           group by d.campaign_id, d.id order by d.id limit 500"#,
        db.campaign(),
        issued,
    )
    .fetch_all(db.connection())
    .await
}

/// Locks all recommendations, to publish what was decided.
pub async fn lock_all(db: &mut Db) -> Result<Vec<(i64, State)>, sqlx::Error> {
    sqlx::query!(
        r#"select id, state as "state: State" from recommendation where campaign_id = $1 order by id for update"#,
        db.campaign(),
    )
    .map(|row| (row.id, row.state))
    .fetch_all(db.connection())
    .await
}

/// Publishes everything decided for and not yet published; the associations now listed.
pub async fn publish(
    db: &mut Db,
    title: &str,
    (year, on): (i32, NaiveDate),
    account: AccountId,
) -> Result<(i32, Vec<AssociationId>), sqlx::Error> {
    let publication = sqlx::query!(
        "insert into roster_publication (campaign_id, number, year, title, published_on, account_id)
         values ($1, (select coalesce(max(number), 0) + 1 from roster_publication where campaign_id = $1 and year = $2), $2, $3, $4, $5)
         returning id, number",
        db.campaign(),
        year,
        title,
        on,
        account.0,
    )
    .fetch_one(db.connection())
    .await?;
    let listed = sqlx::query_scalar!(
        "update roster_entry e set publication_id = $2
         from association a
         where e.campaign_id = $1 and a.campaign_id = e.campaign_id and a.id = e.association_id
           and e.publication_id is null and e.added_by is null and e.decision in ('accepted', 'added')
           and a.scope = 'in' and a.exited_on is null
         returning e.association_id",
        db.campaign(),
        publication.id,
    )
    .fetch_all(db.connection())
    .await?;
    Ok((
        publication.number,
        listed.into_iter().map(AssociationId).collect(),
    ))
}

/// A row of the published list.
pub struct Published {
    /// The association.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its credit code.
    pub uscc: Option<String>,
    /// The responsible unit.
    pub department: String,
    /// Title, number and date of the publication.
    pub title: String,
    /// Number of the publication.
    pub number: i32,
    /// Its year.
    pub year: i32,
    /// Its date.
    pub published_on: NaiveDate,
}

/// The published list, by publication, unit and name.
pub async fn published(db: &mut Db) -> Result<Vec<Published>, sqlx::Error> {
    sqlx::query_as!(
        Published,
        r#"select a.id, a.name, a.uscc, d.name as department, p.title, p.number, p.year, p.published_on
           from roster_entry e
           join roster_publication p on p.campaign_id = e.campaign_id and p.id = e.publication_id
           join association a on a.campaign_id = e.campaign_id and a.id = e.association_id
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           where e.campaign_id = $1
           order by p.year, p.number, a.department_id, a.sort_key, a.id limit 2000"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}
