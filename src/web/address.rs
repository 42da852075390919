//! Addresses that cannot be meant: a NUL in the path or the query stands in no list,
//! search or filter, and the database refuses it.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Error;

/// The layer.
pub async fn readable(request: Request, next: Next) -> Response {
    let full = request.uri().path_and_query();
    if full.is_some_and(|full| has_nul(full.as_str())) {
        return Error::Malformed("地址含有无法识别的字符。请从页面上重新进入。").into_response();
    }
    next.run(request).await
}

fn has_nul(address: &str) -> bool {
    percent_encoding::percent_decode_str(address).any(|byte| byte == 0)
}
