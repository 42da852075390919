//! A row of an upload: what it says, what stands against it, what it would change.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Field → what a person would have typed in its form.
pub type Typed = BTreeMap<String, String>;

crate::words! {
    /// What becomes of a row.
    pub enum Verdict {
        /// It was not checked yet.
        Open = "open", "待核对", Going;
        /// It enters something.
        New = "new", "新增", Todo;
        /// It changes what stands.
        Changed = "changed", "更改", Todo;
        /// It says what stands already.
        Same = "same", "与系统一致", Done;
        /// Whoever uploaded it leaves it out.
        Left = "left", "不导入", Void;
        /// Something in it is wrong.
        Wrong = "wrong", "有错误", Late;
    }
}

/// Something that is wrong in a row, or that must be confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The field.
    pub field: String,
    /// What the cell says.
    pub value: String,
    /// What is wrong with it.
    pub what: String,
    /// What is expected.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub expected: String,
    /// The kind of what may be confirmed; empty: it is an error.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub warning: String,
}

impl Problem {
    /// An error of a field.
    #[must_use]
    pub fn error(field: &str, value: &str, what: impl Into<String>) -> Self {
        Self {
            field: field.to_owned(),
            value: shortened(value),
            what: what.into(),
            expected: String::new(),
            warning: String::new(),
        }
    }

    /// What must be confirmed of a field.
    #[must_use]
    pub fn warning(field: &str, value: &str, kind: &str, what: impl Into<String>) -> Self {
        Self {
            warning: kind.to_owned(),
            ..Self::error(field, value, what)
        }
    }

    /// Whether it stands in the way.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.warning.is_empty()
    }

    /// As one sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let end = |text: &str| text.trim_end_matches('。').to_owned();
        if self.expected.is_empty() {
            format!("{}。", end(&self.what))
        } else {
            format!("{}，{}。", end(&self.what), end(&self.expected))
        }
    }
}

/// Longest value that a message repeats, in characters.
const REPEATED: usize = 40;

fn shortened(value: &str) -> String {
    let shown: String = value.chars().take(REPEATED).collect();
    if shown.len() < value.len() {
        format!("{shown}…")
    } else {
        shown
    }
}

/// What a row changes in one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// The field.
    pub field: String,
    /// Its label.
    pub label: String,
    /// What stands.
    pub before: String,
    /// What would stand.
    pub after: String,
    /// It has periods: whoever imports it says whether it was wrong or has changed (FZ-2).
    #[serde(default)]
    pub period: bool,
}

/// A row as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number among all rows of the upload.
    pub number: i32,
    /// Its sheet, from 0.
    pub sheet: i32,
    /// Its row in the sheet, from 0.
    pub row: i32,
    /// What it says.
    pub typed: Typed,
    /// What was found while it was read.
    pub problems: Vec<Problem>,
}

/// A row as it was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Its number among all rows of the upload.
    pub number: i32,
    /// What becomes of it.
    pub verdict: Verdict,
    /// What it is about, where that stands already.
    pub subject: Option<i64>,
    /// What it changes; of something new what it says.
    pub changes: Vec<Changed>,
    /// What was found while it was checked.
    pub found: Vec<Problem>,
}

impl Checked {
    /// Of a row that cannot be entered.
    #[must_use]
    pub const fn wrong(number: i32, found: Vec<Problem>) -> Self {
        Self {
            number,
            verdict: Verdict::Wrong,
            subject: None,
            changes: Vec::new(),
            found,
        }
    }
}
