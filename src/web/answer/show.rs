//! Answers → text for reading pages, and → the values of a form.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use crate::scheme::conditions::counter;
use crate::scheme::survey::label_of;
use crate::scheme::{AnswerType, Answers, Choice, Question};

use super::money;

/// Whether a cell is a day, which never breaks over two lines.
#[must_use]
pub fn is_date(cell: &str) -> bool {
    cell.parse::<NaiveDate>().is_ok()
}

/// An answer on a reading page.
#[derive(Debug, Clone)]
pub struct ShownAnswer {
    /// The question's code.
    pub code: String,
    /// What was asked.
    pub label: String,
    /// The answer in words; empty for tables.
    pub text: String,
    /// Headings of a table.
    pub heads: Vec<String>,
    /// Rows of a table.
    pub rows: Vec<Vec<String>>,
    /// The question is answered.
    pub answered: bool,
}

/// Whether any of these is said in words, outside of tables.
pub fn has_words<'a>(mut shown: impl Iterator<Item = &'a ShownAnswer>) -> bool {
    shown.any(|answer| answer.rows.is_empty())
}

/// The answers of the questions that are asked, in words.
#[must_use]
pub fn shown(
    questions: &[Question],
    answers: &Answers,
    departments: &[Choice],
) -> Vec<ShownAnswer> {
    questions
        .iter()
        .filter(|question| question.shown(answers))
        .map(|question| shown_answer(question, answers, departments))
        .collect()
}

fn shown_answer(question: &Question, answers: &Answers, departments: &[Choice]) -> ShownAnswer {
    let value = answers.get(question.code());
    let mut shown = ShownAnswer {
        code: question.code().to_owned(),
        label: question.label.clone(),
        text: String::new(),
        heads: Vec::new(),
        rows: Vec::new(),
        answered: value.is_some() || question.kind == AnswerType::Total,
    };
    match (question.kind, value) {
        (AnswerType::Total, _) => shown.text = total(question, answers).to_string(),
        (_, None) => shown.text = "—".to_owned(),
        (AnswerType::Rows, Some(Value::Array(rows))) if rows.is_empty() => {
            shown.text = question.nil.clone().unwrap_or_else(|| "无".to_owned());
        }
        (AnswerType::Rows, Some(Value::Array(rows))) => {
            // Columns that no row fills only take room.
            let used: Vec<_> = question
                .columns
                .iter()
                .filter(|column| rows.iter().any(|row| row.get(&column.name).is_some()))
                .collect();
            shown.heads = used.iter().map(|column| column.label.clone()).collect();
            shown.rows = rows
                .iter()
                .map(|row| {
                    used.iter()
                        .map(|column| {
                            row.get(&column.name).map_or_else(String::new, |value| {
                                words(value, column.kind, &column.options, departments)
                            })
                        })
                        .collect()
                })
                .collect();
        }
        (kind, Some(value)) => shown.text = words(value, kind, &question.options, departments),
    }
    shown
}

/// The last characters of what not everybody may read whole.
#[must_use]
pub fn masked(text: &str) -> String {
    let length = text.chars().count();
    let tail: String = text.chars().skip(length.saturating_sub(4)).collect();
    if text.is_empty() {
        String::new()
    } else {
        format!("****{tail}")
    }
}

/// The value of a computed count.
#[must_use]
pub fn total(question: &Question, answers: &Answers) -> i64 {
    match &question.named {
        Some(name) => counter(name, answers),
        None => question
            .of
            .iter()
            .filter_map(|code| answers.number(code))
            .sum(),
    }
}

/// A value in words.
#[must_use]
pub fn words(
    value: &Value,
    kind: AnswerType,
    options: &[Choice],
    departments: &[Choice],
) -> String {
    let label = |text: &str| label_of(options, label_of(departments, text)).to_owned();
    match (kind, value) {
        (AnswerType::Money, Value::Number(_)) => {
            value.as_i64().map_or_else(String::new, money::show)
        }
        (AnswerType::Area, Value::Number(_)) => value
            .as_i64()
            .map_or_else(String::new, money::show_hundredths),
        (_, Value::Bool(yes)) => if *yes { "是" } else { "否" }.to_owned(),
        (_, Value::String(text)) => label(text),
        (_, Value::Array(values)) => values
            .iter()
            .filter_map(Value::as_str)
            .map(label)
            .collect::<Vec<_>>()
            .join("、"),
        (_, other) => other.to_string(),
    }
}

/// The values of a form that shows these answers.
#[must_use]
pub fn fill(questions: &[Question], answers: &Answers) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for question in questions.iter().filter(|question| question.is_asked()) {
        let code = question.code();
        match (question.kind, answers.get(code)) {
            (AnswerType::Rows, Some(Value::Array(rows))) => {
                if rows.is_empty() {
                    fields.push((format!("{code}.nil"), "yes".to_owned()));
                }
                for row in rows.iter().filter_map(Value::as_object) {
                    fill_row(question, row, &mut fields);
                }
            }
            (kind, Some(value)) => typed(code, value, kind, &mut fields),
            (_, None) => {}
        }
    }
    fields
}

fn fill_row(question: &Question, row: &Map<String, Value>, fields: &mut Vec<(String, String)>) {
    let key = row.get("key").and_then(Value::as_str).unwrap_or("0");
    for column in &question.columns {
        if let Some(value) = row.get(&column.name) {
            let name = format!("{}.{key}.{}", question.code(), column.name);
            typed(&name, value, column.kind, fields);
        }
    }
}

fn typed(name: &str, value: &Value, kind: AnswerType, fields: &mut Vec<(String, String)>) {
    let text = match (kind, value) {
        (AnswerType::Money, _) => value.as_i64().map_or_else(String::new, money::show),
        (AnswerType::Area, _) => value
            .as_i64()
            .map_or_else(String::new, money::show_hundredths),
        (_, Value::Bool(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
        (_, Value::String(text)) => text.clone(),
        (_, Value::Array(values)) => {
            for value in values.iter().filter_map(Value::as_str) {
                fields.push((name.to_owned(), value.to_owned()));
            }
            return;
        }
        (_, other) => other.to_string(),
    };
    fields.push((name.to_owned(), text));
}
