//! Templates and filled workbooks for people to work on: the head in row 1, formats of whole
//! columns so that codes stay text, drop-downs, and a sheet that says how to fill in.
//!
//! Sheets in the book's order: those with data, 说明, and very hidden 选项 and what else is to
//! come back with the book. Rows are streamed; what was
//! written stays on disk in the system's temporary folder until the book is put together.

mod formats;
mod guide;
mod hidden;
mod rules;
mod table;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
pub use guide::NAME as GUIDE;
pub use hidden::{MARK, OPTIONS, Stamp, hidden_rows, stamp};
use rust_xlsxwriter::{DocProperties, Workbook};
use std::io::{self, Write};

use super::exact::{date, unwritten};

/// A workbook to be written.
pub struct Book<'a> {
    /// What it is, for when it comes back.
    pub stamp: Stamp,
    /// What the sheet 说明 says.
    pub guide: Guide,
    /// The sheets with data.
    pub sheets: Vec<Sheet<'a>>,
    /// What drop-downs offer.
    pub options: Vec<Options>,
    /// Further very hidden sheets.
    pub hidden: Vec<Hidden>,
}

/// What the sheet 说明 says, besides how to fill in and the columns' notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    /// What the book is, as people call it; also its title.
    pub title: String,
    /// When it was made.
    pub made_on: NaiveDate,
    /// Who had it made.
    pub made_by: String,
    /// Further lines: filter, count, whom to ask.
    pub lines: Vec<String>,
}

/// A sheet with data.
pub struct Sheet<'a> {
    /// As the tab says: at most 31 characters.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows: one content for each column; what is more is left out.
    pub rows: Box<dyn Iterator<Item = Vec<Content>> + 'a>,
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its heading, without the star.
    pub heading: String,
    /// What the note at its heading says; none if empty.
    pub note: String,
    /// In characters of a digit's width.
    pub width: f64,
    /// What belongs into it.
    pub kind: Kind,
    /// It has to be filled in: a star at the heading.
    pub must: bool,
    /// Not to be changed: grey.
    pub locked: bool,
}

/// What belongs into a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A line of text.
    Text,
    /// Digits that are no number: codes, telephones.
    Code,
    /// A date.
    Day,
    /// An amount with two decimals.
    Money,
    /// How many: a whole number.
    Count,
    /// Square metres.
    Area,
    /// 是 or 否.
    YesNo,
    /// One of the options with this name.
    Choice(String),
    /// Text of several lines.
    Long,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Nothing.
    Blank,
    /// Text; never a formula, whatever it begins with.
    Text(String),
    /// A number in decimals. What a spreadsheet cannot hold exactly (more than 15 digits), and
    /// what is no number, is written as text.
    Number(String),
    /// A date. What is before 1900 is written as text.
    Day(NaiveDate),
}

/// What a drop-down offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// By which columns ask for it.
    pub name: String,
    /// In the order of the drop-down.
    pub values: Vec<String>,
}

/// A very hidden sheet of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    /// Its name.
    pub name: String,
    /// Its rows, from the first.
    pub rows: Vec<Vec<String>>,
}

/// Writes the workbook. Names that are no sheet's, a choice without options of its name and
/// text of more than 32,767 characters are errors: nothing is left out without a word.
pub fn write<W: Write + Send>(book: Book<'_>, to: W) -> io::Result<()> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(&book.guide.title)
        .set_author(&book.guide.made_by);
    workbook.set_properties(&match date(book.guide.made_on) {
        Some(day) => properties.set_creation_datetime(&day),
        None => properties,
    });
    let columns: Vec<Vec<Column>> = book
        .sheets
        .iter()
        .map(|sheet| sheet.columns.clone())
        .collect();
    for sheet in book.sheets {
        let into = workbook
            .add_worksheet_with_constant_memory()
            .map_err(unwritten)?;
        table::write(into, sheet, &book.options)?;
    }
    let into = workbook
        .add_worksheet_with_constant_memory()
        .map_err(unwritten)?;
    guide::write(into, &book.guide, &columns).map_err(unwritten)?;
    let into = workbook
        .add_worksheet_with_constant_memory()
        .map_err(unwritten)?;
    hidden::write_options(into, &book.stamp, &book.options).map_err(unwritten)?;
    for sheet in &book.hidden {
        let into = workbook
            .add_worksheet_with_constant_memory()
            .map_err(unwritten)?;
        hidden::write(into, sheet).map_err(unwritten)?;
    }
    workbook.save_to_writer(to).map_err(unwritten)
}
