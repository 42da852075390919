//! Style sheet, script and icon, compiled in and served under names that carry
//! their content's hash, so that browsers may keep them for ever.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::Error;
use super::headers::Immutable;

struct File {
    name: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
    address: String,
}

/// Digits of the hash in a file's name.
const HASH_DIGITS: usize = 12;

static FILES: LazyLock<Vec<File>> = LazyLock::new(|| {
    vec![
        file(
            "app.css",
            "text/css; charset=utf-8",
            include_bytes!("../../static/app.css"),
        ),
        file(
            "app.js",
            "text/javascript; charset=utf-8",
            include_bytes!("../../static/app.js"),
        ),
        file(
            "favicon.svg",
            "image/svg+xml",
            include_bytes!("../../static/favicon.svg"),
        ),
    ]
});

fn file(name: &'static str, media_type: &'static str, bytes: &'static [u8]) -> File {
    let hash: String = hex::encode(Sha256::digest(bytes))
        .chars()
        .take(HASH_DIGITS)
        .collect();
    let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
    File {
        name,
        media_type,
        bytes,
        address: format!("/static/{stem}.{hash}.{ending}"),
    }
}

/// The address under which a file is served.
#[must_use]
pub fn address(name: &str) -> String {
    FILES
        .iter()
        .find(|file| file.name == name)
        .map_or_else(String::new, |file| file.address.clone())
}

/// Serves a file by its hashed name; any other name is absent.
pub async fn serve(Path(name): Path<String>) -> Result<Response, Error> {
    let wanted = format!("/static/{name}");
    let file = FILES
        .iter()
        .find(|file| file.address == wanted)
        .ok_or(Error::Missing)?;
    let mut response = ([(header::CONTENT_TYPE, file.media_type)], file.bytes).into_response();
    response.extensions_mut().insert(Immutable);
    Ok(response)
}
