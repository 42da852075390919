//! SQL of surveys.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::database::{Db, Write};
use crate::ids::AssociationId;
use crate::machine;
use crate::scheme::{Answers, Finding, Scheme, Section};

use super::rules::{self, Digests, Explained, Explanations, Filled, Refusal, STEPS, State};

mod editions;
mod handing;
pub mod importing;
mod marks;
pub mod nil;
mod opinions;
pub mod summary;

pub use editions::{Beginning, Edition, begin, confirmed_before, editions};
pub use handing::{Words, is_opened, words};
pub use marks::{keep_marks, last_opinions, marks};
pub use opinions::{Opinion, answer_opinions, opinions, set_opinions};

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
    /// What was said of warnings.
    pub acknowledged: Json<Explanations>,
    /// Of which values.
    pub explained_for: Json<Digests>,
    /// What was said of values that have changed since.
    pub lapsed: Json<Explanations>,
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
        self.lacks_for(scheme, &rules::findings(scheme, &self.answers.0))
    }

    /// The same, of what was found in it.
    pub fn lacks_for(&self, scheme: &Scheme, found: &[Finding]) -> Result<(), Refusal> {
        let found = (&self.answers.0, found);
        rules::may_submit(scheme, found, &self.explained(), &self.sections_done)
    }

    /// What was said of its warnings.
    #[must_use]
    pub fn explained(&self) -> Explained {
        Explained {
            sentences: self.acknowledged.0.clone(),
            of: self.explained_for.0.clone(),
            lapsed: self.lapsed.0.clone(),
        }
    }

    /// How a section of it stands, by what was found in the whole.
    #[must_use]
    pub fn filled(&self, section: &Section, found: &[Finding]) -> Filled {
        let saved = self.section_versions.0.contains_key(&section.code);
        rules::filled(section, found, (self.is_marked(section), saved))
    }

    /// Whether a section is marked as filled in.
    #[must_use]
    pub fn is_marked(&self, section: &Section) -> bool {
        self.sections_done.contains(&section.code)
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

/// The one select of surveys: which, and how they are taken.
macro_rules! select_survey {
    ($which:literal, $tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Survey,
            r#"select s.id, s.association_id as "association: AssociationId", s.edition, s.state as "state: State",
                      s.answers as "answers: Json<Answers>", s.sections_done,
                      s.section_versions as "section_versions: Json<SectionVersions>",
                      s.acknowledged as "acknowledged: Json<Explanations>",
                      s.explained_for as "explained_for: Json<Digests>", s.lapsed as "lapsed: Json<Explanations>",
                      signer(s.campaign_id, 'survey.submit', 'survey', s.id, s.submitted_by) as submitted_by,
                      s.submitted_at, s.confirmed_on, s.version
               from survey s
               where s.campaign_id = $1 and "# + $which + $tail,
            $($argument),+
        )
    };
}

/// The newest edition.
pub async fn current(
    db: &mut Db,
    association: AssociationId,
) -> Result<Option<Survey>, sqlx::Error> {
    select_survey!(
        "s.association_id = $2 and ($3::int is null or s.edition = $3) order by s.edition desc limit 1",
        "",
        db.campaign(),
        association.0,
        None::<i32>
    )
        .fetch_optional(db.connection())
        .await
}

/// The edition of a number.
pub async fn edition(
    db: &mut Db,
    association: AssociationId,
    number: i32,
) -> Result<Option<Survey>, sqlx::Error> {
    select_survey!(
        "s.association_id = $2 and ($3::int is null or s.edition = $3) order by s.edition desc limit 1",
        "",
        db.campaign(),
        association.0,
        Some(number)
    )
        .fetch_optional(db.connection())
        .await
}

/// The editions of these numbers.
pub async fn of_ids(db: &mut Db, ids: &[i64]) -> Result<Vec<Survey>, sqlx::Error> {
    select_survey!("s.id = any($2)", " order by s.id", db.campaign(), ids)
        .fetch_all(db.connection())
        .await
}

/// Locks the newest edition.
pub async fn lock(db: &mut Db, association: AssociationId) -> Result<Option<Survey>, sqlx::Error> {
    select_survey!(
        "s.association_id = $2 and ($3::int is null or s.edition = $3) order by s.edition desc limit 1",
        " for update",
        db.campaign(),
        association.0,
        None::<i32>
    )
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

/// What saving writes.
pub struct Saved<'a> {
    /// All answers.
    pub answers: &'a Answers,
    /// Sections marked as filled in.
    pub done: &'a [String],
    /// How often each section was saved.
    pub versions: &'a SectionVersions,
    /// What was said of warnings.
    pub explained: &'a Explained,
}

/// Writes answers.
pub async fn save(db: &mut Db, id: i64, saved: &Saved<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update survey set answers = $3, sections_done = $4, section_versions = $5, acknowledged = $6,
             explained_for = $7, lapsed = $8
         where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        Json(saved.answers) as _,
        saved.done,
        Json(saved.versions) as _,
        Json(&saved.explained.sentences) as _,
        Json(&saved.explained.of) as _,
        Json(&saved.explained.lapsed) as _,
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
