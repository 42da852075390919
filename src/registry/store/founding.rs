//! SQL of the check of new associations.

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::ids::AssociationId;
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

/// The row version of the check, held until the transaction ends; 0 where none was made.
/// The association's row holds off a second first one.
pub async fn lock(db: &mut Db, association: AssociationId) -> Result<i32, sqlx::Error> {
    sqlx::query!(
        "select id from association where campaign_id = $1 and id = $2 for no key update",
        db.campaign(),
        association.0,
    )
    .fetch_optional(db.connection())
    .await?;
    let version = sqlx::query_scalar!(
        "select version from founding where campaign_id = $1 and association_id = $2",
        db.campaign(),
        association.0,
    )
    .fetch_optional(db.connection())
    .await?;
    Ok(version.unwrap_or(0))
}

/// Writes a check that is locked.
pub async fn save(
    write: &mut Write,
    association: AssociationId,
    answers: &Answers,
    outcome: Outcome,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into founding as f (campaign_id, association_id, checked_on, checked_by, failing, open)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (campaign_id, association_id) do update
         set checked_on = excluded.checked_on, checked_by = excluded.checked_by, failing = excluded.failing,
             open = excluded.open, version = f.version + 1",
        write.campaign(),
        association.0,
        write.today(),
        write.by().0,
        outcome.failing,
        outcome.open,
    )
    .execute(write.connection())
    .await?;
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
        write.campaign(),
        association.0,
        &questions,
        &given,
        &notes,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}
