//! SQL of surveys.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::database::{Db, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::machine;
use crate::scheme::{Answers, Scheme};

use super::rules::{self, Refusal, STEPS, State};

mod handing;

pub use handing::{Words, is_opened, words};

/// Code → sentence.
pub type Explanations = BTreeMap<String, String>;
/// Section code → how often it was saved.
pub type SectionVersions = BTreeMap<String, i32>;

/// An edition of a survey.
#[derive(Debug, Clone)]
pub struct Survey {
    /// Its key.
    pub id: i64,
    /// The association.
    pub association: AssociationId,
    /// 1, 2, …
    pub edition: i32,
    /// Its state.
    pub state: State,
    /// What was answered.
    pub answers: Json<Answers>,
    /// Sections marked as filled in.
    pub sections_done: Vec<String>,
    /// How often each section was saved.
    pub section_versions: Json<SectionVersions>,
    /// Warnings explained.
    pub acknowledged: Json<Explanations>,
    /// Who signed it.
    pub submitted_by: Option<String>,
    /// When.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Day of the confirmation.
    pub confirmed_on: Option<NaiveDate>,
    /// Row version.
    pub version: i32,
}

machine!(Survey, "survey", State from Draft by STEPS on crate::survey::rules::holder,
    "survey", "摸底调查");

impl Survey {
    /// Why it cannot be signed yet, or be sent for that.
    pub fn lacks(&self, scheme: &Scheme) -> Result<(), Refusal> {
        let (answers, explained) = (&self.answers.0, &self.acknowledged.0);
        rules::may_submit(scheme, answers, explained, &self.sections_done)
    }

    /// What a section's form says that was seen: two people may write two sections at
    /// once (TC-55). No edition has a number of another one.
    #[must_use]
    pub fn section_version(&self, code: &str) -> i32 {
        let saved = self.section_versions.0.get(code).copied();
        (self.edition - 1) * 10_000 + saved.unwrap_or(0)
    }
}

/// The confirmed facts on which later rooms rest.
#[derive(Debug, Clone)]
pub struct Confirmed {
    /// The edition's key.
    pub id: i64,
    /// Its number.
    pub edition: i32,
    /// What was answered.
    pub answers: Answers,
    /// Day of the confirmation.
    pub confirmed_on: NaiveDate,
}

macro_rules! select_survey {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Survey,
            r#"select s.id, s.association_id as "association: AssociationId", s.edition, s.state as "state: State",
                      s.answers as "answers: Json<Answers>", s.sections_done,
                      s.section_versions as "section_versions: Json<SectionVersions>",
                      s.acknowledged as "acknowledged: Json<Explanations>",
                      signer(s.campaign_id, 'survey.submit', 'survey', s.id, s.submitted_by) as submitted_by,
                      s.submitted_at, s.confirmed_on, s.version
               from survey s
               where s.campaign_id = $1 and s.association_id = $2
               order by s.edition desc limit 1"# + $tail,
            $($argument),+
        )
    };
}

/// The newest edition.
pub async fn current(
    db: &mut Db,
    association: AssociationId,
) -> Result<Option<Survey>, sqlx::Error> {
    select_survey!("", db.campaign(), association.0)
        .fetch_optional(db.connection())
        .await
}

/// Locks the newest edition.
pub async fn lock(db: &mut Db, association: AssociationId) -> Result<Option<Survey>, sqlx::Error> {
    select_survey!(" for update", db.campaign(), association.0)
        .fetch_optional(db.connection())
        .await
}

/// The newest confirmed edition.
pub async fn confirmed(
    db: &mut Db,
    association: AssociationId,
) -> Result<Option<Confirmed>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select id, edition, answers as "answers: Json<Answers>", confirmed_on as "confirmed_on!"
           from survey
           where campaign_id = $1 and association_id = $2 and state = 'confirmed'
           order by edition desc limit 1"#,
        db.campaign(),
        association.0,
    )
    .fetch_optional(db.connection())
    .await?;
    Ok(row.map(|row| Confirmed {
        id: row.id,
        edition: row.edition,
        answers: row.answers.0,
        confirmed_on: row.confirmed_on,
    }))
}

/// Begins an edition with these answers. Its version goes on from the edition before:
/// what was seen of one edition is never what stands in the next.
/// `None` if somebody else began that edition in the same moment.
pub async fn begin(
    db: &mut Db,
    association: AssociationId,
    before: Option<&Survey>,
    answers: &Answers,
) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into survey (campaign_id, association_id, edition, version, answers) values ($1, $2, $3, $4, $5)
         on conflict on constraint survey_edition_key do nothing returning id",
        db.campaign(),
        association.0,
        before.map_or(0, |survey| survey.edition) + 1,
        before.map_or(0, |survey| survey.version) + 1,
        Json(answers) as _,
    )
    .fetch_optional(db.connection())
    .await
}

/// What saving writes.
pub struct Saved<'a> {
    /// All answers.
    pub answers: &'a Answers,
    /// Sections marked as filled in.
    pub done: &'a [String],
    /// How often each section was saved.
    pub versions: &'a SectionVersions,
    /// Explanations that still fit.
    pub acknowledged: &'a Explanations,
}

/// Writes answers.
pub async fn save(db: &mut Db, id: i64, saved: &Saved<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update survey set answers = $3, sections_done = $4, section_versions = $5, acknowledged = $6
         where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        Json(saved.answers) as _,
        saved.done,
        Json(saved.versions) as _,
        Json(saved.acknowledged) as _,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Notes who signed and sent it.
pub async fn sign(write: &mut Write, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update survey set submitted_by = $3, submitted_department = $4, submitted_at = $5 where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        write.by().0,
        write.actor().map(|actor| actor.department().0),
        write.request().now.to_utc(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Notes who confirmed it.
pub async fn seal(write: &mut Write, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update survey set confirmed_by = $3, confirmed_at = $4, confirmed_on = $5 where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        write.by().0,
        write.request().now.to_utc(),
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

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

/// The opinions of the last return.
pub async fn opinions(db: &mut Db, survey: i64) -> Result<Vec<Opinion>, sqlx::Error> {
    sqlx::query_as!(
        Opinion,
        "select question, opinion from survey_opinion where campaign_id = $1 and survey_id = $2 order by id limit 500",
        db.campaign(),
        survey,
    )
    .fetch_all(db.connection())
    .await
}

/// Files a nil report; false where it was filed before or there is something to survey.
pub async fn report_nil(write: &mut Write, department: DepartmentId) -> Result<bool, sqlx::Error> {
    let filed = sqlx::query!(
        "insert into nil_report (campaign_id, department_id, subject, account_id, at)
         select $1, $2, 'survey', $3, $4
         where not exists (select from association where campaign_id = $1 and department_id = $2)
         on conflict do nothing",
        write.campaign(),
        department.0,
        write.by().0,
        write.request().now.to_utc(),
    )
    .execute(write.connection())
    .await?;
    Ok(filed.rows_affected() == 1)
}
