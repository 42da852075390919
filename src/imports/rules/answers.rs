//! What whoever uploaded a file said about it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// A heading or a value that is left out.
pub const LEFT_OUT: &str = "-";

/// The answers, as they are kept with the upload.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// What was said of headings and units before is asked again.
    pub fresh: bool,
    /// The sheets to read; none: it was not asked.
    pub sheets: Option<BTreeSet<u32>>,
    /// Folded heading → field, or left out.
    pub headings: BTreeMap<String, String>,
    /// Sheet → unit, where the sheet has no column for it.
    pub units_of_sheets: BTreeMap<u32, i64>,
    /// Name of a unit as it stands → unit; 0: left out.
    pub units: BTreeMap<String, i64>,
    /// `sheet.column` → `yuan` or `wan`, where heading and title disagree or say nothing.
    pub amounts: BTreeMap<String, String>,
    /// Whether hidden rows come in; none: it was not asked.
    pub hidden: Option<bool>,
    /// `row field` of what both changed → `mine` or `theirs`, with what stood then.
    pub conflicts: BTreeMap<String, (String, String)>,
    /// Kind of warning → the sentence that confirms it.
    pub confirmed: BTreeMap<String, String>,
    /// Field → whether it was wrong or has changed.
    pub bases: BTreeMap<String, Basis>,
}

/// What is said of an altered field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Basis {
    /// It was wrong.
    Error,
    /// It has changed by a document, from a day on.
    Change {
        /// Its number.
        document: String,
        /// Its day.
        on: chrono::NaiveDate,
    },
}
