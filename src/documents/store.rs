//! SQL of the files of an association's matters: what is with them, and what was taken away.

use chrono::{DateTime, NaiveDate, Utc};

use crate::access::facts::{Matter, MatterKind};
use crate::database::Db;
use crate::ids::{AccountId, AssociationId};
use crate::scheme::persons::is_personal;

/// A file that is with a matter, and what its matter says of it.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The matter.
    pub matter: Matter,
    /// Code of the item's measure; empty: it came with a request to amend the list.
    pub measure: String,
    /// 文号.
    pub number: String,
    /// The day of the document.
    pub day: Option<NaiveDate>,
    /// Who issued it.
    pub issuer: String,
    /// Pages, where they were told.
    pub pages: Option<i32>,
    /// The file's number.
    pub file: i64,
    /// Its name.
    pub name: String,
    /// Its media type, by content.
    pub media_type: String,
    /// Its size.
    pub bytes_total: i64,
    /// Its content.
    pub sha256: Vec<u8>,
}

/// Files that are with the matters of an association, in the order of the measures. A file that
/// proves several items is there with each of them; who reads it, is the caller's to ask.
pub async fn kept(db: &mut Db, association: AssociationId) -> Result<Vec<Kept>, sqlx::Error> {
    sqlx::query!(
        r#"select k.is_item as "is_item!", k.matter as "matter!", k.measure as "measure!", k.object as "object!",
                  k.number as "number!", k.day, k.issuer as "issuer!", f.id, f.name, f.media_type, f.bytes_total,
                  f.sha256, f.pages
           from (select true as is_item, i.id as matter, i.measure, i.object, e.document_number as number,
                        e.document_date as day, e.issuer, e.file_id, e.id as link
                 from item i
                 join evidence e on e.campaign_id = i.campaign_id and e.item_id = i.id
                 where i.campaign_id = $1 and i.association_id = $2 and e.file_id is not null
                 union all
                 select false, q.id, '', '', q.document, q.proposed_on,
                        case when q.from_office then '' else d.name end, n.file_id, n.file_id
                 from roster_request q
                 join roster_request_file n on n.campaign_id = q.campaign_id and n.request_id = q.id
                 join association a on a.campaign_id = q.campaign_id and a.id = q.association_id
                 join department d on d.id = a.department_id
                 where q.campaign_id = $1 and q.association_id = $2) k
           join file f on f.campaign_id = $1 and f.id = k.file_id
           order by not k.is_item, k.measure, k.object, k.link"#,
        db.campaign(),
        association.0,
    )
    .map(|row| Kept {
        matter: Matter {
            kind: if row.is_item {
                MatterKind::Item
            } else {
                MatterKind::Request
            },
            id: row.matter,
            association: Some(association),
            personal: is_personal(&row.object),
            removed: false,
        },
        measure: row.measure,
        number: row.number,
        day: row.day,
        issuer: row.issuer,
        pages: row.pages,
        file: row.id,
        name: row.name,
        media_type: row.media_type,
        bytes_total: row.bytes_total,
        sha256: row.sha256,
    })
    .fetch_all(db.connection())
    .await
}

/// A file that was taken away, as the case file lists it.
#[derive(Debug, Clone)]
pub struct Removed {
    /// The file's number.
    pub file: i64,
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes_total: i64,
    /// A password hides what is in it.
    pub encrypted: bool,
    /// As what it was registered.
    pub title: String,
    /// Who took it away.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// From what.
    pub matter: Matter,
}

/// Files taken away from the matters of an association, the latest first.
pub async fn removed(db: &mut Db, association: AssociationId) -> Result<Vec<Removed>, sqlx::Error> {
    sqlx::query!(
        r#"select r.file_id, f.name, f.bytes_total, f.encrypted, r.title, a.display_name, r.at, m.is_item as "is_item!",
                  m.matter_id as "matter_id!", m.object as "object!"
           from (select r.id, true as is_item, i.id as matter_id, i.object
                 from item i
                 join file_removal r on r.campaign_id = i.campaign_id and r.item_id = i.id
                 where i.campaign_id = $1 and i.association_id = $2
                 union all
                 select r.id, false, q.id, ''
                 from roster_request q
                 join file_removal r on r.campaign_id = q.campaign_id and r.request_id = q.id
                 where q.campaign_id = $1 and q.association_id = $2) m
           join file_removal r on r.campaign_id = $1 and r.id = m.id
           join file f on f.campaign_id = r.campaign_id and f.id = r.file_id
           join account a on a.id = r.account_id
           order by r.id desc limit 200"#,
        db.campaign(),
        association.0,
    )
    .map(|row| Removed {
        file: row.file_id,
        name: row.name,
        bytes_total: row.bytes_total,
        encrypted: row.encrypted,
        title: row.title,
        by: row.display_name,
        at: row.at,
        matter: Matter {
            kind: if row.is_item {
                MatterKind::Item
            } else {
                MatterKind::Request
            },
            id: row.matter_id,
            association: Some(association),
            personal: is_personal(&row.object),
            removed: true,
        },
    })
    .fetch_all(db.connection())
    .await
}

/// What a file is taken away from.
#[derive(Debug, Clone, Copy)]
pub enum Source {
    /// An item, where it was evidence.
    Item(i64),
    /// A request to amend the list.
    Request(i64),
}

/// Keeps that a file was taken away from its matter; the row that named it goes in
/// the same transaction.
pub async fn remove(
    db: &mut Db,
    (file, from): (i64, Source),
    title: &str,
    (account, at): (AccountId, DateTime<Utc>),
) -> Result<(), sqlx::Error> {
    let (item, request) = match from {
        Source::Item(id) => (Some(id), None),
        Source::Request(id) => (None, Some(id)),
    };
    sqlx::query!(
        "insert into file_removal (campaign_id, file_id, item_id, request_id, title, account_id, at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        db.campaign(),
        file,
        item,
        request,
        title,
        account.0,
        at,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}
