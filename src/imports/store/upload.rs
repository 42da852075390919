//! SQL of an upload itself and its file.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::database::{Db, Write};
use crate::ids::{AccountId, DepartmentId};
use crate::imports::rules::merging::Ground;
use crate::imports::rules::{Answers, Kind, Report, State, Verdict};

use super::forgetting::forget;

/// Bytes of a piece of a file.
const PIECE: usize = 1024 * 1024;

/// An upload.
#[derive(Debug, Clone)]
pub struct Import {
    /// Its number.
    pub id: i64,
    /// What comes in.
    pub kind: Kind,
    /// How far it has come.
    pub state: State,
    /// Whose it is.
    pub account: AccountId,
    /// In whose name.
    pub department: DepartmentId,
    /// It brings that unit's own associations only.
    pub own: bool,
    /// The file's name.
    pub file_name: String,
    /// Its SHA-256.
    pub digest: Vec<u8>,
    /// The encoding that it was taken to be in.
    pub encoding: Option<String>,
    /// What was said about it.
    pub answers: Json<Answers>,
    /// What was found.
    pub report: Json<Report>,
    /// Why it could not be read, or was not entered.
    pub trouble: String,
    /// When it came.
    pub created_at: DateTime<Utc>,
    /// When it was entered.
    pub done_at: Option<DateTime<Utc>>,
    /// Row version.
    pub version: i32,
}

impl Import {
    /// How it stands, as it is told: one with errors waits for no confirmation.
    #[must_use]
    pub fn standing(&self) -> State {
        if self.state == State::Checked && self.report.rows(Verdict::Wrong) > 0 {
            State::Faulty
        } else {
            self.state
        }
    }
}

macro_rules! select_import {
    ($tail:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Import,
            r#"select id, kind as "kind: Kind", state as "state: State", account_id as "account: AccountId",
                      department_id as "department: DepartmentId", own, file_name, digest, encoding,
                      answers as "answers: Json<Answers>", report as "report: Json<Report>", trouble, created_at, done_at,
                      version
               from import where campaign_id = $1 and account_id = $2 "# + $tail,
            $($argument),+
        )
    };
}

/// An upload of an account.
pub async fn of_account(
    db: &mut Db,
    account: AccountId,
    id: i64,
) -> Result<Option<Import>, sqlx::Error> {
    select_import!("and id = $3", db.campaign(), account.0, id)
        .fetch_optional(db.connection())
        .await
}

/// The same under lock.
pub async fn lock(write: &mut Write, id: i64) -> Result<Option<Import>, sqlx::Error> {
    let account = write.by();
    select_import!("and id = $3 for update", write.campaign(), account.0, id)
        .fetch_optional(write.connection())
        .await
}

/// The last uploads of an account, of one kind.
pub async fn mine(db: &mut Db, account: AccountId, kind: Kind) -> Result<Vec<Import>, sqlx::Error> {
    select_import!(
        "and kind = $3 and state <> 'discarded' order by id desc limit 10",
        db.campaign(),
        account.0,
        kind.key(),
    )
    .fetch_all(db.connection())
    .await
}

/// When and by whom the same content was entered before in a unit's name.
pub async fn earlier(
    db: &mut Db,
    kind: Kind,
    department: DepartmentId,
    digest: &[u8],
) -> Result<Option<(String, String, DateTime<Utc>)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select i.file_name, a.display_name, i.done_at as "done_at!" from import i
           join account a on a.id = i.account_id
           where i.campaign_id = $1 and i.kind = $2 and i.department_id = $3 and i.digest = $4 and i.state = 'imported'
           order by i.id desc limit 1"#,
        db.campaign(),
        kind.key(),
        department.0,
        digest,
    )
    .fetch_optional(db.connection())
    .await?;
    Ok(row.map(|row| (row.file_name, row.display_name, row.done_at)))
}

/// An upload as it comes.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// What comes in.
    pub kind: Kind,
    /// In whose name.
    pub department: DepartmentId,
    /// It brings that unit's own associations only.
    pub own: bool,
    /// What was said of headings and units before is asked again.
    pub fresh: bool,
    /// The file's name.
    pub name: &'a str,
    /// Its SHA-256.
    pub digest: &'a [u8],
    /// Its content.
    pub bytes: &'a [u8],
}

/// Keeps an upload with its file.
pub async fn begin(write: &mut Write, new: New<'_>) -> Result<i64, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "insert into import (campaign_id, kind, account_id, department_id, own, file_name, digest, bytes_total, created_at,
             answers)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id",
        write.campaign(),
        new.kind.key(),
        write.by().0,
        new.department.0,
        new.own,
        new.name,
        new.digest,
        i64::try_from(new.bytes.len()).unwrap_or(i64::MAX),
        write.request().wall.to_utc(),
        Json(Answers {
            fresh: new.fresh,
            ..Answers::default()
        }) as _,
    )
    .fetch_one(write.connection())
    .await?;
    for (number, piece) in (0_i32..).zip(new.bytes.chunks(PIECE)) {
        sqlx::query!(
            "insert into import_file (campaign_id, import_id, number, bytes) values ($1, $2, $3, $4)",
            write.campaign(),
            id,
            number,
            piece,
        )
        .execute(write.connection())
        .await?;
    }
    Ok(id)
}

