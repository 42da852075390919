//! SQL of what the office finds of a survey while it reads it.

use crate::database::{Db, Write};
use crate::survey::rules::marks::Mark;

use super::Opinion;

/// What was found since the survey was last sent.
pub async fn marks(db: &mut Db, survey: i64) -> Result<Vec<Mark>, sqlx::Error> {
    sqlx::query_as!(
        Mark,
        "select place, passed, remark from survey_mark
         where campaign_id = $1 and survey_id = $2 order by place limit 500",
        db.campaign(),
        survey,
    )
    .fetch_all(db.connection())
    .await
}

/// Keeps what was found in place of what was found before. What somebody else found and
/// stays as it is stays theirs.
pub async fn keep_marks(write: &mut Write, survey: i64, marks: &[Mark]) -> Result<(), sqlx::Error> {
    let places: Vec<String> = marks.iter().map(|mark| mark.place.clone()).collect();
    let passed: Vec<bool> = marks.iter().map(|mark| mark.passed).collect();
    let remarks: Vec<String> = marks.iter().map(|mark| mark.remark.clone()).collect();
    sqlx::query!(
        "delete from survey_mark where campaign_id = $1 and survey_id = $2 and place <> all($3)",
        write.campaign(),
        survey,
        &places,
    )
    .execute(write.connection())
    .await?;
    sqlx::query!(
        "insert into survey_mark (campaign_id, survey_id, place, passed, remark, account_id, at)
         select $1, $2, m.place, m.passed, m.remark, $6, $7
         from unnest($3::text[], $4::bool[], $5::text[]) as m(place, passed, remark)
         on conflict (campaign_id, survey_id, place) do update
         set passed = excluded.passed, remark = excluded.remark, account_id = excluded.account_id, at = excluded.at
         where (survey_mark.passed, survey_mark.remark) is distinct from (excluded.passed, excluded.remark)",
        write.campaign(),
        survey,
        &places,
        &passed,
        &remarks,
        write.by().0,
        write.request().now.to_utc(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// What was asked to be mended the last time, whether it was sent again since or not.
pub async fn last_opinions(db: &mut Db, survey: i64) -> Result<Vec<Opinion>, sqlx::Error> {
    sqlx::query_as!(
        Opinion,
        "select question, opinion from survey_opinion
         where campaign_id = $1 and survey_id = $2 order by id limit 500",
        db.campaign(),
        survey,
    )
    .fetch_all(db.connection())
    .await
}
