//! SQL of the registers.

use chrono::NaiveDate;
use sqlx::types::Json;

use crate::access::Scope;
use crate::database::Db;
use crate::ids::{AccountId, AssociationId, DepartmentId};
use crate::scheme::{Answers, Scheme};

use super::rules::book::{Book, Entry};
use super::rules::{PLANNED, Register, SURVEYED, State};

/// What an association's registers rest on.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The confirmed survey; empty before.
    pub survey: Answers,
    /// The approved plan; empty before.
    pub plan: Answers,
    /// What was recorded.
    pub entries: Vec<Entry>,
}

impl Source {
    /// The registers.
    #[must_use]
    pub fn book<'a>(&'a self, scheme: &'a Scheme) -> Book<'a> {
        Book {
            scheme,
            survey: &self.survey,
            plan: &self.plan,
            entries: &self.entries,
        }
    }
}

/// The registers of an association.
pub async fn source(db: &mut Db, association: AssociationId) -> Result<Source, sqlx::Error> {
    let row = sqlx::query!(
        r#"select (select s.answers from survey s
                   where s.campaign_id = $1 and s.association_id = $2 and s.state = 'confirmed'
                   order by s.edition desc limit 1) as "survey: Json<Answers>",
                  (select p.content from plan p
                   where p.campaign_id = $1 and p.association_id = $2
                     and p.replied_on is not null) as "plan: Json<Answers>""#,
        db.campaign(),
        association.0,
    )
    .fetch_one(db.connection())
    .await?;
    let entries = entries(db, association).await?;
    Ok(Source {
        survey: row.survey.map(|json| json.0).unwrap_or_default(),
        plan: row.plan.map(|json| json.0).unwrap_or_default(),
        entries,
    })
}

/// What was recorded for an association.
pub async fn entries(db: &mut Db, association: AssociationId) -> Result<Vec<Entry>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select id, register as "register: Register", object, facts as "facts: Json<Answers>", state as "state: State",
                  submitted_on, submitted_by as "submitted_by: AccountId", decided_on, decision_document, decision_note,
                  return_reason, version
           from holding where campaign_id = $1 and association_id = $2 order by id limit 2000"#,
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Entry {
            id: row.id,
            register: row.register,
            object: row.object,
            facts: row.facts.0,
            state: row.state,
            submitted_on: row.submitted_on,
            submitted_by: row.submitted_by,
            decided_on: row.decided_on,
            decision_document: row.decision_document,
            decision_note: row.decision_note,
            return_reason: row.return_reason,
            version: row.version,
        })
        .collect())
}

/// Makes the entry if there is none and locks it.
pub async fn lock(
    db: &mut Db,
    association: AssociationId,
    (register, object): (Register, &str),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into holding (campaign_id, association_id, register, object) values ($1, $2, $3, $4)
         on conflict on constraint holding_object_key do nothing",
        db.campaign(),
        association.0,
        register.key(),
        object,
    )
    .execute(db.connection())
    .await?;
    lock_all(db, association).await
}

/// Locks all entries of an association.
pub async fn lock_all(db: &mut Db, association: AssociationId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select id from holding where campaign_id = $1 and association_id = $2 order by id for update",
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(())
}

/// Writes the facts of an entry.
pub async fn write(db: &mut Db, id: i64, facts: &Answers) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update holding set facts = $3 where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        Json(facts) as _,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// What comes with a step.
#[derive(Debug, Clone, Default)]
pub struct Step {
    /// Who signed and when.
    pub submitted: Option<(AccountId, NaiveDate)>,
    /// Who decided and when.
    pub decided: Option<(AccountId, NaiveDate)>,
    /// The paper.
    pub document: Option<String>,
    /// Who accepted it, or what was said.
    pub note: Option<String>,
    /// Why it was sent back.
    pub reason: Option<String>,
}

/// The only statement that sets an entry's state. A signature stays until the
/// next one; a decision goes when it no longer stands.
pub async fn move_to(db: &mut Db, id: i64, (to, step): (State, &Step)) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update holding set state = $3, version = version + 1,
             submitted_by = coalesce($4, submitted_by), submitted_on = coalesce($5, submitted_on),
             decided_by = $6, decided_on = $7, decision_document = $8, decision_note = $9, return_reason = $10
         where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        to.key(),
        step.submitted.map(|(account, _)| account.0),
        step.submitted.map(|(_, day)| day),
        step.decided.map(|(account, _)| account.0),
        step.decided.map(|(_, day)| day),
        step.document,
        step.note,
        step.reason,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// An association with its registers, for the district's view.
pub struct Holder {
    /// The association.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The responsible unit.
    pub unit: String,
    /// Its registers.
    pub source: Source,
}

