//! SQL of exits.

use chrono::NaiveDate;

pub mod stakes;

use crate::access::Scope as Reach;
use crate::database::{Db, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::machine;
use crate::registry::rules::ExitKind;

use super::rules::{COUNTED, Decision, STEPS, State};

/// An exit as it stands.
#[derive(Debug, Clone)]
pub struct Exit {
    /// Its key.
    pub id: i64,
    /// The association that leaves.
    pub association: AssociationId,
    /// 注销、撤销、合并.
    pub kind: ExitKind,
    /// Why.
    pub reason: String,
    /// The unit's document.
    pub document: String,
    /// Who survives a merger.
    pub survivor: Option<AssociationId>,
    /// Its name.
    pub survivor_name: Option<String>,
    /// Its state.
    pub state: State,
    /// When the unit's leader sent it.
    pub proposed_on: Option<NaiveDate>,
    /// Number of the decision.
    pub decision_number: Option<String>,
    /// Its date.
    pub decision_date: Option<NaiveDate>,
    /// What civil affairs said.
    pub opinion: Option<String>,
    /// Rows of assets that went over.
    pub transferred_assets: i32,
    /// People who went over.
    pub transferred_persons: i32,
    /// Row version.
    pub version: i32,
}

macro_rules! select_exit {
    ($which:literal, $tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Exit,
            r#"select c.id, c.association_id as "association: AssociationId", c.kind as "kind: ExitKind", c.reason, c.document, c.survivor_id as "survivor: AssociationId",
                      (select s.name from association s where s.campaign_id = c.campaign_id and s.id = c.survivor_id)
                          as survivor_name,
                      c.state as "state: State", c.proposed_on, c.decision_number, c.decision_date, c.opinion,
                      c.transferred_assets, c.transferred_persons, c.version
               from exit_case c
               where c.campaign_id = $1 and "# + $which + $tail,
            $($argument),+
        )
    };
}

machine!(Exit, "exit_case", State from Draft by STEPS on crate::exits::rules::holder,
    "exit", "退出办理");

/// The exit of an association, if one was begun.
pub async fn exit(db: &mut Db, association: AssociationId) -> Result<Option<Exit>, sqlx::Error> {
    select_exit!("c.association_id = $2", "", db.campaign(), association.0)
        .fetch_optional(db.connection())
        .await
}

/// Those of these numbers.
pub async fn of_ids(db: &mut Db, ids: &[i64]) -> Result<Vec<Exit>, sqlx::Error> {
    select_exit!("c.id = any($2)", " order by c.id", db.campaign(), ids)
        .fetch_all(db.connection())
        .await
}

/// Locks the exit of an association.
pub async fn lock(db: &mut Db, association: AssociationId) -> Result<Option<Exit>, sqlx::Error> {
    select_exit!(
        "c.association_id = $2",
        " for update",
        db.campaign(),
        association.0
    )
    .fetch_optional(db.connection())
    .await
}

/// What the unit's clerk writes.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// 注销、撤销、合并.
    pub kind: ExitKind,
    /// Why.
    pub reason: String,
    /// The unit's document.
    pub document: String,
    /// Who survives a merger.
    pub survivor: Option<AssociationId>,
}

/// Writes the draft and gives its number.
pub async fn save(
    db: &mut Db,
    association: AssociationId,
    proposal: &Proposal,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into exit_case as c (campaign_id, association_id, kind, reason, document, survivor_id)
         values ($1, $2, $3, $4, $5, $6)
         on conflict on constraint exit_case_association_key do update
         set kind = excluded.kind, reason = excluded.reason, document = excluded.document,
             survivor_id = excluded.survivor_id
         returning id",
        db.campaign(),
        association.0,
        proposal.kind.key(),
        proposal.reason,
        proposal.document,
        proposal.survivor.map(|id| id.0),
    )
    .fetch_one(db.connection())
    .await
}

