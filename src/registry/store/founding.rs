//! SQL of the check of new associations.

use chrono::NaiveDate;

use crate::database::Db;
use crate::ids::{AccountId, AssociationId};
use crate::registry::rules::founding::{Answer, Answers, Outcome};

/// The check of an association.
#[derive(Debug, Clone)]
pub struct Founding {
    /// When it was last made.
    pub checked_on: NaiveDate,
    /// Questions answered 不符合.
    pub failing: i32,
    /// Questions without an answer.
    pub open: i32,
    /// Row version.
    pub version: i32,
}

/// The check, if one was made.
pub async fn founding(
    db: &mut Db,
    association: AssociationId,
) -> Result<Option<Founding>, sqlx::Error> {
    sqlx::query_as!(
        Founding,
        "select checked_on, failing, open, version from founding where campaign_id = $1 and association_id = $2",
        db.campaign(),
        association.0,
    )
    .fetch_optional(db.connection())
    .await
}

/// Its answers by question.
pub async fn answers(db: &mut Db, association: AssociationId) -> Result<Answers, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select question, answer as "answer: Answer", note from founding_answer
           where campaign_id = $1 and association_id = $2 order by question limit 100"#,
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.question, (row.answer, row.note)))
        .collect())
}

/// Writes a check on the version seen (0: none yet); false if it moved on.
pub async fn save(
    db: &mut Db,
    (association, seen): (AssociationId, i32),
    (answers, outcome): (&Answers, Outcome),
    (account, on): (AccountId, NaiveDate),
) -> Result<bool, sqlx::Error> {
    let saved = sqlx::query!(
        "insert into founding as f (campaign_id, association_id, checked_on, checked_by, failing, open)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (campaign_id, association_id) do update
         set checked_on = excluded.checked_on, checked_by = excluded.checked_by, failing = excluded.failing,
             open = excluded.open, version = f.version + 1
         where f.version = $7",
        db.campaign(),
        association.0,
        on,
        account.0,
        outcome.failing,
        outcome.open,
        seen,
    )
    .execute(db.connection())
    .await?;
    if saved.rows_affected() != 1 {
        return Ok(false);
    }
    let questions: Vec<String> = answers.keys().cloned().collect();
    let given: Vec<String> = answers
        .values()
        .map(|(answer, _)| answer.key().to_owned())
        .collect();
    let notes: Vec<String> = answers.values().map(|(_, note)| note.clone()).collect();
    sqlx::query!(
        "insert into founding_answer (campaign_id, association_id, question, answer, note)
         select $1, $2, n.question, n.answer, n.note
         from unnest($3::text[], $4::text[], $5::text[]) as n(question, answer, note)
         on conflict (campaign_id, association_id, question) do update
         set answer = excluded.answer, note = excluded.note",
        db.campaign(),
        association.0,
        &questions,
        &given,
        &notes,
    )
    .execute(db.connection())
    .await?;
    Ok(true)
}

/// New associations: number, name, unit's short name, failing and open questions (none: not checked).
pub async fn new_ones(
    db: &mut Db,
    issued: NaiveDate,
) -> Result<Vec<(i64, String, String, Option<(i32, i32)>)>, sqlx::Error> {
    sqlx::query!(
        r#"select a.id, a.name, d.short_name as unit, f.failing as "failing?", f.open as "open?"
           from association a
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           left join founding f on f.campaign_id = a.campaign_id and f.association_id = a.id
           where a.campaign_id = $1 and a.registered_on >= $2 and a.exited_on is null
           order by a.registered_on, a.id limit 500"#,
        db.campaign(),
        issued,
    )
    .map(|row| (row.id, row.name, row.unit, row.failing.zip(row.open)))
    .fetch_all(db.connection())
    .await
}
