//! Style sheet, scripts and icon, compiled in and served under names that carry
//! their content's hash, so that browsers may keep them for ever. Compressed once,
//! not for each request.

use std::io::Write as _;
use std::sync::LazyLock;

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::Error;
use super::headers::Immutable;
use super::scripts::SCRIPTS;

struct File {
    name: &'static str,
    media_type: &'static str,
    bytes: Bytes,
    zipped: Option<Bytes>,
    address: String,
}

/// Digits of the hash in a file's name.
const HASH_DIGITS: usize = 12;

/// The style sheet, weakest part first: what comes later weighs as much or more.
const SHEET: &str = concat!(
    include_str!("../../static/css/base.css"),
    include_str!("../../static/css/frame.css"),
    include_str!("../../static/css/head.css"),
    include_str!("../../static/css/figures.css"),
    include_str!("../../static/css/states.css"),
    include_str!("../../static/css/work.css"),
    include_str!("../../static/css/tables.css"),
    include_str!("../../static/css/lists.css"),
    include_str!("../../static/css/forms.css"),
    include_str!("../../static/css/signing.css"),
    include_str!("../../static/css/reading.css"),
    include_str!("../../static/css/review.css"),
    include_str!("../../static/css/charts.css"),
    include_str!("../../static/css/pages.css"),
    include_str!("../../static/css/sums.css"),
    include_str!("../../static/css/checklist.css"),
    include_str!("../../static/css/narrow.css"),
    include_str!("../../static/css/oldest.css"),
    include_str!("../../static/css/print.css")
);

static FILES: LazyLock<Vec<File>> = LazyLock::new(|| {
    let mut files = vec![
        file(
            "app.css",
            "text/css; charset=utf-8",
            Bytes::from_static(SHEET.as_bytes()),
        ),
        file(
            "favicon.svg",
            "image/svg+xml",
            Bytes::from_static(include_bytes!("../../static/favicon.svg")),
        ),
    ];
    for script in SCRIPTS {
        let text = imported(script.text, &files);
        files.push(file(
            script.name,
            "text/javascript; charset=utf-8",
            text.into(),
        ));
    }
    files
});

/// A script that names what it imports as it is served.
fn imported(text: &str, served: &[File]) -> String {
    served.iter().fold(text.to_owned(), |text, file| {
        text.replace(
            &format!("from \"./{}\"", file.name),
            &format!("from \"{}\"", file.address),
        )
    })
}

fn file(name: &'static str, media_type: &'static str, bytes: Bytes) -> File {
    let hash: String = hex::encode(Sha256::digest(&bytes))
        .chars()
        .take(HASH_DIGITS)
        .collect();
    let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
    File {
        name,
        media_type,
        zipped: zipped(&bytes),
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

fn zipped(bytes: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok()?;
    Some(encoder.finish().ok()?.into())
}

/// Serves a file by its hashed name; any other name is absent.
pub async fn serve(Path(name): Path<String>, asked: HeaderMap) -> Result<Response, Error> {
    let wanted = format!("/static/{name}");
    let file = FILES
        .iter()
        .find(|file| file.address == wanted)
        .ok_or(Error::Missing)?;
    let body = match &file.zipped {
        Some(zipped) if takes_gzip(&asked) => (true, zipped.clone()),
        _ => (false, file.bytes.clone()),
    };
    let headers = [
        (header::CONTENT_TYPE, file.media_type),
        (header::VARY, "accept-encoding"),
    ];
    let mut response = (headers, body.1).into_response();
    if body.0 {
        let gzip = HeaderValue::from_static("gzip");
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, gzip);
    }
    response.extensions_mut().insert(Immutable);
    Ok(response)
}

/// Whether `Accept-Encoding` names gzip without a weight of zero.
fn takes_gzip(asked: &HeaderMap) -> bool {
    let mut named = asked
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    named.any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight: String = weight.split_whitespace().collect();
        let none = weight
            .strip_prefix("q=")
            .and_then(|weight| weight.parse::<f32>().ok())
            .is_some_and(|weight| weight <= 0.0);
        name.trim().eq_ignore_ascii_case("gzip") && !none
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zipped_file_goes_to_whoever_takes_it() {
        for (asked, takes) in [
            ("gzip", true),
            ("br, GZIP;q=0.5", true),
            ("deflate, gzip;q=1.0, *;q=0.5", true),
            ("gzip;q=0", false),
            ("gzip; q=0.000", false),
            ("br", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, asked.parse().unwrap());
            assert_eq!(takes_gzip(&headers), takes, "{asked}");
        }
        assert!(FILES.iter().all(|file| file.zipped.is_some()));
    }
}