/// Notes who signed the proposal, and when.
pub async fn sign(write: &mut Write, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update exit_case set proposed_on = $3, proposed_by = $4, opinion = null where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        write.today(),
        write.account().map(|id| id.0),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Notes why civil affairs refused.
pub async fn note_refusal(db: &mut Db, id: i64, opinion: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update exit_case set opinion = $3 where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        opinion,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Keeps the decision; in a merger, how many rows of assets and people of the
/// confirmed survey go over.
pub async fn note_decision(
    write: &mut Write,
    id: i64,
    decision: &Decision,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update exit_case c
         set decision_number = $3, decision_date = $4, opinion = nullif($5, ''), decided_by = $6, decided_on = $7,
             transferred_assets = case when c.kind = 'merged' then coalesce(t.assets, 0) else 0 end,
             transferred_persons = case when c.kind = 'merged' then coalesce(t.persons, 0) else 0 end
         from exit_case o
         left join lateral (
             select jsonb_array_length(coalesce(s.answers -> $8::text, '[]')) as assets,
                    jsonb_array_length(coalesce(s.answers -> $9::text, '[]')) as persons
             from survey s
             where s.campaign_id = o.campaign_id and s.association_id = o.association_id and s.state = 'confirmed'
             order by s.edition desc limit 1) t on true
         where o.campaign_id = $1 and o.id = $2 and c.campaign_id = o.campaign_id and c.id = o.id",
        write.campaign(),
        id,
        decision.number,
        decision.date,
        decision.opinion,
        write.account().map(|id| id.0),
        write.today(),
        COUNTED.0,
        COUNTED.1,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// An exit in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The association.
    pub association: i64,
    /// Its name.
    pub name: String,
    /// Short name of its unit.
    pub unit: String,
    /// 注销、撤销、合并.
    pub kind: ExitKind,
    /// Its state.
    pub state: State,
    /// When it was proposed.
    pub proposed_on: Option<NaiveDate>,
    /// Number of the decision.
    pub decision_number: Option<String>,
    /// When it left.
    pub exited_on: Option<NaiveDate>,
    /// Who took it over.
    pub survivor: Option<String>,
    /// It was on the published list.
    pub listed: bool,
}

/// The exits within reach, those that wait first.
pub async fn exits(db: &mut Db, reach: Reach) -> Result<Vec<Listed>, sqlx::Error> {
    let unit = reach.department().map_or(0, |id| id.0);
    let own = reach.association().map_or(0, |id| id.0);
    sqlx::query_as!(
        Listed,
        r#"select a.id as association, a.name, d.short_name as unit, c.kind as "kind: ExitKind",
                  c.state as "state: State", c.proposed_on, c.decision_number, a.exited_on,
                  (select s.name from association s where s.campaign_id = c.campaign_id and s.id = c.survivor_id)
                      as survivor,
                  exists (select from roster_entry e where e.campaign_id = a.campaign_id and e.association_id = a.id
                          and (e.publication_id is not null or e.added_by is not null)
                          and e.withdrawn_by is null) as "listed!"
           from exit_case c
           join association a on a.campaign_id = c.campaign_id and a.id = c.association_id
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           where c.campaign_id = $1 and ($2::bigint = 0 or a.department_id = $2) and ($3::bigint = 0 or a.id = $3)
           order by c.state = 'decided', a.exited_on desc nulls first, c.id limit 1000"#,
        db.campaign(),
        unit,
        own,
    )
    .fetch_all(db.connection())
    .await
}

/// An association that went into another.
#[derive(Debug, Clone)]
pub struct TakenOver {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Rows of assets that went over.
    pub transferred_assets: i32,
    /// People who went over.
    pub transferred_persons: i32,
}

/// What an association took over by mergers.
pub async fn taken_over(
    db: &mut Db,
    survivor: AssociationId,
) -> Result<Vec<TakenOver>, sqlx::Error> {
    sqlx::query_as!(
        TakenOver,
        "select a.id, a.name, c.transferred_assets, c.transferred_persons
         from exit_case c
         join association a on a.campaign_id = c.campaign_id and a.id = c.association_id
         where c.campaign_id = $1 and c.survivor_id = $2 and c.state = 'decided'
         order by a.exited_on, a.id limit 100",
        db.campaign(),
        survivor.0,
    )
    .fetch_all(db.connection())
    .await
}

/// Locks an association: its unit and row version, while it has not left.
pub async fn living(
    db: &mut Db,
    association: AssociationId,
) -> Result<Option<(DepartmentId, i32)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select department_id as "unit: DepartmentId", version from association
           where campaign_id = $1 and id = $2 and exited_on is null for update"#,
        db.campaign(),
        association.0,
    )
    .fetch_optional(db.connection())
    .await?;
    Ok(row.map(|row| (row.unit, row.version)))
}
