//! The headings that a scheme knows for one kind of sheet, and what people chose for others.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Means;
use super::fold::{exact, fold};
use crate::scheme::tables::{Doubtful, Field, Table};
use crate::web::answer::text::half_width;

/// Our own column in marked workbooks, which comes back with them.
const REMARKS: &str = "错误说明";

/// The headings of one kind of sheet.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// What can be read.
    pub fields: Vec<Field>,
    /// Headings that mean nothing here.
    pub ignored: Vec<String>,
    /// Headings that are never mapped without asking.
    pub asked: Vec<Doubtful>,
    /// What people chose, by folded heading.
    chosen: BTreeMap<String, Choice>,
}

/// What a person chose for a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// It is this field.
    Field(String),
    /// It is left out.
    Ignore,
}

impl Field {
    fn code(&self) -> Option<String> {
        let coded = |key: &&str| {
            key.starts_with(|c: char| c.is_ascii_uppercase())
                && key.bytes().any(|byte| byte.is_ascii_digit())
        };
        let code = self.code.as_deref();
        code.or_else(|| Some(self.key.as_str()).filter(coded))
            .map(str::to_ascii_uppercase)
    }

    fn headings(&self) -> impl Iterator<Item = String> + '_ {
        std::iter::once(&self.label)
            .chain(&self.synonyms)
            .map(|heading| exact(heading))
    }
}

impl Vocabulary {
    /// As the scheme has it.
    #[must_use]
    pub fn of(table: &Table) -> Self {
        Self {
            fields: table.fields.clone(),
            ignored: table.ignored.clone(),
            asked: table.asked.clone(),
            chosen: BTreeMap::new(),
        }
    }

    /// The same with what people chose, by [`super::Column::folded`].
    #[must_use]
    pub fn with(&self, chosen: &BTreeMap<String, Choice>) -> Self {
        Self {
            chosen: chosen.clone(),
            ..self.clone()
        }
    }

    /// The place of the field with a key.
    #[must_use]
    pub fn place(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.key == key)
    }

    /// What is wrong with the vocabulary itself: a heading that stands for two things, a key
    /// that is none. For a test over the scheme's files.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        let mut faults = Vec::new();
        let fields = self.fields.iter().flat_map(|field| {
            field
                .headings()
                .map(|heading| (heading, field.key.as_str()))
        });
        let ignored = self
            .ignored
            .iter()
            .map(|heading| (exact(heading), "ignored"));
        let asked = self
            .asked
            .iter()
            .map(|doubt| (exact(&doubt.heading), "asked"));
        for (heading, place) in fields.chain(ignored).chain(asked) {
            let before = seen.insert(heading.clone(), place);
            if before.is_some_and(|before| before != place) {
                faults.push(format!("{heading}: two meanings"));
            }
        }
        for key in self.asked.iter().flat_map(|doubt| &doubt.fields) {
            if self.place(key).is_none() {
                faults.push(format!("{key}: no field"));
            }
        }
        faults
    }
}

/// The vocabulary, ready for looking up.
pub(super) struct Lexicon<'a> {
    vocabulary: &'a Vocabulary,
    words: BTreeMap<String, Means>,
    codes: Vec<(String, usize)>,
}

impl<'a> Lexicon<'a> {
    pub(super) fn new(vocabulary: &'a Vocabulary) -> Self {
        let mut words: BTreeMap<String, Means> = BTreeMap::new();
        let mut add = |word: String, means: Means| {
            words
                .entry(word)
                // What stands for two fields decides nothing.
                .and_modify(|known| {
                    if *known != means {
                        *known = Means::Unknown;
                    }
                })
                .or_insert(means);
        };
        for (place, field) in vocabulary.fields.iter().enumerate() {
            for heading in field.headings() {
                add(heading, Means::Field(place));
            }
        }
        for (place, doubt) in vocabulary.asked.iter().enumerate() {
            add(exact(&doubt.heading), Means::Asked(place));
        }
        for heading in &vocabulary.ignored {
            add(exact(heading), Means::Ignored);
        }
        words.insert(REMARKS.to_owned(), Means::Remarks);
        let coded = |(place, field): (usize, &Field)| Some((field.code()?, place));
        Self {
            vocabulary,
            words,
            codes: vocabulary
                .fields
                .iter()
                .enumerate()
                .filter_map(coded)
                .collect(),
        }
    }

    /// What a heading means by the scheme alone.
    pub(super) fn means(&self, heading: &str) -> Means {
        let whole = exact(heading);
        // A label may begin with a digit: SV-48-0 2017年支出合计.
        let apart = half_width(heading).to_ascii_uppercase();
        let coded: Vec<usize> = self
            .codes
            .iter()
            .filter(|(code, _)| stands_in(code, &whole) || stands_in(code, &apart))
            .map(|(_, place)| *place)
            .collect();
        match coded.as_slice() {
            [] => {}
            [only] => return Means::Field(*only),
            _ => return Means::Unknown,
        }
        self.words
            .get(&whole)
            .or_else(|| self.words.get(&fold(heading)))
            .copied()
            .unwrap_or(Means::Unknown)
    }

    /// What a person chose for a folded heading.
    pub(super) fn chosen(&self, folded: &str) -> Option<Means> {
        match self.vocabulary.chosen.get(folded)? {
            Choice::Ignore => Some(Means::Ignored),
            Choice::Field(key) => self.vocabulary.place(key).map(Means::Field),
        }
    }

    /// The heading is of a field that no record is without.
    pub(super) fn is_must(&self, means: Means) -> bool {
        self.field(means).is_some_and(|field| field.must)
    }

    /// What a column is called without which there is no record.
    pub(super) fn must(&self) -> &'a str {
        let mut fields = self.vocabulary.fields.iter();
        let must = fields.find(|field| field.must);
        must.map_or("名称", |field| field.label.as_str())
    }

    /// The field that is meant.
    pub(super) fn field(&self, means: Means) -> Option<&'a Field> {
        match means {
            Means::Field(place) => self.vocabulary.fields.get(place),
            _ => None,
        }
    }
}

/// A code in a heading, not as a part of a longer one.
fn stands_in(code: &str, heading: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric();
    heading.match_indices(code).any(|(start, found)| {
        let before = heading.get(..start).and_then(|text| text.chars().last());
        let mut after = heading
            .get(start + found.len()..)
            .unwrap_or_default()
            .chars();
        let longer = match after.next() {
            Some('-') => after.next().is_some_and(word),
            next => next.is_some_and(word),
        };
        !longer && !before.is_some_and(|c| word(c) || c == '-')
    })
}
