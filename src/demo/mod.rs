//! The demonstration campaign, told as acts at their own dates and in their order, so
//! that history and audit are true, and up to any day. Everything in it is fictitious.

mod associations;
mod auditing;
mod calendar;
mod carrying;
mod cast;
mod changes;
mod days;
mod drafting;
mod exits;
mod facts;
mod handing;
mod holdings;
mod listing;
mod names;
mod oversight;
mod posts;
mod reminders;
mod settings;
mod small;
mod story;
mod surveying;
pub mod surveys;
mod timeline;
mod tracks;

use chrono::{NaiveDate, NaiveDateTime};

use crate::access::{Act, Request};
use crate::accounts::store as accounts_store;
use crate::accounts::store::Department;
use crate::audit::{Record, chain};
use crate::clock::Clock;
use crate::config::Config;
use crate::database::{Database, Write, WriteError};
use crate::desk;
use crate::ids::DepartmentId;
use crate::scheme::Scheme;
use crate::start::StartError;
use crate::web::Program;

use calendar::Calendar;
use cast::Cast;
use story::Story;

/// Why the demonstration could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A write failed.
    #[error("demonstration: {0}")]
    Write(#[from] WriteError),
    /// The database failed.
    #[error("demonstration: {0}")]
    Database(#[from] sqlx::Error),
    /// An act was refused: the story does not keep the rules.
    #[error("demonstration: {0}")]
    Refused(String),
    /// The database is of another scheme.
    #[error(
        "this database was made for {made}, and the scheme given is {given}: name its own scheme with --scheme, or take another --data-dir / 此数据库按{made}建立，现指定的方案是{given}；请用--scheme指定原方案，或换用其他数据目录"
    )]
    OtherScheme {
        /// Number of the document that the database was made for.
        made: String,
        /// Number of the document given now.
        given: String,
    },
    /// The database already has people in it.
    #[error(
        "the database is not empty; the demonstration is only loaded into an empty one / 数据库不是空的，不能装入演示数据"
    )]
    NotEmpty,
    /// The story begins later.
    #[error(
        "the demonstration begins on {0}: --until names no day before / 演示从{0}开始，--until不得早于这一天"
    )]
    TooEarly(NaiveDate),
}

impl From<DemoError> for StartError {
    fn from(error: DemoError) -> Self {
        match error {
            DemoError::NotEmpty | DemoError::OtherScheme { .. } | DemoError::TooEarly(_) => {
                Self::SetUp(error.to_string())
            }
            other => Self::Failed(other.to_string()),
        }
    }
}

/// The document whose demonstration is told in full; others have a small one.
const LVYUAN: &str = "长绿府发〔2018〕50号";

fn company(scheme: &Scheme) -> &'static cast::Company {
    if scheme.campaign.document_number == LVYUAN {
        &cast::LVYUAN
    } else {
        &small::COMPANY
    }
}

/// The day to which the demonstration is told where nobody names another: 22 November
/// 2018 (contract.md), or the day of another scheme that answers to it.
#[must_use]
pub fn today(scheme: &Scheme) -> Option<NaiveDate> {
    Calendar::of(&scheme.campaign.parameters).day((11, 22)).ok()
}

/// The day on which the demonstration in the database is seen: the one to which it was
/// told. Nothing where it is no demonstration.
pub async fn told_to(
    database: &Database,
    scheme: &Scheme,
) -> Result<Option<NaiveDate>, sqlx::Error> {
    let campaign = sqlx::query!(
        "select demonstration, demonstration_day from campaign where id = $1",
        database.campaign().0
    )
    .fetch_optional(database.read().await?.connection())
    .await?;
    let campaign = campaign.filter(|campaign| campaign.demonstration);
    Ok(campaign.and_then(|campaign| campaign.demonstration_day.or_else(|| today(scheme))))
}

/// User names and who they are, for the announcement at start.
#[must_use]
pub fn accounts(scheme: &Scheme) -> Vec<(&'static str, String)> {
    cast::accounts(company(scheme))
}

/// The password of the demonstration accounts: the one set, or a random one.
pub fn password(config: &Config) -> Result<String, StartError> {
    match config
        .demo_password
        .as_deref()
        .filter(|password| !password.is_empty())
    {
        Some(password) => Ok(password.to_owned()),
        None => {
            let mut bytes = [0_u8; 8];
            getrandom::fill(&mut bytes).map_err(|error| StartError::Failed(error.to_string()))?;
            Ok(hex::encode(bytes))
        }
    }
}

