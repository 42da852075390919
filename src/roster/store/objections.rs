//! SQL of objections to the published list.

use chrono::NaiveDate;

use crate::database::Db;
use crate::documents::files::Attached;
use crate::ids::AccountId;

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

/// Keeps an objection and gives its number.
pub async fn add(
    db: &mut Db,
    (publication, received_on): (i64, NaiveDate),
    (objector, content): (&str, &str),
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into roster_objection (campaign_id, publication_id, received_on, objector, content)
         values ($1, $2, $3, $4, $5) returning id",
        db.campaign(),
        publication,
        received_on,
        objector,
        content,
    )
    .fetch_one(db.connection())
    .await
}

/// Keeps the answer; false if there is one already.
pub async fn answer(
    db: &mut Db,
    id: i64,
    answer: &str,
    (account, on): (AccountId, NaiveDate),
) -> Result<bool, sqlx::Error> {
    let answered = sqlx::query!(
        "update roster_objection set answer = $3, answered_on = $4, answered_by = $5, version = version + 1
         where campaign_id = $1 and id = $2 and answer is null",
        db.campaign(),
        id,
        answer,
        on,
        account.0,
    )
    .execute(db.connection())
    .await?;
    Ok(answered.rows_affected() == 1)
}

/// Files that came with objections.
pub async fn files(db: &mut Db) -> Result<Vec<Attached>, sqlx::Error> {
    sqlx::query_as!(
        Attached,
        "select n.objection_id as to, f.id, f.name, f.bytes_total, f.encrypted
         from roster_objection_file n
         join file f on f.campaign_id = n.campaign_id and f.id = n.file_id
         where n.campaign_id = $1 order by n.objection_id, f.id limit 1000",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}

/// Attaches a file to an objection; false if there is no such objection.
pub async fn attach(db: &mut Db, (objection, file): (i64, i64)) -> Result<bool, sqlx::Error> {
    let attached = sqlx::query!(
        "insert into roster_objection_file (campaign_id, objection_id, file_id)
         select campaign_id, id, $3 from roster_objection where campaign_id = $1 and id = $2",
        db.campaign(),
        objection,
        file,
    )
    .execute(db.connection())
    .await?;
    Ok(attached.rows_affected() == 1)
}
