//! The values that acts changed, in words: before and after of each field, for whoever
//! may read it.

use serde_json::Value;

use crate::audit::fields;
use crate::scheme::{Choice, Privacy, Scheme};

use super::answer::show;

/// One changed field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is called.
    pub label: String,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

/// What an act changed.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// The fields that this person may read.
    pub shown: Vec<Change>,
    /// How many others there are.
    pub withheld: usize,
}

impl Changes {
    /// One more, as [`Words::private`] tells it.
    pub fn tell(&mut self, change: Option<Change>) {
        match change {
            Some(change) => self.shown.push(change),
            None => self.withheld += 1,
        }
    }

    /// Those of another one, too.
    pub fn join(&mut self, other: Self) {
        self.shown.extend(other.shown);
        self.withheld += other.withheld;
    }

    /// How many there are, shown or not.
    #[must_use]
    pub fn count(&self) -> usize {
        self.shown.len() + self.withheld
    }
}

/// What fields are called, and their values.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The questions.
    pub scheme: &'a Scheme,
    /// The departments, as questions offer them.
    pub departments: &'a [Choice],
    /// The person reads what is personal and masked of this association.
    pub persons: bool,
}

impl Words<'_> {
    /// One change.
    #[must_use]
    pub fn of(&self, field: &str, before: &Value, after: &Value) -> Change {
        let say = |value: &Value| self.value(field, value);
        Change {
            label: self.label(field),
            before: say(before),
            after: say(after),
        }
    }

    /// A change that does not stand in the chain: nothing, where the person may not
    /// read it; of what is masked they see the last characters.
    #[must_use]
    pub fn private(
        &self,
        privacy: Privacy,
        field: &str,
        values: (&Value, &Value),
    ) -> Option<Change> {
        let mut change = self.of(field, values.0, values.1);
        match (privacy, self.persons) {
            (_, true) | (Privacy::Open, false) => Some(change),
            (Privacy::Personal, false) => None,
            (Privacy::Masked, false) => {
                change.before = show::masked(&change.before);
                change.after = show::masked(&change.after);
                Some(change)
            }
        }
    }

    /// `SV-45#k2.name` is a cell, `SV-42` a question, `deadline` a field of a room.
    fn label(&self, field: &str) -> String {
        let (code, column) = cell(field);
        let Some(question) = self.scheme.question(code) else {
            return fields::label(field).unwrap_or(field).to_owned();
        };
        match column.and_then(|name| question.column(name)) {
            Some(column) => format!("{}·{}", question.label, column.label),
            None => question.label.clone(),
        }
    }

    fn value(&self, field: &str, value: &Value) -> String {
        let (code, column) = cell(field);
        let question = self.scheme.question(code);
        let asked = question.map(|question| {
            let column = column.and_then(|name| question.column(name));
            column.map_or((question.kind, &question.options), |column| {
                (column.kind, &column.options)
            })
        });
        match (asked, value) {
            (_, Value::Null) => String::new(),
            (Some((kind, options)), value) => show::words(value, kind, options, self.departments),
            (_, Value::String(text)) => text.clone(),
            (_, Value::Bool(yes)) => if *yes { "是" } else { "否" }.to_owned(),
            (_, Value::Array(values)) => {
                let parts = values.iter().map(|value| self.value(field, value));
                parts.collect::<Vec<_>>().join("；")
            }
            (_, other) => other.to_string(),
        }
    }
}

/// Question and column of a field.
fn cell(field: &str) -> (&str, Option<&str>) {
    match field.split_once('#') {
        Some((code, rest)) => (code, rest.rsplit_once('.').map(|(_, column)| column)),
        None => (field, None),
    }
}
