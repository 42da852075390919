//! SQL of what was taken away from its matter.

use chrono::{DateTime, Utc};

use crate::access::facts::{Matter, MatterKind};
use crate::database::Db;
use crate::ids::{AccountId, AssociationId};
use crate::scheme::persons::is_personal;

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
