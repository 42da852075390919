//! SQL of the office's opinions on a survey: they stand until it is sent again.

use crate::database::{Db, Write};

/// An opinion of the office on one question.
#[derive(Debug, Clone)]
pub struct Opinion {
    /// The question.
    pub question: String,
    /// What to mend.
    pub opinion: String,
}

/// Keeps the opinions of a return; those of earlier returns stay in the case file.
pub async fn set_opinions(
    write: &mut Write,
    survey: i64,
    opinions: &[Opinion],
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from survey_opinion where campaign_id = $1 and survey_id = $2",
        write.campaign(),
        survey
    )
    .execute(write.connection())
    .await?;
    let (questions, texts): (Vec<String>, Vec<String>) = opinions
        .iter()
        .map(|each| (each.question.clone(), each.opinion.clone()))
        .unzip();
    sqlx::query!(
        "insert into survey_opinion (campaign_id, survey_id, question, opinion, account_id, at)
         select $1, $2, o.question, o.opinion, $5, $6 from unnest($3::text[], $4::text[]) as o(question, opinion)",
        write.campaign(),
        survey,
        &questions,
        &texts,
        write.by().0,
        write.request().now.to_utc(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// The survey is sent again: what was said of it is answered.
pub async fn answer_opinions(write: &mut Write, survey: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update survey_opinion set answered_at = $3
         where campaign_id = $1 and survey_id = $2 and answered_at is null",
        write.campaign(),
        survey,
        write.request().now.to_utc(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// The opinions of the last return, while the survey was not sent again.
pub async fn opinions(db: &mut Db, survey: i64) -> Result<Vec<Opinion>, sqlx::Error> {
    sqlx::query_as!(
        Opinion,
        "select question, opinion from survey_opinion
         where campaign_id = $1 and survey_id = $2 and answered_at is null
         order by id limit 500",
        db.campaign(),
        survey,
    )
    .fetch_all(db.connection())
    .await
}
