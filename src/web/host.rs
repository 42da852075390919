//! Which host a request names (security.md S23, bad input 56). A `Host` that is
//! missing, twice or not a host is refused; where the public address is known, so
//! is any other, unless the request came from this machine by its own name.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{Error, Program};

/// The layer. Probes of health may come without a name.
pub async fn named(State(program): State<Program>, request: Request, next: Next) -> Response {
    let probe = matches!(request.uri().path(), "/healthz" | "/readyz");
    if probe || is_served(request.headers(), program.public_host.as_deref()) {
        next.run(request).await
    } else {
        Error::Malformed("请求中的主机名称不正确。请使用本系统的正式网址访问。").into_response()
    }
}

/// Whether exactly one host is named, and one that is served.
#[must_use]
pub fn is_served(headers: &HeaderMap, public: Option<&str>) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return false;
    };
    let Some(host) = host.to_str().ok().and_then(authority) else {
        return false;
    };
    public.is_none_or(|public| host.as_str().eq_ignore_ascii_case(public) || is_this_machine(&host))
}

/// A host with or without a port, and nothing else.
fn authority(host: &str) -> Option<Authority> {
    let authority: Authority = host.parse().ok()?;
    let plain = !host.contains('@') && !authority.host().is_empty();
    plain.then_some(authority)
}

fn is_this_machine(host: &Authority) -> bool {
    let name = host.host().trim_matches(['[', ']']);
    name.eq_ignore_ascii_case("localhost")
        || name
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn served(hosts: &[&'static str], public: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(header::HOST, host.parse().unwrap());
        }
        is_served(&headers, public)
    }

    #[test]
    fn b56_one_host_and_one_that_is_ours() {
        for (hosts, anywhere, at_home) in [
            (&["tuogou.lvyuan.gov"][..], true, true),
            (&["TUOGOU.lvyuan.gov"], true, true),
            (&["127.0.0.1:8080"], true, true),
            (&["[::1]:8080"], true, true),
            (&["localhost"], true, true),
            (&["10.1.2.3"], true, false),
            (&["evil.test"], true, false),
            (&["tuogou.lvyuan.gov:8443"], true, false),
            (&["tuogou.lvyuan.gov", "evil.test"], false, false),
            (&["tuogou.lvyuan.gov", "tuogou.lvyuan.gov"], false, false),
            (&["user@tuogou.lvyuan.gov"], false, false),
            (&["a b"], false, false),
            (&["a/b"], false, false),
            (&[":80"], false, false),
            (&[""], false, false),
            (&[], false, false),
        ] {
            assert_eq!(served(hosts, None), anywhere, "{hosts:?}");
            assert_eq!(
                served(hosts, Some("tuogou.lvyuan.gov")),
                at_home,
                "{hosts:?}"
            );
        }
    }
}
