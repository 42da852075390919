//! A file as an answer, piece by piece.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper::body::{Frame, SizeHint};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};

use crate::database::Database;
use crate::web::Error;
use crate::web::error::Failure;
use crate::web::headers::{IsDocument, IsFile};

use super::{Readable, Stored};

/// What RFC 8187 lets stand in a file name without an escape.
const NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// What is said when the archive does not hold what was handed in (fault 20).
const SPOILED: &str = "文件内容与登记的校验值不符，可能已损坏或被改动，不能打开。请把下面的编号告诉系统管理员，由其从备份中恢复。";

/// A PDF has the browser's own reader, which a sandbox would keep from opening.
const PDF: &str = "application/pdf";

/// Whether a browser shows such a file by itself, without a program of the file's own.
#[must_use]
pub fn shows(media_type: &str) -> bool {
    matches!(media_type, PDF | "image/png" | "image/jpeg")
}

/// The file as a download.
pub async fn answer(database: &Database, file: Readable) -> Result<Response, Error> {
    let name = disposition("attachment", &file.stored.name);
    send(database, file, name).await
}

/// A file that was made for this answer, or is being made while it is sent, as a download.
#[must_use]
pub fn made(name: &str, media_type: &'static str, body: impl Into<Body>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition("attachment", name)),
    ];
    let mut response = (headers, body.into()).into_response();
    response.extensions_mut().insert(IsFile);
    response
}

/// The file as a browser shows it by itself; what it does not show is not there.
pub async fn show(database: &Database, file: Readable) -> Result<Response, Error> {
    if !shows(&file.stored.media_type) {
        return Err(Error::Missing);
    }
    let reader = file.stored.media_type == PDF;
    let name = disposition("inline", &file.stored.name);
    let mut response = send(database, file, name).await?;
    if reader && response.extensions_mut().remove::<IsFile>().is_some() {
        response.extensions_mut().insert(IsDocument);
    }
    Ok(response)
}

/// The file as an answer. Its digest is compared before the first byte leaves.
async fn send(database: &Database, file: Readable, name: String) -> Result<Response, Error> {
    let Readable { id, stored } = file;
    if !is_whole(database, &stored).await? {
        tracing::error!(
            file.id = id,
            "a stored file does not have the digest that it was kept under"
        );
        return Ok(spoiled());
    }
    let headers = [
        (header::CONTENT_TYPE, stored.media_type),
        (header::CONTENT_DISPOSITION, name),
    ];
    let pieces = Pieces {
        database: database.clone(),
        sha256: stored.sha256,
        number: 0,
        left: u64::try_from(stored.bytes_total).unwrap_or(0),
        coming: None,
    };
    let mut response = (headers, Body::new(pieces)).into_response();
    response.extensions_mut().insert(IsFile);
    Ok(response)
}

/// Reads the pieces once, keeping none: whether all are there and nothing else.
pub(super) async fn is_whole(database: &Database, file: &Stored) -> Result<bool, sqlx::Error> {
    let mut digest = Sha256::new();
    let (mut number, mut left) = (0, file.bytes_total);
    while left > 0 {
        let bytes = match piece(database.clone(), file.sha256.clone(), number).await {
            Ok(bytes) => bytes,
            Err(sqlx::Error::RowNotFound) => return Ok(false),
            Err(error) => return Err(error),
        };
        let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        if length == 0 {
            return Ok(false);
        }
        digest.update(&bytes);
        left -= length;
        number += 1;
    }
    Ok(left == 0 && digest.finalize().as_slice() == file.sha256)
}

fn spoiled() -> Response {
    let mut response = (StatusCode::INTERNAL_SERVER_ERROR, SPOILED).into_response();
    response.extensions_mut().insert(Failure {
        title: "文件不能打开",
        sentence: SPOILED.to_owned(),
    });
    response
}

/// How a download is called, in any letters (RFC 8187).
#[must_use]
pub fn disposition(way: &str, name: &str) -> String {
    format!(
        "{way}; filename*=UTF-8''{}",
        utf8_percent_encode(name, NAME)
    )
}

type Coming = Pin<Box<dyn Future<Output = Result<Vec<u8>, sqlx::Error>> + Send>>;

/// The pieces in turn. Each is asked for when the browser has taken the one
/// before, so a slow browser holds memory for one piece and no connection.
struct Pieces {
    database: Database,
    sha256: Vec<u8>,
    number: i32,
    left: u64,
    coming: Option<Coming>,
}

/// A piece of a content; the connection goes back with it.
pub(super) async fn piece(
    database: Database,
    sha256: Vec<u8>,
    number: i32,
) -> Result<Vec<u8>, sqlx::Error> {
    sqlx::query_scalar!(
        "select bytes from file_chunk where sha256 = $1 and number = $2",
        sha256,
        number
    )
    .fetch_one(database.read().await?.connection())
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
            Box::pin(piece(
                this.database.clone(),
                this.sha256.clone(),
                this.number,
            ))
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
