//! The lists that somebody came from, with their filters: the way back above a title leads
//! to the list as they had left it. A cookie of their browser, since it must work without a
//! script and across the pages of an association; it leads nowhere but to our own lists.

use axum::http::{HeaderMap, HeaderValue, Uri, header};

use super::{Program, guide};

const COOKIE: &str = "trail";
/// Lists that are remembered, the last one first.
const LISTS: usize = 4;
/// Longest address that is remembered, in bytes.
const LONGEST: usize = 400;

/// Addresses of lists with their filters, the last one first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trail(Vec<String>);

impl Trail {
    /// What the browser carries; whatever is no address of ours is left out.
    #[must_use]
    pub fn read(headers: &HeaderMap) -> Self {
        let carried = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == COOKIE);
        let lists = carried.map(|(_, value)| value.split('|')).into_iter();
        let lists = lists.flatten().filter(|list| is_list(list));
        Self(lists.take(LISTS).map(str::to_owned).collect())
    }

    /// The list at a path as it was left; none: without filters.
    #[must_use]
    pub fn of(&self, path: &str) -> Option<&str> {
        let is_it = |list: &&String| list.split_once('?').is_some_and(|(of, _)| of == path);
        self.0.iter().find(is_it).map(String::as_str)
    }

    /// What the browser is given by the page at an address, where that changes anything.
    #[must_use]
    pub fn after(&self, program: &Program, pattern: &str, uri: &Uri) -> Option<HeaderValue> {
        let leads_on = |page: &guide::Guide| {
            let below = page.address.strip_prefix(pattern);
            below.is_some_and(|below| below.starts_with('/'))
        };
        if !guide::all().any(leads_on) {
            return None;
        }
        let path = uri.path();
        let mut lists = self.0.clone();
        lists.retain(|list| list.split_once('?').is_none_or(|(of, _)| of != path));
        let filters: Vec<&str> = uri
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|filter| !filter.is_empty() && !filter.starts_with("done="))
            .collect();
        if !filters.is_empty() {
            lists.insert(0, format!("{path}?{}", filters.join("&")));
        }
        lists.retain(|list| is_list(list));
        lists.truncate(LISTS);
        if lists == self.0 {
            return None;
        }
        let secure = if program.https { "; Secure" } else { "" };
        let lists = lists.join("|");
        HeaderValue::from_str(&format!(
            "{COOKIE}={lists}; Path=/; HttpOnly; SameSite=Lax{secure}"
        ))
        .ok()
    }
}

/// An address of this site with a query, in the letters that a browser sends.
fn is_list(list: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b"/?&=%+-_.*:,~".contains(&byte);
    list.len() <= LONGEST
        && list.starts_with('/')
        && !list.starts_with("//")
        && list.contains('?')
        && list.bytes().all(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried(value: &str) -> Trail {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, value.parse().unwrap());
        Trail::read(&headers)
    }

    #[test]
    fn only_lists_of_ours_are_led_to() {
        let trail = carried("sid=1; trail=/associations?light=late&page=2|/posts?light=late");
        assert_eq!(
            trail.of("/associations"),
            Some("/associations?light=late&page=2")
        );
        assert_eq!(trail.of("/posts"), Some("/posts?light=late"));
        assert_eq!(trail.of("/roster"), None);
        for bad in [
            "//elsewhere.cn/?a=1",
            "https://elsewhere.cn/?a",
            "/a\\b?c",
            "/a?<b>",
            "/a",
        ] {
            assert_eq!(carried(&format!("trail={bad}")), Trail::default(), "{bad}");
        }
    }
}
