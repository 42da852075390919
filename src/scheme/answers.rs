//! Answers by question code, with typed reading. Money in cents, areas in
//! hundredths of a m², dates as ISO text; a missing code is not answered.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The answers of one survey or plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Value>);

/// One row of a table of answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row<'a>(&'a Map<String, Value>);

impl Answers {
    /// The raw value.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Value> {
        self.0.get(code)
    }

    /// Whether the question is answered; an empty table is an answer ("无").
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        self.0.contains_key(code)
    }

    /// A text or a chosen value.
    #[must_use]
    pub fn text(&self, code: &str) -> Option<&str> {
        self.get(code)?.as_str()
    }

    /// Cents, hundredths of a m², or a count.
    #[must_use]
    pub fn number(&self, code: &str) -> Option<i64> {
        self.get(code)?.as_i64()
    }

    /// What these add up to, once all of them are answered.
    #[must_use]
    pub fn sum(&self, codes: &[String]) -> Option<i64> {
        codes.iter().map(|code| self.number(code)).sum()
    }

    /// A date.
    #[must_use]
    pub fn date(&self, code: &str) -> Option<NaiveDate> {
        self.text(code)?.parse().ok()
    }

    /// Yes or no.
    #[must_use]
    pub fn yes(&self, code: &str) -> Option<bool> {
        self.get(code)?.as_bool()
    }

    /// Ticked values.
    #[must_use]
    pub fn choices(&self, code: &str) -> Vec<&str> {
        strings(self.get(code))
    }

    /// The rows of a table; none where it is not answered.
    #[must_use]
    pub fn rows(&self, code: &str) -> Vec<Row<'_>> {
        match self.get(code) {
            Some(Value::Array(rows)) => rows.iter().filter_map(Value::as_object).map(Row).collect(),
            _ => Vec::new(),
        }
    }

    /// The answers to these questions alone.
    #[must_use]
    pub fn only(&self, codes: &[&str]) -> Self {
        let of = |code: &&str| Some(((*code).to_owned(), self.get(code)?.clone()));
        Self(codes.iter().filter_map(of).collect())
    }

    /// Sets an answer, or removes it.
    pub fn set(&mut self, code: &str, value: Option<Value>) {
        match value {
            Some(value) => self.0.insert(code.to_owned(), value),
            None => self.0.remove(code),
        };
    }
}

impl<'a> Row<'a> {
    /// A row as it stands in a table of answers.
    #[must_use]
    pub const fn of(cells: &'a Map<String, Value>) -> Self {
        Self(cells)
    }

    /// The row's own key, stable while other rows come and go.
    #[must_use]
    pub fn key(&self) -> &'a str {
        self.text("key").unwrap_or_default()
    }

    /// The raw value of a column.
    #[must_use]
    pub fn get(&self, column: &str) -> Option<&'a Value> {
        self.0.get(column)
    }

    /// A text or a chosen value.
    #[must_use]
    pub fn text(&self, column: &str) -> Option<&'a str> {
        self.0.get(column)?.as_str()
    }

    /// Whether the column holds more than blanks.
    #[must_use]
    pub fn filled(&self, column: &str) -> bool {
        match self.get(column) {
            None | Some(Value::Null) => false,
            Some(Value::String(text)) => !text.trim().is_empty(),
            Some(_) => true,
        }
    }

    /// Cents, hundredths of a m², or a count.
    #[must_use]
    pub fn number(&self, column: &str) -> Option<i64> {
        self.0.get(column)?.as_i64()
    }

    /// A date.
    #[must_use]
    pub fn date(&self, column: &str) -> Option<NaiveDate> {
        self.text(column)?.parse().ok()
    }

    /// Yes or no.
    #[must_use]
    pub fn yes(&self, column: &str) -> Option<bool> {
        self.0.get(column)?.as_bool()
    }

    /// Ticked values.
    #[must_use]
    pub fn choices(&self, column: &str) -> Vec<&'a str> {
        strings(self.0.get(column))
    }
}

fn strings(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}
