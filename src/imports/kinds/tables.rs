//! The columns of each kind, from the scheme's data, with what their cells may say.

use std::collections::{BTreeMap, HashMap};

use crate::access::Role;
use crate::accounts::rules::incoming as accounts;
use crate::imports::rules::{Answers, Kind};
use crate::registry::rules::{MEMBER_BASES, TieKind};
use crate::scheme::Scheme;
use crate::sheets::heads::{Choice, Vocabulary};
use crate::sheets::values::Context;
use crate::web::answer::unit::Unit;

use super::{Against, questions};

/// The headings of a kind, with what a unit means by its own.
#[must_use]
pub fn vocabulary(
    scheme: &Scheme,
    kind: Kind,
    remembered: &BTreeMap<String, String>,
    answers: &Answers,
) -> Vocabulary {
    let vocabulary = Vocabulary::of(&questions::table(scheme, kind));
    let said = remembered.iter().chain(&answers.headings);
    let chosen: BTreeMap<String, Choice> = said
        .map(|(heading, meant)| (heading.clone(), crate::imports::acts::choice(meant)))
        .collect();
    vocabulary.with(&chosen)
}

/// The version of a kind's columns.
#[must_use]
pub fn version(scheme: &Scheme, kind: Kind) -> u32 {
    questions::table(scheme, kind).version
}

/// The fields of a kind: key and label, in the order of its template.
#[must_use]
pub fn fields(scheme: &Scheme, kind: Kind) -> Vec<(String, String)> {
    let fields = questions::table(scheme, kind).fields.into_iter();
    fields.map(|field| (field.key, field.label)).collect()
}

/// What cells of each field may say.
pub struct Sheets {
    options: HashMap<String, Vec<(String, String)>>,
    units: HashMap<i64, String>,
}

impl Sheets {
    /// Of a kind.
    #[must_use]
    pub fn of(kind: Kind, against: &Against) -> Self {
        let mut options = HashMap::new();
        let mut may = |field: &str, of: Vec<(String, String)>| {
            options.insert(field.to_owned(), of);
        };
        match kind {
            Kind::Register => {
                may("kind", words::<TieKind>());
                let bases = MEMBER_BASES.iter();
                let bases = bases.map(|(key, label, _)| ((*key).to_owned(), (*label).to_owned()));
                may("member_basis", bases.collect());
            }
            Kind::Units => {
                let mut roles = words::<Role>();
                roles.retain(|(key, _)| key != Role::Association.key());
                let by_unit = accounts::BY_UNIT.iter();
                roles.extend(by_unit.map(|(key, label)| ((*key).to_owned(), (*label).to_owned())));
                may("role", roles);
                let kinds = accounts::KINDS.iter();
                let kinds = kinds.map(|(key, label)| ((*key).to_owned(), (*label).to_owned()));
                may("kind", kinds.collect());
            }
            Kind::Survey | Kind::People => {
                let departments = questions::departments(&against.units);
                for (field, choices) in questions::options(&against.scheme, kind, &departments) {
                    let pairs = choices.into_iter().map(|each| (each.value, each.label));
                    may(&field, pairs.collect());
                }
            }
        }
        let units = against.units.supervising();
        Self {
            options,
            units: units.map(|unit| (unit.id.0, unit.name.clone())).collect(),
        }
    }

    /// What is known of a column besides its cells.
    #[must_use]
    pub fn context(&self, field: &str, unit: Option<Unit>) -> Context<'_> {
        Context {
            unit,
            options: self.options.get(field).map_or(&[], Vec::as_slice),
            max: None,
        }
    }

    /// What cells of a field may say, as a template lists it.
    #[must_use]
    pub fn labels(&self, field: &str) -> Vec<String> {
        let options = self.options.get(field).into_iter().flatten();
        options.map(|(_, label)| label.clone()).collect()
    }

    /// The name of a unit.
    #[must_use]
    pub fn unit_named(&self, unit: i64) -> String {
        self.units.get(&unit).cloned().unwrap_or_default()
    }
}

fn words<W: crate::words::Word>() -> Vec<(String, String)> {
    let words = W::WORDS.iter();
    words
        .map(|word| (word.key().to_owned(), word.label().to_owned()))
        .collect()
}
