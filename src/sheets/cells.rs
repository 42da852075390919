//! What stands in a sheet, as the child that reads it tells it: one line each.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One message of the child.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Told {
    /// The book: its sheets in order, and the encoding of a text file.
    Book {
        /// Sheets.
        sheets: Vec<SheetName>,
        /// Of a `.csv`: which encoding it was taken to be.
        encoding: Option<String>,
    },
    /// A sheet begins.
    Sheet(Look),
    /// A row with content.
    Row(Row),
    /// All that was asked for has been told.
    End,
    /// The file cannot be read.
    Unreadable(Unreadable),
}

/// A sheet by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetName {
    /// As the tab says.
    pub name: String,
    /// Hidden, or very hidden.
    pub hidden: bool,
}

/// What a sheet has besides its cells. Rows and columns count from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Its place among the sheets.
    pub index: u32,
    /// Merged ranges.
    pub merges: Vec<Merge>,
    /// Hidden columns, first and last.
    pub hidden_columns: Vec<(u32, u32)>,
}

/// A merged range, its borders included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

/// A row with content.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its place, from 0.
    pub row: u32,
    /// Hidden, by hand or by a filter.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
    /// Its cells with content, from left to right.
    pub cells: Vec<Cell>,
}

/// A cell with content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Its column, from 0.
    #[serde(rename = "c")]
    pub column: u32,
    /// What stands there.
    #[serde(rename = "v")]
    pub value: Value,
    /// It was computed by a formula.
    #[serde(default, rename = "f", skip_serializing_if = "is_false")]
    pub formula: bool,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Text as it stands, blanks and all.
    #[serde(rename = "t")]
    Text(String),
    /// A number: the shortest decimals that mean it, never an exponent, and whether it is shown as a percentage.
    #[serde(rename = "n")]
    Number(String, bool),
    /// A number with the format of a date; its day.
    #[serde(rename = "d")]
    Day(NaiveDate),
    /// 真 or 假.
    #[serde(rename = "b")]
    Truth(bool),
    /// #N/A and the like.
    #[serde(rename = "e")]
    Error(String),
    /// A formula whose result was never saved.
    #[serde(rename = "u")]
    Uncomputed,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unreadable {
    /// `.xls`, `.et` and other files before 2007.
    Old,
    /// A password hides it.
    Encrypted,
    /// `.xlsm`, or macros in it.
    Macros,
    /// `.ods`, `.xlsb` and what else is no workbook that is read here.
    Other,
    /// Begins as a workbook, and is not whole.
    Broken,
    /// More than 20 MiB.
    TooLarge,
    /// Unpacked more than 256 MiB, packed as no office program does, or more in its first rows than can be looked at.
    Unpacked,
    /// More than 100,000 rows with content.
    Rows,
    /// More than 200 columns with content.
    Columns,
    /// No cell has content.
    Empty,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_false(value: &bool) -> bool {
    !*value
}
