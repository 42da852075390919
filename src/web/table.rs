//! A table described once: its columns say label, kind, unit, width and who may see
//! them, and how each is read from a row. From that comes the page's table, its stacked
//! form on a telephone and its print, and the file with the same columns.

mod cell;
mod column;
mod head;

use crate::access::Actor;

pub use cell::Cell;
pub use column::{Column, Kind, code, figures, serial, short, words};
pub use head::Head;

/// The columns of a table that a person may see: the same on the page and in a file.
pub struct Shown<R: 'static>(Vec<&'static Column<R>>);

impl<R> Shown<R> {
    /// The columns that are this person's to see.
    #[must_use]
    pub fn to(actor: &Actor, columns: &'static [Column<R>]) -> Self {
        Self(
            columns
                .iter()
                .filter(|column| (column.seen_by)(actor))
                .collect(),
        )
    }

    /// Their heads.
    #[must_use]
    pub fn heads(&self) -> Vec<Head> {
        let head = |column: &&Column<R>| Head {
            short: column.short.to_owned(),
            wide: column.wide,
            head: column.head,
            ..Head::new(column.heading(), column.kind).below(column.group)
        };
        self.0.iter().map(head).collect()
    }

    /// A row's cells, the row being the so many-th.
    pub fn cells(&self, number: i64, row: &R) -> Vec<Cell> {
        let cell = |column: &&Column<R>| match column.kind {
            Kind::Serial => number.into(),
            _ => (column.cell)(row),
        };
        self.0.iter().map(cell).collect()
    }
}

/// A table with its rows, ready to be drawn.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// What it is, for readers.
    pub caption: String,
    /// Its columns.
    pub heads: Vec<Head>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
    /// Stacked on a telephone, instead of scrolled.
    pub stacked: bool,
}

impl Table {
    /// The rows in the columns that the person may see.
    pub fn of<'r, R: 'static>(
        caption: impl Into<String>,
        actor: &Actor,
        columns: &'static [Column<R>],
        rows: impl IntoIterator<Item = &'r R>,
    ) -> Self {
        let shown = Shown::to(actor, columns);
        Self {
            caption: caption.into(),
            heads: shown.heads(),
            rows: (1_i64..)
                .zip(rows)
                .map(|(number, row)| shown.cells(number, row))
                .collect(),
            stacked: true,
        }
    }

    /// Of rows that are told already, under these heads; the first column is the rows' name.
    pub fn told(
        caption: impl Into<String>,
        heads: &[(&'static str, Kind)],
        rows: Vec<Vec<Cell>>,
    ) -> Self {
        let head = |(place, (label, kind)): (usize, &(&'static str, Kind))| Head {
            short: (*label).to_owned(),
            head: place == 0,
            ..Head::new(*label, *kind)
        };
        Self {
            caption: caption.into(),
            heads: heads.iter().enumerate().map(head).collect(),
            rows,
            stacked: true,
        }
    }

    /// The same, scrolled on a telephone: its columns are compared with each other.
    #[must_use]
    pub fn scrolled(mut self) -> Self {
        self.stacked = false;
        self
    }

    /// The same, with a column that is so many characters wide in a file.
    #[must_use]
    pub fn wide(mut self, label: &str, characters: u16) -> Self {
        let heads = self.heads.iter_mut();
        for head in heads.filter(|head| head.label == label) {
            head.wide = characters;
        }
        self
    }

    /// The same, going on after so many rows: its rows' numbers go on with them.
    #[must_use]
    pub fn counted_after(mut self, before: usize) -> Self {
        let place = self.heads.iter().position(|head| head.kind == Kind::Serial);
        if let Some(place) = place {
            for (number, row) in (before + 1..).zip(&mut self.rows) {
                if let Some(cell) = row.get_mut(place) {
                    *cell = number.into();
                }
            }
        }
        self
    }

    /// How many rows it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A row's cells under their heads.
    pub fn cells<'t>(&'t self, row: &'t [Cell]) -> impl Iterator<Item = (&'t Head, &'t Cell)> {
        self.heads.iter().zip(row)
    }
}

#[cfg(test)]
mod tests;
