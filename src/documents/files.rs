//! Files in and out. Content is kept once per SHA-256, in pieces of 256 KiB, so
//! that neither way ever needs the whole of a file in a database row.

mod answer;
mod attached;
mod reading;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::database::Db;
use crate::ids::{AccountId, AssociationId};
use crate::web::ask::{self, Ask};
use crate::web::upload::Uploaded;

pub use answer::{answer, disposition, made, show, shows};
pub use attached::{Attached, about, paged};
pub use reading::Readable;

/// Pages of a document that is handed in, for the contents page of the archive (EX-19).
pub const PAGES: Ask<i64> = ask::count("pages", "页数")
    .hint("上传PDF的填写，供归档目录使用；不清楚的不填")
    .fits(|pages| (1..=9_999).contains(pages), "页数填1至9999的整数。");

/// Bytes of a piece.
const CHUNK: usize = 256 * 1024;

/// Pieces that go into one statement.
const BATCH: usize = 16;

/// A told number of pages as it is kept; [`PAGES`] has seen that it fits.
#[must_use]
pub fn counted(pages: Option<i64>) -> Option<i32> {
    pages.and_then(|pages| i32::try_from(pages).ok())
}

/// The pages of a file as records tell them, where they were told.
#[must_use]
pub fn told_pages(pages: Option<i32>) -> String {
    pages.map_or_else(String::new, |pages| format!("（{pages}页）"))
}

/// A file as the database knows it.
#[derive(Debug)]
struct Stored {
    /// The name under which it came.
    name: String,
    /// Its media type, by content.
    media_type: String,
    /// Its size.
    bytes_total: i64,
    /// Its content.
    sha256: Vec<u8>,
}

/// Keeps a file, of an association or of something that belongs to none, and gives
/// its number.
pub async fn store(
    db: &mut Db,
    association: Option<AssociationId>,
    file: &Uploaded,
    (account, at): (AccountId, DateTime<Utc>),
) -> Result<i64, sqlx::Error> {
    let sha256 = Sha256::digest(&file.bytes).to_vec();
    let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
    store_content(db, &sha256, size, &file.bytes).await?;
    sqlx::query_scalar!(
        "insert into file (campaign_id, association_id, sha256, name, media_type, encrypted, bytes_total, account_id, at, pages)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id",
        db.campaign(),
        association.map(|id| id.0),
        sha256,
        file.name,
        file.media_type,
        file.encrypted,
        size,
        account.0,
        at,
        file.pages,
    )
    .fetch_one(db.connection())
    .await
}

/// Two people may hand in the same content at once: the second waits for the
/// first at `on conflict` and finds it there.
async fn store_content(
    db: &mut Db,
    sha256: &[u8],
    size: i64,
    bytes: &[u8],
) -> Result<(), sqlx::Error> {
    let fresh = sqlx::query!(
        "insert into file_content (sha256, bytes_total) values ($1, $2) on conflict do nothing",
        sha256,
        size,
    )
    .execute(db.connection())
    .await?
    .rows_affected();
    if fresh == 0 {
        return Ok(());
    }
    let pieces: Vec<(i32, Vec<u8>)> = (0..).zip(bytes.chunks(CHUNK).map(<[u8]>::to_vec)).collect();
    for batch in pieces.chunks(BATCH) {
        let (numbers, contents): (Vec<i32>, Vec<Vec<u8>>) = batch.iter().cloned().unzip();
        sqlx::query!(
            "insert into file_chunk (sha256, number, bytes)
             select $1, c.number, c.bytes from unnest($2::int[], $3::bytea[]) as c(number, bytes)",
            sha256,
            &numbers,
            &contents,
        )
        .execute(db.connection())
        .await?;
    }
    Ok(())
}

/// A file by its number; who may have it, is `Readable`'s to say.
async fn stored(db: &mut Db, id: i64) -> Result<Option<Stored>, sqlx::Error> {
    sqlx::query_as!(
        Stored,
        "select name, media_type, bytes_total, sha256 from file where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
    )
    .fetch_optional(db.connection())
    .await
}

#[cfg(test)]
mod tests;
