//! SQL of editions: what was confirmed before, and what is compared.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::database::Db;
use crate::ids::AssociationId;
use crate::scheme::Answers;
use crate::survey::rules::{Explained, State};

use super::Survey;

/// With what an edition begins.
pub struct Beginning<'a> {
    /// The edition before.
    pub before: Option<&'a Survey>,
    /// What is answered.
    pub answers: &'a Answers,
    /// What was said of its warnings.
    pub explained: &'a Explained,
}

/// Begins an edition, its sections as filled in as they were in the edition before, and its
/// version going on from that one's: what was seen of one edition is never what stands in
/// the next. `None` if somebody else began it in the same moment.
pub async fn begin(
    db: &mut Db,
    association: AssociationId,
    with: &Beginning<'_>,
) -> Result<Option<i64>, sqlx::Error> {
    let done = with.before.map(|survey| survey.sections_done.as_slice());
    sqlx::query_scalar!(
        "insert into survey (campaign_id, association_id, edition, version, answers, sections_done,
             acknowledged, explained_for, lapsed)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict on constraint survey_edition_key do nothing returning id",
        db.campaign(),
        association.0,
        with.before.map_or(0, |survey| survey.edition) + 1,
        with.before.map_or(0, |survey| survey.version) + 1,
        Json(with.answers) as _,
        done.unwrap_or_default(),
        Json(&with.explained.sentences) as _,
        Json(&with.explained.of) as _,
        Json(&with.explained.lapsed) as _,
    )
    .fetch_optional(db.connection())
    .await
}

/// An edition among others.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Its number.
    pub number: i32,
    /// Its state.
    pub state: State,
    /// Day of its confirmation.
    pub confirmed_on: Option<NaiveDate>,
    /// When it was sent.
    pub submitted_at: Option<DateTime<Utc>>,
}

/// The editions of an association's survey, the newest first.
pub async fn editions(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<Edition>, sqlx::Error> {
    sqlx::query_as!(
        Edition,
        r#"select edition as number, state as "state: State", confirmed_on, submitted_at
           from survey
           where campaign_id = $1 and association_id = $2
           order by edition desc limit 100"#,
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await
}

/// The edition that was confirmed last before this one: its number and what it answers.
pub async fn confirmed_before(
    db: &mut Db,
    survey: &Survey,
) -> Result<Option<(i32, Answers)>, sqlx::Error> {
    if survey.edition == 1 {
        return Ok(None);
    }
    let row = sqlx::query!(
        r#"select edition, answers as "answers: Json<Answers>"
           from survey
           where campaign_id = $1 and association_id = $2 and edition < $3 and state = 'confirmed'
           order by edition desc limit 1"#,
        db.campaign(),
        survey.association.0,
        survey.edition,
    )
    .fetch_optional(db.connection())
    .await?;
    Ok(row.map(|row| (row.edition, row.answers.0)))
}
