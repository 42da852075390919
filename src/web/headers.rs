//! Security headers on every answer, also errors, redirects and files (S10).
//! They override: no handler may weaken them.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use super::Program;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";
/// A downloaded file may do nothing at all.
const FILE_POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// A PDF in a tab of its own: without `sandbox`, with which no browser opens its reader, and
/// with nothing but that reader.
const DOCUMENT_POLICY: &str = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; form-action 'none'; \
    frame-ancestors 'none'; base-uri 'none'";

/// Marks an answer as an uploaded file.
#[derive(Debug, Clone, Copy)]
pub struct IsFile;

/// Marks an answer as an uploaded file that the browser's own reader opens.
#[derive(Debug, Clone, Copy)]
pub struct IsDocument;

/// Marks an answer that never changes under its address.
#[derive(Debug, Clone, Copy)]
pub struct Immutable;

/// The layer.
pub async fn secure(State(program): State<Program>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let marks = response.extensions();
    let policy = if marks.get::<IsFile>().is_some() {
        FILE_POLICY
    } else if marks.get::<IsDocument>().is_some() {
        DOCUMENT_POLICY
    } else {
        POLICY
    };
    let caching = if response.extensions().get::<Immutable>().is_some() {
        "public, max-age=31536000, immutable"
    } else {
        "no-store"
    };
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (header::CACHE_CONTROL, caching),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if program.https {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    response
}
