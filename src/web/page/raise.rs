//! Where a problem is raised from the page.

use axum::http::Uri;

use crate::access::Actor;
use crate::access::facts::dockets;
use crate::paths;
use crate::scheme::Scheme;

use super::PageSeed;

impl PageSeed {
    /// Offers to raise a problem from the page, which was opened.
    pub(in crate::web) fn raise(&mut self, actor: &Actor, uri: &Uri) {
        self.page.raise = from(&self.page.scheme, actor, uri);
    }
}

/// Where a problem is raised from a page below an association, which is kept as where it came
/// from (IS-6): whoever has business there may.
fn from(scheme: &Scheme, actor: &Actor, uri: &Uri) -> Option<String> {
    const PROBLEM: &str = "problem";
    let process = scheme.process(PROBLEM)?;
    let mut parts = uri.path().trim_matches('/').split('/');
    let (Some("associations"), Some(id)) = (parts.next(), parts.next()) else {
        return None;
    };
    let id: i64 = id.parse().ok()?;
    let from: String = form_urlencoded::byte_serialize(uri.path().as_bytes()).collect();
    let address = paths::oversight::NEW.at(PROBLEM);
    dockets::begins(actor, process).then(|| format!("{address}?association={id}&from={from}"))
}
