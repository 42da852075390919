//! SQL of what proves an item.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::database::{Db, Write};
use crate::ids::AssociationId;
use crate::progress::rules::Item;
use crate::scheme::persons::is_personal;

/// What proves an item: the link to a document, and to its file. One file proves as many
/// items as it is linked to (DN-5).
#[derive(Debug, Clone)]
pub struct Evidence {
    /// Its key.
    pub id: i64,
    /// The item that it proves.
    pub item: i64,
    /// The item's measure.
    pub measure: String,
    /// The row that the item is about.
    pub object: String,
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
    /// What it is, by content.
    pub file_type: Option<String>,
    /// A password hides what is in it.
    pub file_encrypted: Option<bool>,
    /// Its pages, where they were told.
    pub file_pages: Option<i32>,
    /// The file is not what was linked.
    pub differs: bool,
    /// Who handed it in.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What proves the items of an association, each of its items by itself.
pub async fn of_association(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<Evidence>, sqlx::Error> {
    sqlx::query_as!(
        Evidence,
        r#"select e.id, e.item_id as item, i.measure, i.object, e.kind, e.document_number, e.document_date, e.issuer,
                  e.date_note, e.after_verification, e.file_id as file, f.name as "file_name?", f.bytes_total as "file_bytes?",
                  f.media_type as "file_type?", f.encrypted as "file_encrypted?", f.pages as "file_pages?",
                  e.sha256 <> f.sha256 is true as "differs!",
                  a.display_name as by, e.at
           from evidence e
           join item i on i.campaign_id = e.campaign_id and i.id = e.item_id
           join account a on a.id = e.account_id
           left join file f on f.campaign_id = e.campaign_id and f.id = e.file_id
           where e.campaign_id = $1 and i.association_id = $2
           order by e.id limit 5000"#,
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await
}

/// Files that prove other items of the association and can prove this one too, by the first
/// item that each proves. What proves somebody's own matter stays with that person's items:
/// others read the rest.
#[must_use]
pub fn citable<'a>(papers: &'a [Evidence], item: &Item) -> Vec<&'a Evidence> {
    let taken = |paper: &Evidence| {
        let own = paper.item == item.id;
        own || is_personal(&paper.object) && paper.object != item.object
    };
    let files = papers.iter().filter(|paper| paper.file.is_some());
    let mut seen: BTreeSet<Option<i64>> = files
        .clone()
        .filter(|paper| taken(paper))
        .map(|paper| paper.file)
        .collect();
    files.filter(|paper| seen.insert(paper.file)).collect()
}

/// Files of papers that prove nobody's own matter: several items can have them together.
#[must_use]
pub fn shareable(papers: &[Evidence]) -> Vec<&Evidence> {
    let mut seen: BTreeSet<Option<i64>> = BTreeSet::new();
    let open = papers.iter();
    let open = open.filter(|paper| paper.file.is_some() && !is_personal(&paper.object));
    open.filter(|paper| seen.insert(paper.file)).collect()
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

/// Adds evidence, with its file where there is one.
pub async fn add(
    write: &mut Write,
    item: &Item,
    evidence: &NewEvidence,
    file: Option<i64>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into evidence (campaign_id, item_id, file_id, kind, document_number, document_date, issuer,
             after_verification, account_id, at, date_note, sha256)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
                 (select f.sha256 from file f where f.campaign_id = $1 and f.id = $3))",
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

/// The file of the paper that an item was given last.
pub async fn last_file(db: &mut Db, item: i64) -> Result<Option<i64>, sqlx::Error> {
    let found = sqlx::query_scalar!(
        "select file_id from evidence where campaign_id = $1 and item_id = $2 order by id desc limit 1",
        db.campaign(),
        item,
    );
    Ok(found.fetch_optional(db.connection()).await?.flatten())
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
