//! Cross-origin protection without tokens (contract.md, HTTP): a request that
//! changes something must come from our own pages. Browsers send
//! `Sec-Fetch-Site` only over TLS and to loopback; elsewhere `Origin` or
//! `Referer` must name our host. A request with none of the three is refused.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Error;

/// The layer.
pub async fn same_origin(request: Request, next: Next) -> Response {
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if reads || is_ours(request.headers()) {
        next.run(request).await
    } else {
        Error::Refused("请求不是从本系统的页面发出的，已拒绝。请回到本系统的页面重新提交。")
            .into_response()
    }
}

/// Whether the headers say that one of our own pages sent the request.
#[must_use]
pub fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name: &str| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or("\0"))
    };
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(host) = text(header::HOST.as_str()) else {
        return false;
    };
    let from = text(header::ORIGIN.as_str()).or_else(|| text(header::REFERER.as_str()));
    from.and_then(host_of)
        .is_some_and(|from| from.eq_ignore_ascii_case(host))
}

/// Host and port of an address: `http://a:8080/x` → `a:8080`.
fn host_of(address: &str) -> Option<&str> {
    let rest = address
        .strip_prefix("http://")
        .or_else(|| address.strip_prefix("https://"))?;
    rest.split(['/', '?', '#'])
        .next()
        .filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn only_our_own_pages_pass() {
        let table: &[(&[(&str, &str)], bool)] = &[
            (&[("host", "a:1"), ("sec-fetch-site", "same-origin")], true),
            (&[("host", "a:1"), ("sec-fetch-site", "none")], true),
            (&[("host", "a:1"), ("sec-fetch-site", "same-site")], false),
            (
                &[
                    ("host", "a:1"),
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "http://a:1"),
                ],
                false,
            ),
            (&[("host", "a:1"), ("origin", "http://a:1")], true),
            (&[("host", "a:1"), ("origin", "http://a")], false),
            (&[("host", "a:1"), ("origin", "null")], false),
            (
                &[
                    ("host", "a:1"),
                    ("origin", "http://b:1"),
                    ("referer", "http://a:1/x"),
                ],
                false,
            ),
            (&[("host", "a:1"), ("referer", "http://a:1/x?y")], true),
            (&[("host", "a:1"), ("referer", "http://a:1.evil/x")], false),
            (&[("host", "a:1")], false),
            (&[("origin", "http://a:1")], false),
        ];
        for (pairs, ours) in table {
            assert_eq!(is_ours(&headers(pairs)), *ours, "{pairs:?}");
        }
    }
}