/// Enters the campaign and the departments that its scheme names, once. A database
/// made for another scheme is refused.
pub async fn ensure_campaign(database: &Database, scheme: &Scheme) -> Result<(), DemoError> {
    let campaign = database.campaign().0;
    let given = scheme.campaign.document_number.clone();
    let parameters = serde_json::json!(scheme.campaign.defaults);
    let known = sqlx::query!(
        "select scheme, parameters from campaign where id = $1",
        campaign
    )
    .fetch_optional(database.read().await?.connection())
    .await?;
    let known = match known {
        Some(row) if row.scheme != given => {
            let made = row.scheme;
            return Err(DemoError::OtherScheme { made, given });
        }
        Some(row) => Some(row.parameters),
        None => None,
    };
    if known.as_ref() == Some(&parameters) {
        return Ok(());
    }
    let request = Request::internal(&Clock::real());
    let mut write = Write::begin_as(database, None, &request).await?;
    if known.is_some() {
        return renew_parameters(write, scheme, &parameters).await;
    }
    sqlx::query!(
        "insert into campaign (id, scheme, name, parameters) values ($1, $2, $3, $4) on conflict do nothing",
        campaign,
        scheme.campaign.document_number,
        scheme.campaign.title,
        parameters,
    )
    .execute(write.connection())
    .await?;
    for named in &scheme.campaign.departments {
        let department = Department {
            id: DepartmentId(0),
            code: named.code.get_ref().clone(),
            name: named.name.clone(),
            short_name: named.short.clone(),
            kind: named.kind.clone(),
            civil_service_law: named.civil_service_law.clone(),
            competences: named.competences.clone(),
            supervises: named.supervises,
        };
        accounts_store::add_department(&mut write, &department).await?;
    }
    let record = Record::new(
        Act::DepartmentCreate,
        "campaign",
        i64::from(campaign),
        format!("按{}建立脱钩工作", scheme.campaign.document_number),
    );
    write.record(record).await?;
    Ok(())
}

/// The scheme's file has other parameters than when the program last started.
async fn renew_parameters(
    mut write: Write,
    scheme: &Scheme,
    parameters: &serde_json::Value,
) -> Result<(), DemoError> {
    let campaign = write.campaign();
    sqlx::query!(
        "update campaign set parameters = $2 where id = $1",
        campaign,
        parameters
    )
    .execute(write.connection())
    .await?;
    let record = Record::new(
        Act::SettingsChange,
        "campaign",
        i64::from(campaign),
        format!("按{}的数据文件更新参数", scheme.campaign.document_number),
    );
    Ok(write.record(record).await?)
}

/// Whether nobody can sign in yet.
pub async fn is_empty(database: &Database) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"select not exists (select from account) as "empty!""#)
        .fetch_one(database.read().await?.connection())
        .await
}

/// Whether the campaign in the database is the demonstration.
pub async fn is_demonstration(database: &Database) -> Result<bool, sqlx::Error> {
    let found = sqlx::query_scalar!(
        "select demonstration from campaign where id = $1",
        database.campaign().0
    )
    .fetch_optional(database.read().await?.connection())
    .await?;
    Ok(found.unwrap_or(false))
}

/// Loads the demonstration into an empty database, told to its own today.
#[expect(clippy::disallowed_methods, reason = "which day is told to")]
pub async fn load(program: &Program, password: &str) -> Result<(), DemoError> {
    let until = today(program.as_written());
    let until = until.ok_or_else(|| DemoError::Refused("no today".to_owned()))?;
    load_until(program, password, until).await
}

/// Loads the demonstration into an empty database, told up to the end of a day.
pub async fn load_until(
    program: &Program,
    password: &str,
    until: NaiveDate,
) -> Result<(), DemoError> {
    load_by_stages(program, password, &[until], async |_| {}).await
}

/// Loads the demonstration into an empty database; at the end of each of the days the
/// story stops, and `look` sees how everything stands.
pub async fn load_by_stages(
    program: &Program,
    password: &str,
    days: &[NaiveDate],
    look: impl AsyncFnMut(NaiveDate),
) -> Result<(), DemoError> {
    if !is_empty(&program.database).await? {
        return Err(DemoError::NotEmpty);
    }
    let mut teller = program.clone();
    teller.database = program.database.hurried();
    // The story has a clock of its own: it moves from day to day.
    teller.clock = Clock::at(NaiveDateTime::default());
    // A whole campaign as one future: too large to stand in those of its callers.
    let told = Box::pin(tell(&teller, password, days, look)).await;
    teller.database.close().await;
    told?;
    if let Some(until) = days.last() {
        desk::rebuild(program, *until).await?;
    }
    // The teller kept no anchor: from here on nothing may be cut unseen.
    let head = chain::head(program.database.read().await?.connection()).await?;
    program.database.anchor(head).await;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "which story is told")]
async fn tell(
    teller: &Program,
    password: &str,
    days: &[NaiveDate],
    mut look: impl AsyncFnMut(NaiveDate),
) -> Result<(), DemoError> {
    let scheme = teller.as_written();
    let first = Calendar::of(&scheme.campaign.parameters).day(days::FIRST)?;
    let Some(until) = days.last().copied() else {
        return Ok(());
    };
    if until < first {
        return Err(DemoError::TooEarly(first));
    }
    let cast = Cast::assemble(teller, password, (company(scheme), until)).await?;
    let story = Story { app: teller, cast };
    let lives = if scheme.campaign.document_number == LVYUAN {
        story.lives()
    } else {
        story.national()
    };
    let mut whole = days::life(story.cast.days.together(lives));
    for day in days {
        story.cast.days.play(&mut whole, *day).await?;
        look(*day).await;
    }
    Ok(())
}
