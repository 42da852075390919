//! What each page is for, who does what on it, and which sentence of the scheme it serves:
//! the help at the foot, the way back above the title and the line for signatures on paper
//! are drawn from here. One entry for each address pattern; `tests/walls/guide.rs` finds
//! those that are missing and those that lead nowhere.

mod campaign;
mod people;
mod plan;
mod prepare;
mod tracks;

use crate::access::Act;

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
    let mut rest = address;
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

/// The pages above a page, the widest first.
#[must_use]
pub fn above(page: &Guide) -> Vec<&'static Guide> {
    let mut found = Vec::new();
    let mut rest = page.address;
    while let Some((before, _)) = rest.rsplit_once('/') {
        if before.is_empty() {
            break;
        }
        found.extend(of(before));
        rest = before;
    }
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert!(page("/nothing").is_none());
    }
}
