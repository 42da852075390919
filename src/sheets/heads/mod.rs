//! Which row of a sheet is its head, and what each column means. Nothing is guessed: what is
//! not known, stands twice, or is in doubt, is asked.

mod candidates;
mod fold;
mod units;
mod vocabulary;

#[cfg(test)]
pub(crate) mod tests;

use std::collections::{BTreeMap, BTreeSet};

use candidates::Candidate;
pub(super) use candidates::{Texts, texts};
use vocabulary::Lexicon;

use super::cells::{Cell, Merge, Row, Value};
use super::values::Kind;
use crate::web::answer::unit::Unit;

pub use fold::fold;
pub use vocabulary::{Choice, Vocabulary};

/// Rows with content among which the head is looked for.
pub const LOOKED: usize = 20;

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// A field of the vocabulary, by its place.
    Field(usize),
    /// Nothing that is read.
    Ignored,
    /// In doubt: the place among the vocabulary's doubtful headings.
    Asked(usize),
    /// Another column means the same field, by its place: asked, never picked.
    Twice(usize),
    /// Not known: asked.
    Unknown,
    /// Our own column of errors, which is never read.
    Remarks,
}

/// Where a column's unit is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated {
    /// In brackets in its heading.
    Heading,
    /// Above the table.
    Title,
    /// A person decided.
    Person,
}

/// A column with a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its place, from 0.
    pub column: u32,
    /// As read; parts of two rows joined by “/”.
    pub title: String,
    /// By which a choice is remembered; no two columns of a head have the same.
    pub folded: String,
    /// The unit of its numbers; none while two are stated that differ.
    pub unit: Option<Unit>,
    /// Where that is stated.
    pub stated: Option<Stated>,
    /// What it means.
    pub means: Means,
}

/// A heading and the title above it that state different units of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitConflict {
    /// The column.
    pub column: u32,
    /// What its heading states.
    pub heading: Unit,
    /// What the title states.
    pub title: Unit,
}

/// The head of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its first row.
    pub first: u32,
    /// Its last row.
    pub last: u32,
    /// Columns with headings, from left to right.
    pub columns: Vec<Column>,
    /// The unit of money that is stated above.
    pub title_unit: Option<Unit>,
    /// Units that a person must decide.
    pub conflicts: Vec<UnitConflict>,
    /// Its rows as they stand, by which a copy further down is known.
    rows: Vec<Texts>,
}

/// No row among the first can be the head.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "前{looked}行有内容的行中没有找到表头。表头中至少要有“{must}”一列，或两个认识的列名；请核对工作表，或按模板修改列名后重新上传。"
)]
pub struct NoHead {
    /// Rows that were looked at.
    pub looked: usize,
    /// What the column is called that would have been enough.
    pub must: String,
}

/// Finds the head: the row, or two rows, that most headings are known of.
pub fn find(rows: &[Row], merges: &[Merge], vocabulary: &Vocabulary) -> Result<Head, NoHead> {
    let lexicon = Lexicon::new(vocabulary);
    let content: Vec<&Row> = rows
        .iter()
        .filter(|row| row.cells.iter().any(|cell| !is_blank(&cell.value)))
        .take(LOOKED + 1)
        .collect();
    let mut best: Option<(usize, Candidate)> = None;
    for (place, upper) in content.iter().take(LOOKED).enumerate() {
        let lower = content
            .get(place + 1)
            .copied()
            .filter(|lower| lower.row == upper.row + 1);
        for candidate in candidates::beginning(upper, lower, merges, &lexicon) {
            let Some(known) = candidate.known(&lexicon) else {
                continue;
            };
            let better = best.as_ref().is_none_or(|(most, other)| {
                // A title above a head of one row is no part of it.
                let lower_row =
                    candidate.rows.len() < other.rows.len() && candidate.first <= other.last;
                known > *most || (known == *most && lower_row)
            });
            if better {
                best = Some((known, candidate));
            }
        }
    }
    match best {
        Some((_, candidate)) => Ok(head(&candidate, rows, &lexicon)),
        None => Err(NoHead {
            looked: content.len().min(LOOKED),
            must: lexicon.must().to_owned(),
        }),
    }
}

/// The first row that could be a head though not one heading is known: texts side by side that
/// differ, with something below. Whoever knows the sheet says what its columns are.
#[must_use]
pub fn assume(rows: &[Row], merges: &[Merge], vocabulary: &Vocabulary) -> Option<Head> {
    let lexicon = Lexicon::new(vocabulary);
    let mut content = rows
        .iter()
        .filter(|row| row.cells.iter().any(|cell| !is_blank(&cell.value)));
    let first = content.by_ref().take(LOOKED).find(|row| {
        let texts = candidates::texts(row);
        let different: BTreeSet<&String> = texts.values().collect();
        let words = row
            .cells
            .iter()
            .all(|cell| matches!(cell.value, Value::Text(_)));
        words && texts.len() > 1 && different.len() == texts.len()
    })?;
    content.next()?;
    let candidates = candidates::beginning(first, None, merges, &lexicon);
    let candidate = candidates.first()?;
    Some(head(candidate, rows, &lexicon))
}

fn is_blank(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.trim().is_empty())
}