/// Every association with a confirmed survey that a person may see.
pub async fn holders(db: &mut Db, scope: &Scope) -> Result<Vec<Holder>, sqlx::Error> {
    if scope.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"select a.id, a.name, d.name as unit,
                  (select jsonb_strip_nulls((select jsonb_object_agg(code, s.answers -> code) from unnest($4::text[]) code))
                   from survey s
                   where s.campaign_id = $1 and s.association_id = a.id and s.state = 'confirmed'
                   order by s.edition desc limit 1) as "survey: Json<Answers>",
                  (select jsonb_strip_nulls(jsonb_build_object($5::text, p.content -> $5::text))
                   from plan p
                   where p.campaign_id = $1 and p.association_id = a.id
                     and p.replied_on is not null) as "plan: Json<Answers>"
           from association a
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           where a.campaign_id = $1 and a.scope = 'in' and ($2::bigint is null or a.department_id = $2)
             and ($3::bigint is null or a.id = $3)
           order by a.sort_key, a.id limit 100000"#,
        db.campaign(),
        scope.department().map(|id| id.0),
        scope.association().map(|id| id.0),
        &SURVEYED as &[&str],
        PLANNED,
    )
    .fetch_all(db.connection())
    .await?;
    let mut recorded = all_entries(db).await?.into_iter().peekable();
    let mut holders: Vec<Holder> = rows
        .into_iter()
        .filter_map(|row| {
            Some(Holder {
                id: row.id,
                name: row.name,
                unit: row.unit,
                source: Source {
                    survey: row.survey?.0,
                    plan: row.plan.map(|json| json.0).unwrap_or_default(),
                    entries: Vec::new(),
                },
            })
        })
        .collect();
    // Both by the association's number, then back into the order of names.
    let order: Vec<i64> = holders.iter().map(|holder| holder.id).collect();
    holders.sort_by_key(|holder| holder.id);
    for holder in &mut holders {
        while recorded.next_if(|(id, _)| *id < holder.id).is_some() {}
        while let Some((_, entry)) = recorded.next_if(|(id, _)| *id == holder.id) {
            holder.source.entries.push(entry);
        }
    }
    let place: std::collections::HashMap<i64, usize> = order.into_iter().zip(0..).collect();
    holders.sort_by_key(|holder| place.get(&holder.id).copied());
    Ok(holders)
}

async fn all_entries(db: &mut Db) -> Result<Vec<(i64, Entry)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select association_id, id, register as "register: Register", object, facts as "facts: Json<Answers>",
                  state as "state: State", version
           from holding where campaign_id = $1 order by association_id, id limit 1000000"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let entry = Entry {
                id: row.id,
                register: row.register,
                object: row.object,
                facts: row.facts.0,
                state: row.state,
                submitted_on: None,
                submitted_by: None,
                decided_on: None,
                decision_document: None,
                decision_note: None,
                return_reason: None,
                version: row.version,
            };
            (row.association_id, entry)
        })
        .collect())
}

/// One act on an entry.
pub struct HistoryRow {
    /// When.
    pub at: chrono::DateTime<chrono::Utc>,
    /// Who.
    pub who: String,
    /// For which department.
    pub department: String,
    /// In which role.
    pub role: String,
    /// What.
    pub sentence: String,
    /// In their own words.
    pub opinion: Option<String>,
}

/// What was done with an entry, newest first.
pub async fn history(db: &mut Db, id: i64) -> Result<Vec<HistoryRow>, sqlx::Error> {
    sqlx::query_as!(
        HistoryRow,
        "select at, actor_name as who, actor_department as department, actor_role as role, sentence, opinion
         from act_record where campaign_id = $1 and subject_kind = 'holding' and subject_id = $2
         order by id desc limit 100",
        db.campaign(),
        id,
    )
    .fetch_all(db.connection())
    .await
}

/// Whose entries are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// In this state.
    pub state: State,
    /// Of these registers.
    pub registers: &'a [Register],
    /// Of this unit's associations; none: of all.
    pub department: Option<DepartmentId>,
}

/// Entries that wait for somebody, the oldest first.
pub async fn waiting(db: &mut Db, wanted: Wanted<'_>) -> Result<Vec<Waiting>, sqlx::Error> {
    let registers: Vec<String> = wanted
        .registers
        .iter()
        .map(|register| register.key().to_owned())
        .collect();
    sqlx::query_as!(
        Waiting,
        r#"select h.association_id, a.name, d.name as unit, h.register as "register: Register", h.object,
                  h.submitted_on as since
           from holding h
           join association a on a.campaign_id = h.campaign_id and a.id = h.association_id
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           where h.campaign_id = $1 and h.state = $2 and h.register = any($3)
             and ($4::bigint is null or a.department_id = $4)
           order by h.submitted_on nulls last, h.id limit 50"#,
        db.campaign(),
        wanted.state.key(),
        &registers,
        wanted.department.map(|id| id.0),
    )
    .fetch_all(db.connection())
    .await
}

/// An entry that waits for somebody.
pub struct Waiting {
    /// The association.
    pub association_id: i64,
    /// Its name.
    pub name: String,
    /// The responsible unit.
    pub unit: String,
    /// The register.
    pub register: Register,
    /// Key of the row.
    pub object: String,
    /// When it was sent.
    pub since: Option<NaiveDate>,
}
