//! What stands beside a docket: signatures as they were given, opinions, files.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::database::{Db, Write};
use crate::documents::files::Attached;
use crate::oversight::rules::figures::Counted;
use crate::scheme::Answers;

/// A signature under a docket, with what was signed.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The so many-th.
    pub round: i32,
    /// The answers then.
    pub answers: Json<Answers>,
    /// The figures then.
    pub figures: Json<Vec<Counted>>,
    /// Who signed.
    pub signer: String,
    /// When, which is also as of when the figures are.
    pub at: DateTime<Utc>,
}

/// The signatures under a docket, the newest first.
pub async fn signed(db: &mut Db, docket: i64) -> Result<Vec<Signed>, sqlx::Error> {
    sqlx::query_as!(
        Signed,
        r#"select round, answers as "answers: Json<Answers>", figures as "figures: Json<Vec<Counted>>", signer, at
           from docket_signed where campaign_id = $1 and docket_id = $2 order by round desc limit 100"#,
        db.campaign(),
        docket,
    )
    .fetch_all(db.connection())
    .await
}

/// Keeps what is signed now.
pub async fn sign(
    write: &mut Write,
    docket: i64,
    answers: &Answers,
    figures: &[Counted],
) -> Result<(), sqlx::Error> {
    let (signer, at) = (write.name().to_owned(), write.request().now.to_utc());
    sqlx::query!(
        "insert into docket_signed (campaign_id, docket_id, round, answers, figures, signer, at)
         select $1, $2, coalesce(max(round), 0) + 1, $3, $4, $5, $6 from docket_signed
         where campaign_id = $1 and docket_id = $2",
        write.campaign(),
        docket,
        Json(answers) as _,
        Json(figures) as _,
        signer,
        at,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// An opinion on a docket.
#[derive(Debug, Clone)]
pub struct Opinion {
    /// Whose.
    pub department: String,
    /// Who wrote it.
    pub author: String,
    /// What it says.
    pub body: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Opinions on a docket, in their order.
pub async fn opinions(db: &mut Db, docket: i64) -> Result<Vec<Opinion>, sqlx::Error> {
    sqlx::query_as!(
        Opinion,
        "select u.short_name as department, o.author, o.body, o.at from docket_opinion o
         join department u on u.campaign_id = o.campaign_id and u.id = o.department_id
         where o.campaign_id = $1 and o.docket_id = $2 order by o.id limit 500",
        db.campaign(),
        docket,
    )
    .fetch_all(db.connection())
    .await
}

/// Adds one.
pub async fn add_opinion(
    write: &mut Write,
    docket: i64,
    (department, body): (i64, &str),
) -> Result<(), sqlx::Error> {
    let (author, at) = (write.name().to_owned(), write.request().now.to_utc());
    sqlx::query!(
        "insert into docket_opinion (campaign_id, docket_id, department_id, author, body, at) values ($1, $2, $3, $4, $5, $6)",
        write.campaign(),
        docket,
        department,
        author,
        body,
        at,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Files attached to a docket.
pub async fn files(db: &mut Db, docket: i64) -> Result<Vec<Attached>, sqlx::Error> {
    sqlx::query_as!(
        Attached,
        "select n.docket_id as to, f.id, f.name, f.bytes_total, f.encrypted, f.pages
         from docket_file n join file f on f.campaign_id = n.campaign_id and f.id = n.file_id
         where n.campaign_id = $1 and n.docket_id = $2 order by f.id",
        db.campaign(),
        docket,
    )
    .fetch_all(db.connection())
    .await
}

/// Attaches a file.
pub async fn attach(db: &mut Db, docket: i64, file: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into docket_file (campaign_id, docket_id, file_id) values ($1, $2, $3)",
        db.campaign(),
        docket,
        file,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}
