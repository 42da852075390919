//! What each page is for, who does what on it, and which sentence of the scheme it serves:
//! the help at the foot, the way back above the title and the line for signatures on paper
//! are drawn from here. One entry for each address pattern; `tests/walls/guide.rs` finds
//! those that are missing and those that lead nowhere.

mod campaign;
mod oversight;
mod people;
mod plan;
mod prepare;
mod tracks;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::access::{Act, Actor, Decision, Facts, decide};

/// What is told of an address pattern.
#[derive(Debug, Clone, Copy)]
pub struct Guide {
    /// The pattern.
    pub address: &'static str,
    /// What its route asks for.
    pub act: Act,
    /// What the way back calls it.
    pub name: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// Who does what there.
    pub who: &'static str,
    /// The scheme's sentence (`campaign.toml`, `[[sentence]]`), by its topic.
    pub topic: &'static str,
    /// On paper it ends with the line for signatures.
    pub signed: bool,
}

/// One entry a page: address, act, name, purpose, who does what, topic of the scheme.
macro_rules! guide {
    ($( $address:expr, $act:ident, $name:literal, $topic:literal $($signed:ident)?,
        $purpose:literal, $who:literal; )*) => {
        pub(super) const PAGES: &[crate::web::guide::Guide] = &[ $( crate::web::guide::Guide {
            address: $address.pattern(),
            act: crate::access::Act::$act,
            name: $name,
            purpose: $purpose,
            who: $who,
            topic: $topic,
            signed: crate::web::guide::guide!(@ $($signed)?),
        } ),* ];
    };
    (@) => { false };
    (@ signed) => { true };
}
use guide;

/// The chapters of the help, in the order of the campaign.
pub const CHAPTERS: &[(&str, &[Guide])] = &[
    ("工作台、台账和统筹", campaign::PAGES),
    ("准备阶段：工作组、摸底调查、名单", prepare::PAGES),
    ("实施方案", plan::PAGES),
    ("五分离和登记备案", tracks::PAGES),
    ("问题、文件、报告、督导和审计", oversight::PAGES),
    ("账号、单位和参数", people::PAGES),
];

/// Every page.
pub fn all() -> impl Iterator<Item = &'static Guide> {
    CHAPTERS.iter().flat_map(|(_, pages)| pages.iter())
}

/// What is told of a pattern.
#[must_use]
pub fn of(address: &str) -> Option<&'static Guide> {
    all().find(|page| page.address == address)
}

/// The page of a pattern: of a form's address the page that it is drawn on.
#[must_use]
pub fn page(address: &str) -> Option<&'static Guide> {
    let mut rest = list_of(address).unwrap_or(address);
    loop {
        if let Some(found) = of(rest) {
            return Some(found);
        }
        rest = match rest.rsplit_once('/') {
            Some((before, _)) if !before.is_empty() => before,
            _ => return None,
        };
    }
}

/// What pages' addresses begin with, up to each of their parts.
static BEGINNINGS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let parts = |page: &'static Guide| {
        let ends = page.address.match_indices('/').map(|(at, _)| at);
        let whole = std::iter::once(page.address.len());
        ends.chain(whole).filter_map(|end| page.address.get(..end))
    };
    all().flat_map(parts).collect()
});

/// Pages by how many parts their addresses have: a list asks for one page a row.
static BY_PARTS: LazyLock<HashMap<usize, Vec<&'static Guide>>> = LazyLock::new(|| {
    let mut found: HashMap<usize, Vec<&'static Guide>> = HashMap::new();
    for page in all() {
        found.entry(parts(page.address)).or_default().push(page);
    }
    found
});

fn parts(path: &str) -> usize {
    path.split('/').count()
}

/// Whether some page's address begins with these parts as they are written out.
fn written_out(beginning: &str) -> bool {
    BEGINNINGS.contains(beginning)
}

/// Whether a path has the shape of a pattern.
pub(super) fn fits(path: &str, pattern: &str) -> bool {
    let (mut asked, mut told) = (path.split('/'), pattern.split('/'));
    loop {
        match (asked.next(), told.next()) {
            (None, None) => return true,
            (Some(part), Some(hole)) if hole.starts_with('{') && !part.is_empty() => {}
            (Some(part), Some(same)) if part == same => {}
            _ => return false,
        }
    }
}

