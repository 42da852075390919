//! What stood in a form when it was first opened, as one hidden field: a short keyed
//! mark for each field and each whole row. It tells who touched what, and nothing else.

use std::collections::BTreeMap;

use crate::web::marks::Marks;

use super::shape::Part;
use super::sides::{Cells, Side};

/// The hidden field.
pub const BASE: &str = "base";
/// Whoever changes what a mark is made of counts this up: pages opened before then
/// compare two versions only.
const EDITION: &str = "1";

/// Marks by the name of a field, or `table.number` of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Base(BTreeMap<String, String>);

impl Base {
    /// Of a form as it stands.
    #[must_use]
    pub fn of(parts: &[Part], fields: &[(String, String)], marks: &Marks) -> Self {
        let (side, mut base) = (Side::of(fields), BTreeMap::new());
        let mut note = |name: String, mark: Option<String>| {
            if let Some(mark) = mark {
                base.insert(name, mark);
            }
        };
        for part in parts {
            let line = match part {
                Part::Line(line) => Some(line),
                Part::Table(table) => {
                    for (number, cells) in side.rows(table) {
                        let name = format!("{}.{number}", table.name);
                        note(name, of_row(marks, &table.name, Some(&cells)));
                    }
                    table.nil.as_ref()
                }
            };
            if let Some(line) = line {
                let values = side.values(&line.name, line);
                note(line.name.clone(), of_line(marks, &line.name, &values));
            }
        }
        Self(base)
    }

    /// As the form carries it.
    #[must_use]
    pub fn text(&self) -> String {
        let marks = self.0.iter().map(|(name, mark)| format!(" {name}={mark}"));
        std::iter::once(EDITION.to_owned()).chain(marks).collect()
    }

    /// From what a form carries; none where it says nothing of it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut marks = text.split(' ');
        if marks.next() != Some(EDITION) {
            return None;
        }
        let pair = |mark: &str| {
            let (name, mark) = mark.rsplit_once('=')?;
            Some((name.to_owned(), mark.to_owned()))
        };
        marks.map(pair).collect::<Option<_>>().map(Self)
    }

    /// The mark of a field or a row; none: there was nothing.
    #[must_use]
    pub fn mark(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Numbers of the rows that a table had.
    pub fn numbers(&self, table: &str) -> impl Iterator<Item = u32> {
        let prefix = format!("{table}.");
        let names = self.0.keys();
        names.filter_map(move |name| name.strip_prefix(&prefix)?.parse().ok())
    }
}

/// The mark of a field's values; none of nothing.
pub(super) fn of_line(marks: &Marks, name: &str, values: &[String]) -> Option<String> {
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    (!values.is_empty()).then(|| marks.of(name, &values))
}

/// The mark of a whole row. Its number is not in it: two people who add the same
/// person have added the same.
pub(super) fn of_row(marks: &Marks, table: &str, cells: Option<&Cells>) -> Option<String> {
    let cells: Vec<String> = cells?.iter().map(|cell| cell.join("\u{1f}")).collect();
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    Some(marks.of(table, &cells))
}