/// The file of an upload; empty where it is gone.
pub async fn file(db: &mut Db, id: i64) -> Result<Vec<u8>, sqlx::Error> {
    let mut file = Vec::new();
    // Piece by piece: all of them at once and put together would be the file twice.
    for number in 0_i32.. {
        let piece = sqlx::query_scalar!(
            "select bytes from import_file where campaign_id = $1 and import_id = $2 and number = $3",
            db.campaign(),
            id,
            number,
        )
        .fetch_optional(db.connection())
        .await?;
        let Some(piece) = piece else { break };
        file.extend_from_slice(&piece);
    }
    Ok(file)
}

/// Sets how an upload stands after it was read or checked.
pub async fn stand(
    connection: &mut PgConnection,
    (campaign, id): (i32, i64),
    state: State,
    (report, encoding): (&Report, Option<&str>),
    trouble: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update import set state = $3, report = $4, trouble = $5, encoding = coalesce($6, encoding), version = version + 1
         where campaign_id = $1 and id = $2 and state in ('reading', 'checked')",
        campaign,
        id,
        state.key(),
        Json(report) as _,
        trouble,
        encoding,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Says what became of confirming an upload that still waits for it. Its version stays: what was
/// seen of it is what stands.
pub async fn say(
    connection: &mut PgConnection,
    (campaign, id): (i32, i64),
    what: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update import set trouble = $3 where campaign_id = $1 and id = $2 and state = 'checked'",
        campaign,
        id,
        what,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// How a workbook stood, if the upload is one of ours that came back.
pub async fn ground(db: &mut Db, id: i64) -> Result<Option<Ground>, sqlx::Error> {
    let ground = sqlx::query_scalar!(
        r#"select ground as "ground: Json<Ground>" from import where campaign_id = $1 and id = $2"#,
        db.campaign(),
        id,
    )
    .fetch_optional(db.connection())
    .await?;
    Ok(ground.flatten().map(|ground| ground.0))
}

/// Keeps how a workbook stood.
pub async fn keep_ground(
    connection: &mut PgConnection,
    (campaign, id): (i32, i64),
    ground: &Ground,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update import set ground = $3 where campaign_id = $1 and id = $2",
        campaign,
        id,
        Json(ground) as _,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What the rows of an upload are about.
pub async fn subjects(db: &mut Db, id: i64) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select distinct subject_id as "id!" from import_line
           where campaign_id = $1 and import_id = $2 and subject_id is not null order by 1"#,
        db.campaign(),
        id,
    )
    .fetch_all(db.connection())
    .await
}

/// The class of the locks that say that an upload is being entered.
const ENTERING: i32 = 1_501;

fn lock_number(id: i64) -> i32 {
    i32::try_from(id % i64::from(i32::MAX)).unwrap_or_default()
}

/// Says that an upload is being entered, as long as this write goes on: if the program is
/// killed the server takes it back, with all that was written.
pub async fn say_entering(write: &mut Write, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select pg_advisory_xact_lock($1, $2)::text",
        ENTERING,
        lock_number(id),
    )
    .fetch_one(write.connection())
    .await?;
    Ok(())
}

/// Whether an upload is being entered.
pub async fn is_entering(db: &mut Db, id: i64) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from pg_locks
               where locktype = 'advisory' and granted and classid::bigint = $1 and objid::bigint = $2
                 and database = (select oid from pg_database where datname = current_database())) as "is!""#,
        i64::from(ENTERING),
        i64::from(lock_number(id)),
    )
    .fetch_one(db.connection())
    .await
}

/// Whatever was being read when the program stopped is read no more.
pub async fn stop_reading(connection: &mut PgConnection, why: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update import set state = 'unread', trouble = $1, version = version + 1 where state = 'reading'",
        why,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps what was said about an upload; it is read again.
pub async fn keep_answers(
    write: &mut Write,
    id: i64,
    answers: &Answers,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update import set answers = $3, state = 'reading', version = version + 1 where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        Json(answers) as _,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Ends an upload: entered, or given up, when its file and rows go at once.
pub async fn end(write: &mut Write, id: i64, state: State) -> Result<(), sqlx::Error> {
    let done_at = (state == State::Imported).then(|| write.request().wall.to_utc());
    sqlx::query!(
        "update import set state = $3, done_at = $4, trouble = '', version = version + 1 where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        state.key(),
        done_at,
    )
    .execute(write.connection())
    .await?;
    if state == State::Discarded {
        let campaign = write.campaign();
        forget(write.connection(), (campaign, &[id])).await?;
    }
    Ok(())
}