fn head(candidate: &Candidate, rows: &[Row], lexicon: &Lexicon<'_>) -> Head {
    let names = unique(candidate.titles.values());
    let meanings = candidate.meanings(lexicon);
    let columns = candidate.titles.iter().zip(names).zip(meanings);
    let mut columns: Vec<Column> = columns
        .map(|(((column, parts), folded), means)| {
            let unit = parts.iter().rev().find_map(|part| units::of_heading(part));
            Column {
                column: *column,
                title: parts.join("/"),
                means: lexicon.chosen(&folded).unwrap_or(means),
                folded,
                unit,
                stated: unit.map(|_| Stated::Heading),
            }
        })
        .collect();
    ask_what_stands_twice(&mut columns);
    let mut head = Head {
        first: candidate.first,
        last: candidate.last,
        title_unit: units::of_titles(rows, candidate.first),
        columns,
        conflicts: Vec::new(),
        rows: candidate.rows.clone(),
    };
    head.take_title_unit(lexicon);
    head
}

/// Names to remember columns by: folded, with remarks where that is not enough, numbered
/// where nothing is.
fn unique<'a>(titles: impl Iterator<Item = &'a Vec<String>>) -> Vec<String> {
    let join = |parts: &[String], way: fn(&str) -> String| {
        let parts: Vec<String> = parts.iter().map(|part| way(part)).collect();
        parts.join("/")
    };
    let titles: Vec<(String, String)> = titles
        .map(|parts| (join(parts, fold), join(parts, fold::exact)))
        .collect();
    let mut often: BTreeMap<&str, usize> = BTreeMap::new();
    for (folded, _) in &titles {
        *often.entry(folded).or_default() += 1;
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    titles
        .iter()
        .map(|(folded, exact)| {
            let once = often.get(folded.as_str()) == Some(&1);
            let name = if once { folded } else { exact };
            let before = seen.entry(name).or_default();
            *before += 1;
            match *before {
                1 => name.clone(),
                number => format!("{name}#{number}"),
            }
        })
        .collect()
}

fn ask_what_stands_twice(columns: &mut [Column]) {
    let mut often: BTreeMap<usize, usize> = BTreeMap::new();
    for column in columns.iter() {
        if let Means::Field(place) = column.means {
            *often.entry(place).or_default() += 1;
        }
    }
    for column in columns {
        if let Means::Field(place) = column.means
            && often.get(&place).is_some_and(|times| *times > 1)
        {
            column.means = Means::Twice(place);
        }
    }
}

impl Head {
    /// The unit above the table is that of every column of money that states none; one that
    /// states another is asked.
    fn take_title_unit(&mut self, lexicon: &Lexicon<'_>) {
        let Some(title) = self.title_unit else {
            return;
        };
        for column in &mut self.columns {
            if matches!(column.means, Means::Ignored | Means::Remarks) {
                continue;
            }
            let money = lexicon
                .field(column.means)
                .map(|field| field.kind == Kind::Money);
            match column.unit {
                None if money == Some(true) => {
                    column.unit = Some(title);
                    column.stated = Some(Stated::Title);
                }
                Some(heading) if heading.is_money() && heading != title => {
                    column.unit = None;
                    column.stated = None;
                    self.conflicts.push(UnitConflict {
                        column: column.column,
                        heading,
                        title,
                    });
                }
                _ => {}
            }
        }
    }

    /// A person decided the unit of a column.
    pub fn decide_unit(&mut self, column: u32, unit: Unit) {
        self.conflicts.retain(|conflict| conflict.column != column);
        for found in &mut self.columns {
            if found.column == column {
                found.unit = Some(unit);
                found.stated = Some(Stated::Person);
            }
        }
    }

    /// Columns that mean a field, with the field's place: in the order of a record's cells.
    pub fn fields(&self) -> impl Iterator<Item = (&Column, usize)> {
        self.columns.iter().filter_map(|column| match column.means {
            Means::Field(place) => Some((column, place)),
            _ => None,
        })
    }

    /// Columns of money for which no unit is known.
    pub fn without_unit<'a>(
        &'a self,
        vocabulary: &'a Vocabulary,
    ) -> impl Iterator<Item = &'a Column> {
        self.fields().filter_map(|(column, place)| {
            let money = vocabulary.fields.get(place)?.kind == Kind::Money;
            (money && column.unit.is_none()).then_some(column)
        })
    }

    /// Columns that a person must say something about.
    pub fn asked(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| {
            matches!(
                column.means,
                Means::Asked(_) | Means::Twice(_) | Means::Unknown
            )
        })
    }

    /// A row that repeats one of the head's rows, as on every printed page.
    pub(super) fn is_repeated_by(&self, row: &Row) -> bool {
        let same = |known: &Texts, column: u32, text: &str| {
            known
                .get(&column)
                .is_some_and(|heading| fold::exact(heading) == fold::exact(text))
        };
        // Most rows differ in their first cell already: the others are not looked at.
        let begins = |cell: &Cell| match &cell.value {
            Value::Text(text) | Value::Number(text, _) => {
                self.rows.iter().any(|known| same(known, cell.column, text))
            }
            _ => true,
        };
        if !row.cells.first().is_none_or(begins) {
            return false;
        }
        let here = texts(row);
        let fits = |known: &Texts| {
            here.len() >= known.len().min(2)
                && here.iter().all(|(column, text)| same(known, *column, text))
        };
        !here.is_empty() && self.rows.iter().any(fits)
    }
}
