//! One version of a form, by its parts: what a field says, what a row holds.

use std::collections::{BTreeMap, HashMap};

use super::shape::{Line, Table};

/// A row's cells, as compared, in the order of the columns.
pub type Cells = Vec<Vec<String>>;

/// The fields of a form, found by name.
pub struct Side<'a>(HashMap<&'a str, Vec<&'a str>>);

impl<'a> Side<'a> {
    /// Of these fields.
    #[must_use]
    pub fn of(fields: &'a [(String, String)]) -> Self {
        let mut found: HashMap<&str, Vec<&str>> = HashMap::new();
        for (name, value) in fields {
            found.entry(name).or_default().push(value);
        }
        Self(found)
    }

    /// A field's values, as they are compared; an empty one is none.
    #[must_use]
    pub fn values(&self, name: &str, line: &Line) -> Vec<String> {
        let typed = self.0.get(name).map_or(&[][..], Vec::as_slice);
        let mut values: Vec<String> = typed
            .iter()
            .map(|value| line.normal(value))
            .filter(|value| !value.is_empty())
            .collect();
        values.sort_unstable();
        values
    }

    /// A field as it was sent.
    #[must_use]
    pub fn sent(&self, name: &str) -> Vec<(String, String)> {
        let typed = self.0.get(name).into_iter().flatten();
        typed
            .map(|value| (name.to_owned(), (*value).to_owned()))
            .collect()
    }

    /// The rows of a table that say anything, by their numbers.
    #[must_use]
    pub fn rows(&self, table: &Table) -> BTreeMap<u32, Cells> {
        let prefix = format!("{}.", table.name);
        let numbers = self.0.keys().filter_map(|name| {
            let (number, _) = name.strip_prefix(&prefix)?.split_once('.')?;
            number.parse::<u32>().ok()
        });
        let mut rows = BTreeMap::new();
        for number in numbers {
            rows.entry(number)
                .or_insert_with(|| self.cells(table, number));
        }
        rows.retain(|_, cells: &mut Cells| cells.iter().any(|cell| !cell.is_empty()));
        rows
    }

    fn cells(&self, table: &Table, number: u32) -> Cells {
        let columns = table.columns.iter();
        columns
            .map(|column| self.values(&cell(table, number, column), column))
            .collect()
    }

    /// A row as it was sent, under another number.
    #[must_use]
    pub fn sent_row(&self, table: &Table, from: u32, to: u32) -> Vec<(String, String)> {
        let columns = table.columns.iter();
        columns
            .flat_map(|column| {
                let sent = self.sent(&cell(table, from, column)).into_iter();
                sent.map(move |(_, value)| (cell(table, to, column), value))
            })
            .collect()
    }
}

fn cell(table: &Table, number: u32, column: &Line) -> String {
    format!("{}.{number}.{}", table.name, column.name)
}
