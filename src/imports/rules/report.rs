//! What was found in an upload as a whole, and what is asked about it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a page shows of a reading and its check.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// The sheets, those that were not read too.
    pub sheets: Vec<Sheet>,
    /// What is asked before it goes on.
    pub asked: Vec<Asked>,
    /// Rows by verdict.
    pub counts: BTreeMap<String, i64>,
    /// Errors by field and by what is wrong.
    pub errors: Vec<Counted>,
    /// What must be confirmed, by kind.
    pub warnings: Vec<Counted>,
    /// Fields with periods that change: field, label, rows.
    pub periods: Vec<Counted>,
}

/// How often something was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Field or kind.
    pub key: String,
    /// In words.
    pub words: String,
    /// Rows.
    pub rows: i64,
    /// Where the first of them stands.
    pub first: String,
}

/// A sheet of the book.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its place, from 0.
    pub index: u32,
    /// Its name.
    pub name: String,
    /// Hidden.
    pub hidden: bool,
    /// It is read.
    pub read: bool,
    /// First and last row of the head, from 0; none: no heading was found.
    pub head: Option<(u32, u32)>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Rows that are records.
    pub records: i64,
    /// Rows that are none: row from 0, and why. The first of them.
    pub ignored: Vec<(u32, String)>,
    /// How many are none.
    pub ignored_rows: i64,
    /// How many hidden rows it has.
    pub hidden_rows: i64,
    /// How many cells are computed.
    pub formulas: i64,
    /// Columns without a heading in which records have content, from 0: they are not read.
    pub strays: Vec<u32>,
}

/// A column of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// From 0.
    pub column: u32,
    /// Its heading.
    pub title: String,
    /// The heading as it is compared.
    pub folded: String,
    /// The field that it is taken for; empty: it is left out.
    pub field: String,
    /// The field's label, or why it is left out.
    pub label: String,
}

/// A question about the upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked {
    /// Which sheets are read; those in question.
    Sheets(Vec<u32>),
    /// The unit of all rows of a sheet.
    UnitOfSheet {
        /// The sheet.
        sheet: u32,
        /// Its name.
        name: String,
        /// The unit that its name is like.
        proposed: Option<i64>,
    },
    /// What a heading means.
    Heading {
        /// As it stands.
        title: String,
        /// As it is compared.
        folded: String,
        /// Where it stands.
        place: String,
        /// Why it is asked.
        why: String,
        /// The fields that it may well mean.
        likely: Vec<String>,
        /// Values below it.
        examples: Vec<String>,
    },
    /// Whether amounts are in 元 or in 万元.
    Amount {
        /// `sheet.column`.
        key: String,
        /// The heading.
        title: String,
        /// Where it stands.
        place: String,
        /// What disagrees, or is missing.
        why: String,
    },
    /// Whether hidden rows come in.
    Hidden {
        /// How many there are.
        rows: i64,
    },
    /// What holds of a cell that was changed both in the workbook and in the system.
    Conflict {
        /// `row field`.
        key: String,
        /// The field's label, and where it stands.
        label: String,
        /// What the workbook says.
        mine: String,
        /// What stands.
        theirs: String,
    },
    /// Which unit a name means.
    Unit {
        /// As it stands.
        value: String,
        /// Rows.
        rows: i64,
        /// Where the first of them stands.
        place: String,
    },
}

impl Report {
    /// Rows with a verdict.
    #[must_use]
    pub fn rows(&self, verdict: super::Verdict) -> i64 {
        self.counts.get(verdict.key()).copied().unwrap_or(0)
    }

    /// The column of a field in a sheet.
    #[must_use]
    pub fn column_of(&self, sheet: i32, field: &str) -> Option<u32> {
        let mut sheets = self.sheets.iter();
        let sheet = sheets.find(|each| i64::from(each.index) == i64::from(sheet))?;
        let mut columns = sheet.columns.iter();
        columns
            .find(|each| each.field == field)
            .map(|each| each.column)
    }

    /// What a field is called in a sheet.
    #[must_use]
    pub fn label_of(&self, sheet: i32, field: &str) -> &str {
        let mut sheets = self.sheets.iter();
        let sheet = sheets.find(|each| i64::from(each.index) == i64::from(sheet));
        let mut columns = sheet.into_iter().flat_map(|sheet| &sheet.columns);
        let found = columns.find(|each| each.field == field);
        found.map_or("", |column| column.label.as_str())
    }

    /// The name of a sheet.
    #[must_use]
    pub fn sheet_name(&self, sheet: i32) -> &str {
        let mut sheets = self.sheets.iter();
        let found = sheets.find(|each| i64::from(each.index) == i64::from(sheet));
        found.map_or("", |sheet| sheet.name.as_str())
    }

    /// Where a field of a row stands: the cell, and the sheet where there are several.
    #[must_use]
    pub fn place(&self, sheet: i32, row: i32, field: &str) -> String {
        let row = u32::try_from(row).unwrap_or_default();
        let place = match self.column_of(sheet, field) {
            Some(column) => super::cell_name(row, column),
            None => format!("第{}行", row + 1),
        };
        if self.sheets.iter().filter(|sheet| sheet.read).count() > 1 {
            format!("“{}”{place}", self.sheet_name(sheet))
        } else {
            place
        }
    }
}
