//! SQL of what proves an item.

use chrono::{DateTime, NaiveDate, Utc};

use crate::database::{Db, Write};
use crate::ids::AssociationId;
use crate::progress::rules::Item;

/// What proves an item.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// Its key.
    pub id: i64,
    /// Its kind, as the measure names it.
    pub kind: String,
    /// Its number (文号).
    pub document_number: String,
    /// Its date.
    pub document_date: NaiveDate,
    /// Who issued it.
    pub issuer: String,
    /// Why it is so much older than what it proves.
    pub date_note: Option<String>,
    /// Came after the verification, which has not seen it (TC-68).
    pub after_verification: bool,
    /// The file, where there is one.
    pub file: Option<i64>,
    /// Its name.
    pub file_name: Option<String>,
    /// Its size.
    pub file_bytes: Option<i64>,
    /// A password hides what is in it.
    pub file_encrypted: Option<bool>,
    /// Who handed it in.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The evidence of an item.
pub async fn of_item(db: &mut Db, item: i64) -> Result<Vec<Evidence>, sqlx::Error> {
    sqlx::query_as!(
        Evidence,
        r#"select e.id, e.kind, e.document_number, e.document_date, e.issuer, e.date_note, e.after_verification, e.file_id as file,
                  f.name as "file_name?", f.bytes_total as "file_bytes?", f.encrypted as "file_encrypted?", a.display_name as by, e.at
           from evidence e
           join account a on a.id = e.account_id
           left join file f on f.campaign_id = e.campaign_id and f.id = e.file_id
           where e.campaign_id = $1 and e.item_id = $2
           order by e.id limit 500"#,
        db.campaign(),
        item,
    )
    .fetch_all(db.connection())
    .await
}

/// Evidence as it is handed in.
#[derive(Debug, Clone)]
pub struct NewEvidence {
    /// Its kind, as the measure names it.
    pub kind: String,
    /// Its number (文号).
    pub document_number: String,
    /// Its date.
    pub document_date: NaiveDate,
    /// Who issued it.
    pub issuer: String,
    /// Why it is so much older than what it proves.
    pub date_note: Option<String>,
}

/// When the papers of an item are of.
#[derive(Debug, Clone)]
pub struct Dated {
    /// The item.
    pub item: i64,
    /// Its kind.
    pub kind: String,
    /// Its date.
    pub on: NaiveDate,
    /// Why it is so much older than what it proves.
    pub note: Option<String>,
}

/// The dates of the papers of an association's items.
pub async fn dates(db: &mut Db, association: AssociationId) -> Result<Vec<Dated>, sqlx::Error> {
    sqlx::query_as!(
        Dated,
        "select e.item_id as item, e.kind, e.document_date as on, e.date_note as note
         from evidence e
         join item i on i.campaign_id = e.campaign_id and i.id = e.item_id
         where e.campaign_id = $1 and i.association_id = $2
         order by e.id limit 5000",
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await
}

/// Adds evidence, with its file where there is one.
pub async fn add(
    write: &mut Write,
    item: &Item,
    evidence: &NewEvidence,
    file: Option<i64>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into evidence (campaign_id, item_id, file_id, kind, document_number, document_date, issuer,
             after_verification, account_id, at, date_note)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        write.campaign(),
        item.id,
        file,
        evidence.kind,
        evidence.document_number,
        evidence.document_date,
        evidence.issuer,
        item.state.resolved(),
        write.by().0,
        write.request().now.to_utc(),
        evidence.date_note,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Evidence that was taken away.
#[derive(Debug, Clone)]
pub struct Taken {
    /// Its kind.
    pub kind: String,
    /// Its number (文号).
    pub document_number: String,
    /// Its file, which stays in the archive.
    pub file: Option<i64>,
}

/// Takes evidence away.
pub async fn remove(db: &mut Db, item: i64, id: i64) -> Result<Option<Taken>, sqlx::Error> {
    sqlx::query_as!(
        Taken,
        "delete from evidence where campaign_id = $1 and item_id = $2 and id = $3
         returning kind, document_number, file_id as file",
        db.campaign(),
        item,
        id,
    )
    .fetch_optional(db.connection())
    .await
}

/// The next verification will see what came after the last one.
pub async fn unmark(db: &mut Db, item: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update evidence set after_verification = false where campaign_id = $1 and item_id = $2 and after_verification",
        db.campaign(),
        item,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}
