//! Lists: the query in the address, pages, sorted columns, removable chips.

use std::fmt::Write as _;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::{App, Error};

/// A way to look at a list, with how many it has.
#[derive(Debug, Clone)]
pub struct Tab {
    /// What it is called.
    pub label: String,
    /// How many there are; none where that is not said.
    pub count: Option<usize>,
    /// Its address.
    pub href: String,
    /// It is the one shown.
    pub current: bool,
}

/// Rows of a page.
pub const ROWS: i64 = 50;
/// A total beyond this is said as "1000+": counting further costs more than it tells.
pub const COUNTED: i64 = 1_001;
/// Longest search.
const SEARCH: usize = 100;

/// The query of a list as it stands in the address.
#[derive(Debug, Clone, Default)]
pub struct Query {
    path: String,
    pairs: Vec<(String, String)>,
}

impl Query {
    /// The query of an address.
    #[must_use]
    pub fn of(path: &str, query: Option<&str>) -> Self {
        Self {
            path: path.to_owned(),
            pairs: form_urlencoded::parse(query.unwrap_or_default().as_bytes())
                .into_owned()
                .collect(),
        }
    }

    /// A parameter that is not blank.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(key, value)| key == name && !value.trim().is_empty())
            .map(|(_, value)| value.trim())
    }

    /// All values of a parameter that may stand several times, as ticks do.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<&str> {
        let named = self.pairs.iter().filter(|(key, _)| key == name);
        named.map(|(_, value)| value.trim()).collect()
    }

    /// The search words, at most a hundred characters.
    pub fn search(&self) -> Result<Option<&str>, Error> {
        match self.get("q") {
            Some(words) if words.chars().count() > SEARCH => {
                Err(Error::Malformed("搜索内容最多100字。"))
            }
            other => Ok(other),
        }
    }

    /// The page number; anything unreadable is the first page.
    #[must_use]
    pub fn page(&self) -> i64 {
        self.get("page")
            .and_then(|page| page.parse().ok())
            .filter(|page| *page >= 1)
            .unwrap_or(1)
            .min(10_000)
    }

    /// A sort key among those on offer; the first is the default.
    pub fn sort<'a>(&self, offered: &[&'a str]) -> Result<&'a str, Error> {
        match self.get("sort") {
            None => offered.first().copied().ok_or(Error::Missing),
            Some(wanted) => offered
                .iter()
                .find(|key| **key == wanted)
                .copied()
                .ok_or(Error::Malformed("不能按此列排序。")),
        }
    }

    /// The same list with one parameter changed, back on its first page.
    #[must_use]
    pub fn with(&self, name: &str, value: Option<&str>) -> String {
        let mut address = self.path.clone();
        let mut separator = '?';
        let kept = self
            .pairs
            .iter()
            .filter(|(key, kept)| {
                key != name && key != "page" && key != "done" && !kept.trim().is_empty()
            })
            .map(|(key, kept)| (key.as_str(), kept.as_str()));
        for (key, kept) in kept.chain(value.map(|value| (name, value))) {
            let encoded: String = form_urlencoded::byte_serialize(kept.as_bytes()).collect();
            let _ = write!(address, "{separator}{key}={encoded}");
            separator = '&';
        }
        address
    }

    /// The same list without a parameter.
    #[must_use]
    pub fn without(&self, name: &str) -> String {
        self.with(name, None)
    }
}

impl FromRequestParts<App> for Query {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Error> {
        Ok(Self::of(parts.uri.path(), parts.uri.query()))
    }
}

/// A filter in force, with the way to remove it.
#[derive(Debug, Clone)]
pub struct Chip {
    /// 状态:实施中.
    pub label: String,
    /// The list without it.
    pub href: String,
}

/// The foot of a list.
#[derive(Debug, Clone, Default)]
pub struct Pager {
    /// 共 43 条, or 1000 条以上.
    pub total: String,
    /// How many, as far as they are counted.
    pub count: i64,
    /// Position: 第 1 页.
    pub position: String,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

impl Pager {
    /// The foot of page `page` of a list with `total` rows (capped at [`COUNTED`]).
    #[must_use]
    pub fn new(query: &Query, total: i64) -> Self {
        Self::sized(query, total, ROWS)
    }

    /// The same of a list with so many rows on a page.
    #[must_use]
    pub fn sized(query: &Query, total: i64, rows: i64) -> Self {
        let pages = ((total + rows - 1) / rows).max(1);
        let page = query.page().min(pages);
        let link = |page: i64| query.with("page", Some(&page.to_string()));
        Self {
            total: if total >= COUNTED {
                "1000条以上".to_owned()
            } else {
                format!("共{total}条")
            },
            count: total,
            position: format!("第{page}页，共{pages}页"),
            previous: (page > 1).then(|| link(page - 1)),
            next: (page < pages).then(|| link(page + 1)),
        }
    }

    /// The same of a list whose total is exact, however long it is.
    #[must_use]
    pub fn exact(query: &Query, total: i64) -> Self {
        Self {
            total: format!("共{total}条"),
            ..Self::new(query, total)
        }
    }

    /// Rows to skip: the page asked for, at most the last one there is.
    #[must_use]
    pub fn offset(query: &Query, total: i64) -> i64 {
        Self::skipped(query, total, ROWS)
    }

    /// The same of a list with so many rows on a page.
    #[must_use]
    pub fn skipped(query: &Query, total: i64, rows: i64) -> i64 {
        let pages = ((total + rows - 1) / rows).max(1);
        (query.page().min(pages) - 1) * rows
    }
}
