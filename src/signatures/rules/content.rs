//! The content of a projection: values by field, what is of persons apart. Pure.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::scheme::survey::Privacy;
use crate::scheme::{AnswerType, Answers, Row, Scheme};

/// A projection as it reads.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Content {
    /// What whoever may read the case may read.
    pub open: Map<String, Value>,
    /// What only readers of persons may.
    pub persons: Map<String, Value>,
}

impl Content {
    /// Adds a value; what is blank is not there.
    #[must_use]
    pub fn with(mut self, field: &str, value: Value) -> Self {
        put(&mut self.open, field, value);
        self
    }

    /// Adds a value of a person.
    #[must_use]
    pub fn of_person(mut self, field: &str, value: Value) -> Self {
        put(&mut self.persons, field, value);
        self
    }

    /// Adds an answer of the scheme, each cell where its question says that it may be
    /// read; of a table, the rows that count.
    #[must_use]
    pub fn answer(
        mut self,
        scheme: &Scheme,
        (code, answers): (&str, &Answers),
        counts: impl Fn(&Row<'_>) -> bool,
    ) -> Self {
        let Some(question) = scheme.question(code) else {
            return self;
        };
        if question.kind != AnswerType::Rows {
            let value = answers.get(code).cloned().unwrap_or_default();
            return match question.privacy {
                Privacy::Open => self.with(code, value),
                Privacy::Masked | Privacy::Personal => self.of_person(code, value),
            };
        }
        if !answers.has(code) {
            return self;
        }
        let (mut open, mut persons) = (Vec::new(), Vec::new());
        for row in answers.rows(code).iter().filter(|row| counts(row)) {
            let (mut shown, mut hidden) = (Map::new(), Map::new());
            for column in &question.columns {
                let cell = row.get(&column.name).cloned().unwrap_or_default();
                match scheme.privacy(question, column, row) {
                    Privacy::Open => put(&mut shown, &column.name, cell),
                    Privacy::Masked | Privacy::Personal => put(&mut hidden, &column.name, cell),
                }
            }
            put(&mut shown, "key", row.key().into());
            open.push(Value::Object(shown));
            if !hidden.is_empty() {
                put(&mut hidden, "key", row.key().into());
                persons.push(Value::Object(hidden));
            }
        }
        // A table without rows is an answer (无).
        self.open.insert(code.to_owned(), Value::Array(open));
        if !persons.is_empty() {
            self.persons.insert(code.to_owned(), Value::Array(persons));
        }
        self
    }

    /// As it is hashed: the keys of maps stand in their order.
    #[must_use]
    pub fn canonical(&self) -> String {
        json!([self.open, self.persons]).to_string()
    }

    /// The fields in which two contents differ.
    #[must_use]
    pub fn differing(&self, other: &Self) -> Vec<String> {
        let maps = [&self.open, &self.persons, &other.open, &other.persons];
        let fields: BTreeSet<&String> = maps.into_iter().flat_map(Map::keys).collect();
        let differs = |field: &&&String| {
            self.open.get(**field) != other.open.get(**field)
                || self.persons.get(**field) != other.persons.get(**field)
        };
        fields
            .iter()
            .filter(differs)
            .map(|field| (**field).clone())
            .collect()
    }

    /// As answers again, for pages; what is of persons only for who may read it.
    #[must_use]
    pub fn answers(&self, persons: bool) -> Answers {
        let mut answers = Answers(self.open.clone().into_iter().collect());
        for (code, hidden) in self.persons.iter().filter(|_| persons) {
            let merged = match (answers.get(code), hidden) {
                (Some(Value::Array(open)), Value::Array(hidden)) => merged(open, hidden),
                _ => hidden.clone(),
            };
            answers.set(code, Some(merged));
        }
        answers
    }

    /// A field as a text, for pages.
    #[must_use]
    pub fn text(&self, field: &str, persons: bool) -> String {
        let value = self.open.get(field);
        let value = value.or_else(|| self.persons.get(field).filter(|_| persons));
        value.map_or_else(String::new, words)
    }
}

fn put(map: &mut Map<String, Value>, field: &str, value: Value) {
    let blank = match &value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    };
    if !blank {
        map.insert(field.to_owned(), value);
    }
}

/// Rows with their hidden cells again.
fn merged(open: &[Value], hidden: &[Value]) -> Value {
    let cells = |row: &Value| {
        let same = hidden
            .iter()
            .find(|other| other.get("key") == row.get("key"));
        let mut cells = row.as_object().cloned().unwrap_or_default();
        cells.extend(same.and_then(Value::as_object).cloned().unwrap_or_default());
        Value::Object(cells)
    };
    open.iter().map(cells).collect()
}

/// A value as people read it.
#[must_use]
pub fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(rows) => rows.iter().map(words).collect::<Vec<_>>().join("；"),
        Value::Object(cells) => {
            // Keys of rows say nothing to people.
            let counts = |name: &String, value: &Value| {
                name != "key" && !(name == "number" && value.is_number())
            };
            let cells = cells.iter().filter(|(name, value)| counts(name, value));
            cells
                .map(|(_, value)| words(value))
                .collect::<Vec<_>>()
                .join("，")
        }
    }
}
