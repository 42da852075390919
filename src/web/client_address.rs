//! Which address a request comes from (security.md S23, row 32, bad input 57): the
//! peer's, unless the peer is a proxy that the operator trusts. Such a proxy notes at
//! the end of `Forwarded` (RFC 7239) or `X-Forwarded-For` whom it had the request
//! from. The list is read from its end, over proxies that are trusted too, to the
//! first address that is not: what stands before was written by a stranger.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, header};

use crate::config::TrustedProxies;

/// The older header.
const X_FORWARDED_FOR: &str = "x-forwarded-for";

/// The client's address, for records and limits; `local` where there is no peer.
#[must_use]
pub fn of(request: &Request, trusted: &TrustedProxies) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    peer.map_or_else(
        || "local".to_owned(),
        |peer| behind(peer.ip(), request.headers(), trusted).to_string(),
    )
}

/// Who is behind a peer. Where both headers are there and tell of different clients,
/// neither is believed: a proxy writes one of them and passes the other on as it came.
fn behind(peer: IpAddr, headers: &HeaderMap, trusted: &TrustedProxies) -> IpAddr {
    let peer = peer.to_canonical();
    if !trusted.contains(peer) {
        return peer;
    }
    let standard = last_believed(
        peer,
        &entries(headers, header::FORWARDED.as_str()),
        |entry| forwarded_for(entry).and_then(node),
        trusted,
    );
    let older = last_believed(peer, &entries(headers, X_FORWARDED_FOR), node, trusted);
    match (standard, older) {
        (Some(one), Some(other)) if one != other => peer,
        (Some(found), _) | (None, Some(found)) => found,
        (None, None) => peer,
    }
}

/// All entries of a header, however many lines it came in. A comma always parts them:
/// no address has one, and quotes opened by a stranger must not swallow what the
/// proxy wrote after them.
fn entries<'a>(headers: &'a HeaderMap, name: &str) -> Vec<&'a str> {
    headers
        .get_all(name)
        .iter()
        .flat_map(|line| line.to_str().unwrap_or("").split(','))
        .collect()
}

/// From the end to the first address that is not trusted; what cannot be read ends
/// the way at the last that could. `None` where the header is not there.
fn last_believed(
    peer: IpAddr,
    entries: &[&str],
    read: impl Fn(&str) -> Option<IpAddr>,
    trusted: &TrustedProxies,
) -> Option<IpAddr> {
    if entries.is_empty() {
        return None;
    }
    let mut believed = peer;
    for entry in entries.iter().rev() {
        let Some(address) = read(entry) else { break };
        believed = address;
        if !trusted.contains(address) {
            break;
        }
    }
    Some(believed)
}

/// The one `for` of an entry of `Forwarded`, without its quotes.
fn forwarded_for(entry: &str) -> Option<&str> {
    let mut values = entry
        .split(';')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(name, _)| name.trim().eq_ignore_ascii_case("for"))
        .map(|(_, value)| value.trim());
    let (value, None) = (values.next()?, values.next()) else {
        return None;
    };
    match value.strip_prefix('"') {
        Some(open) => open.strip_suffix('"'),
        None => Some(value),
    }
}

/// An address with or without a port: `192.0.2.1:80`, `[2001:db8::1]:80`, `2001:db8::1`.
/// `unknown` and names that hide one (`_a1`) are none.
fn node(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let address = text
        .parse::<IpAddr>()
        .ok()
        .or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
        .or_else(|| {
            let inside = text.strip_prefix('[')?.strip_suffix(']')?;
            inside.parse::<IpAddr>().ok().filter(IpAddr::is_ipv6)
        })?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: &str = "10.1.0.1";

    fn client(peer: &str, headers: &[(&'static str, &str)]) -> String {
        let trusted = "10.1.0.0/16, fd00::1".parse().unwrap();
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        behind(peer.parse().unwrap(), &map, &trusted).to_string()
    }

    #[test]
    fn b57_nobody_is_believed_who_is_not_trusted() {
        for header in ["x-forwarded-for", "forwarded"] {
            for value in ["192.0.2.1", "for=192.0.2.1"] {
                assert_eq!(client("198.51.100.7", &[(header, value)]), "198.51.100.7");
            }
        }
        assert_eq!(client(PROXY, &[]), PROXY);
        assert_eq!(client(PROXY, &[("x-real-ip", "192.0.2.1")]), PROXY);
    }

    #[test]
    fn the_older_header_is_read_from_its_end() {
        for (value, expected) in [
            ("192.0.2.1", "192.0.2.1"),
            ("6.6.6.6, 192.0.2.1", "192.0.2.1"),
            ("6.6.6.6, 192.0.2.1, 10.1.7.7", "192.0.2.1"),
            ("10.1.7.8, 10.1.7.7", "10.1.7.8"),
            ("192.0.2.1:4711", "192.0.2.1"),
            ("2001:db8::7", "2001:db8::7"),
            ("[2001:db8::7]:80", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("192.0.2.1, 10.1.7.7, fd00::1", "192.0.2.1"),
            ("192.0.2.1, unknown, 10.1.7.7", "10.1.7.7"),
            ("192.0.2.1, ", PROXY),
            ("", PROXY),
            ("192.0.2.1 or so", PROXY),
            ("999.0.2.1", PROXY),
            ("[192.0.2.1]", PROXY),
            ("192.0.2.1:99999", PROXY),
        ] {
            let found = client(PROXY, &[("x-forwarded-for", value)]);
            assert_eq!(found, expected, "{value:?}");
        }
        let lines = [
            ("x-forwarded-for", "6.6.6.6"),
            ("x-forwarded-for", "192.0.2.1"),
        ];
        assert_eq!(client(PROXY, &lines), "192.0.2.1");
        assert_eq!(client("::ffff:10.1.0.1", &lines), "192.0.2.1");
    }

    #[test]
    fn forwarded_is_read_as_rfc_7239_has_it() {
        for (value, expected) in [
            ("for=192.0.2.1", "192.0.2.1"),
            ("For=192.0.2.1;proto=https;by=203.0.113.43", "192.0.2.1"),
            ("proto=https ; for=\"192.0.2.1:4711\"", "192.0.2.1"),
            ("for=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17"),
            ("for=\"[2001:db8:cafe::17]\"", "2001:db8:cafe::17"),
            ("for=6.6.6.6, for=192.0.2.1", "192.0.2.1"),
            ("for=192.0.2.1, for=10.1.7.7", "192.0.2.1"),
            ("for=unknown", PROXY),
            ("for=_hidden, for=10.1.7.7", "10.1.7.7"),
            ("for=192.0.2.1;for=192.0.2.2", PROXY),
            ("by=192.0.2.1", PROXY),
            ("for=\"192.0.2.1", PROXY),
            // Quotes that a stranger opened.
            ("for=\"6.6.6.6, for=192.0.2.1", "192.0.2.1"),
            ("for=\"6.6.6.6;x=, for=192.0.2.1;y=\"", "192.0.2.1"),
            ("192.0.2.1", PROXY),
        ] {
            let found = client(PROXY, &[("forwarded", value)]);
            assert_eq!(found, expected, "{value:?}");
        }
    }

    #[test]
    fn two_headers_that_differ_are_not_believed() {
        let both = |older: &str| {
            let standard = ("forwarded", "for=192.0.2.1");
            client(PROXY, &[standard, ("x-forwarded-for", older)])
        };
        assert_eq!(both("192.0.2.1"), "192.0.2.1");
        assert_eq!(both("6.6.6.6"), PROXY);
        assert_eq!(both("nonsense"), PROXY);
    }
}
