//! SQL of objections to the published list.

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::documents::files::Attached;

/// An objection with its answer.
#[derive(Debug, Clone)]
pub struct Objection {
    /// Its key.
    pub id: i64,
    /// Number and year of the publication.
    pub publication: String,
    /// When it came.
    pub received_on: NaiveDate,
    /// Who objects.
    pub objector: String,
    /// To what.
    pub content: String,
    /// The office's answer.
    pub answer: Option<String>,
    /// When.
    pub answered_on: Option<NaiveDate>,
    /// Row version.
    pub version: i32,
}

/// All objections, those without answer first.
pub async fn objections(db: &mut Db) -> Result<Vec<Objection>, sqlx::Error> {
    sqlx::query_as!(
        Objection,
        r#"select o.id, format('%s年第%s号', p.year, p.number) as "publication!", o.received_on, o.objector, o.content,
                  o.answer, o.answered_on, o.version
           from roster_objection o
           join roster_publication p on p.campaign_id = o.campaign_id and p.id = o.publication_id
           where o.campaign_id = $1
           order by o.answer is not null, o.received_on, o.id limit 500"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}

/// Publications with their number and date, newest first.
pub async fn publications(db: &mut Db) -> Result<Vec<(i64, String, NaiveDate)>, sqlx::Error> {
    sqlx::query!(
        r#"select id, format('%s年第%s号', year, number) as "name!", published_on from roster_publication
           where campaign_id = $1 order by published_on desc, id desc limit 100"#,
        db.campaign(),
    )
    .map(|row| (row.id, row.name, row.published_on))
    .fetch_all(db.connection())
    .await
}

/// What came from whom, and when.
#[derive(Debug, Clone)]
pub struct Received {
    /// The publication.
    pub publication: i64,
    /// When it came.
    pub on: NaiveDate,
    /// Who objects.
    pub objector: String,
    /// To what.
    pub content: String,
}

/// Keeps an objection and gives its number.
pub async fn add(db: &mut Db, received: &Received) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into roster_objection (campaign_id, publication_id, received_on, objector, content)
         values ($1, $2, $3, $4, $5) returning id",
        db.campaign(),
        received.publication,
        received.on,
        received.objector,
        received.content,
    )
    .fetch_one(db.connection())
    .await
}

/// Locks an objection: its row version, and whether it has its answer.
pub async fn lock(db: &mut Db, id: i64) -> Result<Option<(i32, bool)>, sqlx::Error> {
    sqlx::query!(
        r#"select version, answer is not null as "answered!" from roster_objection
           where campaign_id = $1 and id = $2 for update"#,
        db.campaign(),
        id,
    )
    .map(|row| (row.version, row.answered))
    .fetch_optional(db.connection())
    .await
}

/// Keeps the answer.
pub async fn answer(write: &mut Write, id: i64, answer: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update roster_objection set answer = $3, answered_on = $4, answered_by = $5, version = version + 1
         where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        answer,
        write.today(),
        write.by().0,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Files that came with objections.
pub async fn files(db: &mut Db) -> Result<Vec<Attached>, sqlx::Error> {
    sqlx::query_as!(
        Attached,
        "select n.objection_id as to, f.id, f.name, f.bytes_total, f.encrypted, f.pages
         from roster_objection_file n
         join file f on f.campaign_id = n.campaign_id and f.id = n.file_id
         where n.campaign_id = $1 order by n.objection_id, f.id limit 1000",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}

/// Attaches a file to an objection, which is then not as it was.
pub async fn attach(db: &mut Db, objection: i64, file: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "with kept as (update roster_objection set version = version + 1 where campaign_id = $1 and id = $2
                       returning campaign_id, id)
         insert into roster_objection_file (campaign_id, objection_id, file_id) select campaign_id, id, $3 from kept",
        db.campaign(),
        objection,
        file,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}
