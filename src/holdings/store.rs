//! SQL of the registers.

pub mod figures;
pub mod ledgers;

use std::collections::HashMap;

use sqlx::types::Json;

use crate::database::{Db, Write};
use crate::ids::{AccountId, AssociationId};
use crate::machine;
use crate::scheme::{Answers, Scheme};

use super::rules::book::{Book, Entry};
use super::rules::{PLANNED, Register, STEPS, SURVEYED, State};

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

machine!(Entry, "holding", State from Draft by STEPS on crate::holdings::rules::holder,
    "holding", "台账事项");

impl From<Json<Self>> for Answers {
    fn from(json: Json<Self>) -> Self {
        json.0
    }
}

/// The one select of entries.
macro_rules! select_entries {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Entry,
            r#"select id, association_id as "association: AssociationId", register as "register: Register", object,
                      facts as "facts: Json<Answers>", state as "state: State", submitted_on,
                      submitted_by as "submitted_by: AccountId", decided_on, decision_document, decision_note,
                      return_reason, version
               from holding where campaign_id = $1 "# + $tail,
            $($argument),+
        )
    };
}

/// What was recorded for an association.
pub async fn entries(db: &mut Db, association: AssociationId) -> Result<Vec<Entry>, sqlx::Error> {
    select_entries!(
        "and association_id = $2 order by id limit 2000",
        db.campaign(),
        association.0
    )
    .fetch_all(db.connection())
    .await
}

/// What was recorded for several associations, by association.
async fn entries_of(
    db: &mut Db,
    associations: &[i64],
) -> Result<HashMap<AssociationId, Vec<Entry>>, sqlx::Error> {
    let recorded = select_entries!(
        "and association_id = any($2) order by association_id, id limit 1000000",
        db.campaign(),
        associations
    )
    .fetch_all(db.connection())
    .await?;
    let mut entries: HashMap<AssociationId, Vec<Entry>> = HashMap::new();
    for entry in recorded {
        entries.entry(entry.association).or_default().push(entry);
    }
    Ok(entries)
}

/// Makes the entry of a row if there is none.
pub async fn ensure(
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
    Ok(())
}

/// Locks all entries of an association: rows are judged by each other.
pub async fn lock(db: &mut Db, association: AssociationId) -> Result<Source, sqlx::Error> {
    sqlx::query!(
        "select id from holding where campaign_id = $1 and association_id = $2 order by id for update",
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await?;
    source(db, association).await
}

/// Writes the facts of an entry; why it was sent back is answered by that.
pub async fn note_facts(db: &mut Db, id: i64, facts: &Answers) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update holding set facts = $3, return_reason = null where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        Json(facts) as _,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Notes who signed an entry, and when; that stays until the next signature.
pub async fn note_signature(write: &mut Write, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update holding set submitted_by = $3, submitted_on = $4 where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        write.by().0,
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// What a department decides with.
#[derive(Debug, Clone)]
pub struct Words {
    /// The paper.
    pub document: String,
    /// Who accepted it, or what was said.
    pub note: String,
}

/// Notes a decision.
pub async fn note_decision(write: &mut Write, id: i64, words: &Words) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update holding set decided_by = $3, decided_on = $4, decision_document = $5, decision_note = nullif($6, '')
         where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        write.by().0,
        write.today(),
        words.document,
        words.note,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Notes why an entry was sent back: a decision on it does not stand any more.
pub async fn note_return(db: &mut Db, id: i64, reason: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update holding set decided_by = null, decided_on = null, decision_document = null, decision_note = null,
             return_reason = $3
         where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        reason,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// An association with its registers, for the district's figures.
pub struct Holder {
    /// The association.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The responsible unit.
    pub department: i64,
    /// Its name.
    pub unit: String,
    /// Its registers.
    pub source: Source,
}

struct HolderRow {
    id: AssociationId,
    name: String,
    department: i64,
    unit: String,
    survey: Option<Json<Answers>>,
    plan: Option<Json<Answers>>,
}

/// The registers of these associations, of those in scope with a confirmed survey, in the order
/// of their keys.
pub async fn sources(db: &mut Db, associations: &[i64]) -> Result<Vec<Holder>, sqlx::Error> {
    let rows = sqlx::query_as!(
        HolderRow,
        r#"select a.id as "id: AssociationId", a.name, d.id as department, d.short_name as unit,
                  (select jsonb_strip_nulls((select jsonb_object_agg(code, s.answers -> code) from unnest($3::text[]) code))
                   from survey s
                   where s.campaign_id = $1 and s.association_id = a.id and s.state = 'confirmed'
                   order by s.edition desc limit 1) as "survey: Json<Answers>",
                  (select jsonb_strip_nulls(jsonb_build_object($4::text, p.content -> $4::text))
                   from plan p
                   where p.campaign_id = $1 and p.association_id = a.id
                     and p.replied_on is not null) as "plan: Json<Answers>"
           from association a
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           where a.campaign_id = $1 and a.scope = 'in' and a.id = any($2)
           order by a.id"#,
        db.campaign(),
        associations,
        &SURVEYED as &[&str],
        PLANNED,
    )
    .fetch_all(db.connection())
    .await?;
    let mut entries = entries_of(db, associations).await?;
    let holder = |row: HolderRow| {
        Some(Holder {
            source: Source {
                survey: row.survey?.0,
                plan: row.plan.map(|json| json.0).unwrap_or_default(),
                entries: entries.remove(&row.id).unwrap_or_default(),
            },
            id: row.id.0,
            name: row.name,
            department: row.department,
            unit: row.unit,
        })
    };
    Ok(rows.into_iter().filter_map(holder).collect())
}
