//! The other sections, as one sees them from within one: where one is, how each stands, and
//! which comes before and after.

use crate::ids::AssociationId;
use crate::paths;
use crate::scheme::{Scheme, Section};
use crate::survey::rules::{self, Filled};
use crate::survey::store::Survey;

/// How sections are counted.
const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// The sections around one.
pub(super) struct Around {
    /// All of them, in their order.
    pub links: Vec<Link>,
    /// The one before, if there is one.
    pub before: Option<String>,
    /// Whether another comes after it.
    pub is_last: bool,
}

/// One of the sections.
pub(super) struct Link {
    /// Its address.
    pub href: String,
    /// 一、二 …
    pub numeral: &'static str,
    /// Its heading.
    pub title: String,
    /// How it stands.
    pub filled: Filled,
    /// One is in it.
    pub here: bool,
}

fn index(scheme: &Scheme, code: &str) -> usize {
    let mut sections = scheme.survey.sections.iter();
    sections
        .position(|section| section.code == code)
        .unwrap_or_default()
}

/// The section after one.
pub(super) fn next<'a>(scheme: &'a Scheme, code: &str) -> Option<&'a str> {
    let next = scheme.survey.sections.get(index(scheme, code) + 1)?;
    Some(&next.code)
}

impl Around {
    /// Seen from a section of an edition.
    pub fn of(scheme: &Scheme, id: AssociationId, (code, survey): (&str, Option<&Survey>)) -> Self {
        let found = survey.map(|survey| rules::findings(scheme, &survey.answers.0));
        let filled = |section: &Section| match (survey, &found) {
            (Some(survey), Some(found)) => survey.filled(section, found),
            _ => Filled::Blank,
        };
        let at = |section: &Section| paths::survey::SECTION.at(id, &section.code);
        let sections = &scheme.survey.sections;
        let here = index(scheme, code);
        let before = here.checked_sub(1).and_then(|before| sections.get(before));
        Self {
            links: sections
                .iter()
                .zip(NUMERALS)
                .map(|(section, numeral)| Link {
                    href: at(section),
                    numeral,
                    title: section.title.clone(),
                    filled: filled(section),
                    here: section.code == code,
                })
                .collect(),
            before: before.map(at),
            is_last: next(scheme, code).is_none(),
        }
    }
}
