//! A form from the body of a request.

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};

use crate::web::routes::FORM_BYTES;
use crate::web::{App, Error};

use super::Form;

/// Most fields that a form may have.
const FIELDS: usize = 10_000;

/// Whether a request carries what a form without a file sends.
#[must_use]
pub fn is_urlencoded(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    kind.and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            let mut parts = value
                .split(';')
                .map(|part| part.trim().to_ascii_lowercase());
            parts.next().as_deref() == Some("application/x-www-form-urlencoded")
                && parts.all(|part| !part.starts_with("charset=") || part == "charset=utf-8")
        })
}

impl FromRequest<App> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, _: &App) -> Result<Self, Error> {
        if !is_urlencoded(request.headers()) {
            return Err(Error::Unsupported);
        }
        let body = to_bytes(request.into_body(), FORM_BYTES)
            .await
            .map_err(|_| Error::TooLarge)?;
        if std::str::from_utf8(&percent_encoding::percent_decode(&body).collect::<Vec<u8>>())
            .is_err()
        {
            return Err(Error::Malformed(
                "内容的编码无法识别，请使用页面上的表单提交。",
            ));
        }
        let form = Self::parse(&body);
        if form.fields.len() > FIELDS {
            return Err(Error::TooLarge);
        }
        if form.has_too_many_rows() {
            return Err(Error::TooManyRows);
        }
        Ok(form)
    }
}