/// Whether a path fills a pattern's hole with what another page writes out:
/// `/roster/amendments` is not the roster of a department of that name.
fn misfit(path: &str, page: &Guide) -> bool {
    let mut before = String::new();
    path.split('/')
        .zip(page.address.split('/'))
        .any(|(part, told)| {
            let hole = told.starts_with('{');
            let other = hole && written_out(&format!("{before}{part}"));
            before.push_str(told);
            before.push('/');
            other
        })
}

/// The page at an address, whatever it is asked for besides.
#[must_use]
pub fn at(address: &str) -> Option<&'static Guide> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    exactly(path).or_else(|| exactly(list_of(path)?))
}

/// The list that a file's address belongs to.
#[must_use]
pub fn list_of(path: &str) -> Option<&str> {
    let mut endings = super::leaving::ENDINGS.iter();
    let list = endings.find_map(|(ending, _)| path.strip_suffix(ending)?.strip_suffix('.'))?;
    Some(list.strip_suffix(super::leaving::APART).unwrap_or(list))
}

fn exactly(path: &str) -> Option<&'static Guide> {
    let mut pages = BY_PARTS.get(&parts(path))?.iter().copied();
    pages.find(|page| fits(path, page.address) && !misfit(path, page))
}

/// Where somebody is led who may not open everything: to an address, or to the nearest page
/// above it that is theirs; none: nothing of it is.
#[must_use]
pub fn led_to(address: &str, (actor, facts): (&Actor, &Facts)) -> Option<String> {
    let may = |act| decide(actor, act, facts) == Decision::Allow;
    nearest(address, may)
}

fn nearest(address: &str, may: impl Fn(Act) -> bool) -> Option<String> {
    let mut rest = address;
    loop {
        if at(rest).is_some_and(|page| may(page.act)) {
            return Some(rest.to_owned());
        }
        rest = match rest.rsplit_once('/') {
            Some((above, _)) if !above.is_empty() => above,
            _ => return None,
        };
    }
}

/// Pages that are there only once something was done: they lead back from no page before it.
const LATER: &[&str] = &[crate::paths::plan::REPLY.pattern()];

/// The pages above a page, the widest first.
#[must_use]
pub fn above(page: &Guide) -> Vec<&'static Guide> {
    let mut found = Vec::new();
    let mut rest = page.address;
    while let Some((before, _)) = rest.rsplit_once('/') {
        if before.is_empty() {
            break;
        }
        found.extend(of(before).filter(|page| !LATER.contains(&page.address)));
        rest = before;
    }
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_out_is_not_what_is_filled_in() {
        assert!(at("/roster/amendments").is_none());
        assert_eq!(at("/roster/amendments/new").unwrap().act, Act::RosterAmend);
        assert_eq!(at("/roster/7").unwrap().address, "/roster/{department}");
    }

    #[test]
    fn the_way_back_goes_by_the_address() {
        let names = |address| {
            let page = page(address).unwrap();
            let above = above(page).into_iter().map(|page| page.name);
            above.chain([page.name]).collect::<Vec<_>>()
        };
        assert_eq!(
            names("/associations/{association}/posts/{post}/edit"),
            [
                "协会台账",
                "协会",
                "任职清理台账",
                "任职人员",
                "修改任职人员"
            ]
        );
        assert_eq!(
            names("/associations/{association}/plan/submission"),
            ["协会台账", "协会", "实施方案"],
            "a form without a page of its own"
        );
        assert_eq!(names("/"), ["工作台"]);
        assert_eq!(
            names("/associations/{association}/plan/reply/new"),
            ["协会台账", "协会", "实施方案", "批复实施方案"],
            "there is no reply yet"
        );
        assert!(page("/nothing").is_none());
    }

    #[test]
    fn who_may_not_open_a_page_is_led_to_the_one_above() {
        let name = |address| at(address).map(|page| page.name);
        assert_eq!(name("/associations/7/posts/new"), Some("登记任职人员"));
        assert_eq!(name("/associations/7/posts/12?all=yes"), Some("任职人员"));
        assert_eq!(name("/associations/7/nothing"), None);
        let to = |may: fn(Act) -> bool| nearest("/associations/7/posts/12", may);
        let here = Some("/associations/7/posts/12".to_owned());
        assert_eq!(to(|act| act == Act::PostRead), here);
        assert_eq!(
            to(|act| act == Act::AssociationRead),
            Some("/associations/7".to_owned())
        );
        assert_eq!(to(|_| false), None);
    }
}
