//! Tables that leave as files: a workbook or comma-separated text, of the same described
//! columns that a page has (`web::table`), row after row, none of them kept. What a cell is
//! decides its type: a number is a number, a code stays text, and nothing is ever a formula.

pub mod csv;
pub mod looks;
pub mod notes;
pub mod values;
pub mod workbook;

use std::fs::File;
use std::io;

use crate::web::table::{Cell, Head};

pub use notes::Notes;

/// Paper that a sheet is printed on, landscape, one page wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    /// A4.
    #[default]
    A4,
    /// A3: official tables with many columns.
    A3,
}

/// What a sheet begins with.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Its name; what a spreadsheet does not take in a name is left out of it.
    pub name: String,
    /// Its columns.
    pub heads: Vec<Head>,
    /// Lines above the head, of an official table only: else the head is the first row, so that
    /// the sheet can be filtered and read again.
    pub title: Vec<String>,
    /// The line for signatures under the last row.
    pub signed: String,
    /// Its paper.
    pub size: Size,
}

/// Something that tables are written into.
pub trait Writes: Send + Sized {
    /// Begins a table; what stood before is complete.
    fn sheet(&mut self, sheet: Sheet) -> io::Result<()>;
    /// More of its rows.
    fn rows(&mut self, rows: &[Vec<Cell>]) -> io::Result<()>;
    /// Ends the file, with what it says of itself.
    fn finish(self, notes: &Notes) -> io::Result<File>;
}

#[cfg(test)]
mod tests;
