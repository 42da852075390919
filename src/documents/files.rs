//! Files in and out. Content is kept once per SHA-256, in pieces of 256 KiB, so
//! that neither way ever needs the whole of a file in a database row.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use hyper::body::{Frame, SizeHint};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, PgPool};

use crate::ids::{AccountId, AssociationId};
use crate::web::headers::IsFile;
use crate::web::upload::Uploaded;

/// Bytes of a piece.
const CHUNK: usize = 256 * 1024;
/// Pieces that go into one statement.
const BATCH: usize = 16;
/// What RFC 8187 lets stand in a file name without an escape.
const NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// A file as the database knows it.
#[derive(Debug, Clone)]
pub struct Stored {
    /// The name under which it came.
    pub name: String,
    /// Its media type, by content.
    pub media_type: String,
    /// Its size.
    pub bytes_total: i64,
    /// Its content.
    pub sha256: Vec<u8>,
}

/// Keeps a file, of an association or of something that belongs to none, and gives
/// its number.
pub async fn store(
    connection: &mut PgConnection,
    campaign: i32,
    association: Option<AssociationId>,
    file: &Uploaded,
    (account, at): (AccountId, DateTime<Utc>),
) -> Result<i64, sqlx::Error> {
    let sha256 = Sha256::digest(&file.bytes).to_vec();
    let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
    store_content(connection, &sha256, size, &file.bytes).await?;
    sqlx::query_scalar!(
        "insert into file (campaign_id, association_id, sha256, name, media_type, bytes_total, account_id, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning id",
        campaign,
        association.map(|id| id.0),
        sha256,
        file.name,
        file.media_type,
        size,
        account.0,
        at,
    )
    .fetch_one(connection)
    .await
}

/// Two people may hand in the same content at once: the second waits for the
/// first at `on conflict` and finds it there.
async fn store_content(
    connection: &mut PgConnection,
    sha256: &[u8],
    size: i64,
    bytes: &[u8],
) -> Result<(), sqlx::Error> {
    let fresh = sqlx::query!(
        "insert into file_content (sha256, bytes_total) values ($1, $2) on conflict do nothing",
        sha256,
        size,
    )
    .execute(&mut *connection)
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
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// A file of this association; another's is not there.
pub async fn find(
    pool: &PgPool,
    campaign: i32,
    association: AssociationId,
    id: i64,
) -> Result<Option<Stored>, sqlx::Error> {
    sqlx::query_as!(
        Stored,
        "select name, media_type, bytes_total, sha256 from file
         where campaign_id = $1 and association_id = $2 and id = $3",
        campaign,
        association.0,
        id,
    )
    .fetch_optional(pool)
    .await
}

/// A file attached to something, as a page lists it.
#[derive(Debug, Clone)]
pub struct Attached {
    /// What it is attached to.
    pub to: i64,
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes_total: i64,
}

impl Attached {
    /// Its size in words.
    #[must_use]
    pub fn size(&self) -> String {
        size(self.bytes_total)
    }
}

/// A size in words.
#[must_use]
pub fn size(bytes: i64) -> String {
    if bytes < 1024 * 1024 {
        format!("{}KB", (bytes + 1023) / 1024)
    } else {
        format!(
            "{}.{}MB",
            bytes / (1024 * 1024),
            bytes % (1024 * 1024) * 10 / (1024 * 1024)
        )
    }
}

/// The file as an answer: always a download, never shown inside the site.
#[must_use]
pub fn answer(pool: &PgPool, file: Stored) -> Response {
    let headers = [
        (header::CONTENT_TYPE, file.media_type.clone()),
        (header::CONTENT_DISPOSITION, disposition(&file.name)),
    ];
    let pieces = Pieces {
        pool: pool.clone(),
        sha256: file.sha256,
        number: 0,
        left: u64::try_from(file.bytes_total).unwrap_or(0),
        coming: None,
    };
    let mut response = (headers, Body::new(pieces)).into_response();
    response.extensions_mut().insert(IsFile);
    response
}

fn disposition(name: &str) -> String {
    format!(
        "attachment; filename*=UTF-8''{}",
        utf8_percent_encode(name, NAME)
    )
}

type Coming = Pin<Box<dyn Future<Output = Result<Vec<u8>, sqlx::Error>> + Send>>;

/// The pieces in turn. Each is asked for when the browser has taken the one
/// before, so a slow browser holds memory for one piece and no connection.
struct Pieces {
    pool: PgPool,
    sha256: Vec<u8>,
    number: i32,
    left: u64,
    coming: Option<Coming>,
}

async fn piece(pool: PgPool, sha256: Vec<u8>, number: i32) -> Result<Vec<u8>, sqlx::Error> {
    sqlx::query_scalar!(
        "select bytes from file_chunk where sha256 = $1 and number = $2",
        sha256,
        number
    )
    .fetch_one(&pool)
    .await
}

impl hyper::body::Body for Pieces {
    type Data = Bytes;
    type Error = sqlx::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, sqlx::Error>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let this = &mut *self;
        let coming = this.coming.get_or_insert_with(|| {
            Box::pin(piece(this.pool.clone(), this.sha256.clone(), this.number))
        });
        let arrived = ready!(coming.as_mut().poll(context));
        this.coming = None;
        this.number += 1;
        match arrived {
            Ok(bytes) => {
                this.left = this
                    .left
                    .saturating_sub(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
                Poll::Ready(Some(Ok(Frame::data(bytes.into()))))
            }
            Err(error) => {
                this.left = 0;
                Poll::Ready(Some(Err(error)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

#[cfg(test)]
mod tests;
