//! A form → answers. What cannot be read gets a message beside its field; what
//! is blank is not answered. Rows are named `SV-20.<number>.<column>`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::scheme::{AnswerType, Answers, Choice, Column, Question};
use crate::web::Form;

use super::{count, date, money, text};

/// Most rows of a table in one form (security.md B22).
pub const ROWS: usize = 500;

/// Reads the questions' answers; whatever could not be read is left out and has
/// its message in the form.
pub fn read(form: &mut Form, questions: &[Question], departments: &[Choice]) -> Answers {
    let mut answers = Answers::default();
    for question in questions {
        let value = match question.kind {
            // Computed, never sent; a client that sends it is not believed.
            _ if !question.is_asked() => {
                form.knows(question.code());
                None
            }
            AnswerType::Rows => rows(form, question, departments),
            _ => {
                let offered = offered(&question.options, question.kind, departments);
                let what = What {
                    name: question.code(),
                    label: &question.label,
                    kind: question.kind,
                    max: question.max(),
                };
                cell(form, &what, &offered)
            }
        };
        answers.set(question.code(), value);
    }
    for sum in questions.iter().filter(|question| question.is_sum()) {
        let value = answers.sum(&sum.of).map(Value::from);
        answers.set(sum.code(), value);
    }
    answers
}

struct What<'a> {
    name: &'a str,
    label: &'a str,
    kind: AnswerType,
    max: usize,
}

fn offered<'a>(options: &'a [Choice], kind: AnswerType, departments: &'a [Choice]) -> Vec<&'a str> {
    let departments = if kind == AnswerType::Department {
        departments
    } else {
        &[]
    };
    options
        .iter()
        .chain(departments)
        .map(|choice| choice.value.as_str())
        .collect()
}

fn cell(form: &mut Form, what: &What<'_>, offered: &[&str]) -> Option<Value> {
    if what.kind == AnswerType::Choices {
        let chosen = form.ticks(what.name, what.label, offered);
        return (!chosen.is_empty()).then(|| json!(chosen));
    }
    form.knows(what.name);
    let typed = form.value(what.name);
    match parse(&typed, what, offered) {
        Ok(value) => value,
        Err(message) => {
            form.fail(what.name, what.label, message);
            None
        }
    }
}

fn parse(typed: &str, what: &What<'_>, offered: &[&str]) -> Result<Option<Value>, String> {
    Ok(match what.kind {
        AnswerType::Text | AnswerType::Longtext => text::parse(typed, what.max)?.map(Value::from),
        AnswerType::Money => money::parse(typed)?.map(Value::from),
        AnswerType::Area => money::parse_area(typed)?.map(Value::from),
        AnswerType::Count => count::parse(typed)?.map(Value::from),
        AnswerType::Date => date::parse(typed)?.map(|date| Value::from(date.to_string())),
        AnswerType::YesNo => match typed {
            "" => None,
            "yes" => Some(Value::Bool(true)),
            "no" => Some(Value::Bool(false)),
            _ => return Err("选项无效，请选择“是”或“否”。".to_owned()),
        },
        AnswerType::Choice | AnswerType::Department => match typed {
            "" => None,
            chosen if offered.contains(&chosen) => Some(Value::from(chosen)),
            _ => return Err("选项无效，请从所列选项中选择。".to_owned()),
        },
        AnswerType::Choices | AnswerType::Rows | AnswerType::Total => None,
    })
}

/// Numbers of the rows of a table in a form, in order.
#[must_use]
pub fn numbers(form: &Form, code: &str) -> Vec<u32> {
    let prefix = format!("{code}.");
    let numbers: BTreeSet<u32> = form
        .fields()
        .iter()
        .filter_map(|(name, _)| name.strip_prefix(&prefix)?.split_once('.')?.0.parse().ok())
        .collect();
    numbers.into_iter().collect()
}

fn rows(form: &mut Form, question: &Question, departments: &[Choice]) -> Option<Value> {
    let code = question.code();
    let none = question.nil.is_some() && form.tick(&format!("{code}.nil"));
    let numbers = numbers(form, code);
    if numbers.len() > ROWS {
        form.fail(code, &question.label, format!("一次最多{ROWS}行。"));
        return None;
    }
    let mut rows = Vec::new();
    for number in numbers {
        let mut row = Map::new();
        for column in &question.columns {
            let name = format!("{code}.{number}.{}", column.name);
            if let Some(value) = row_cell(form, (&name, column), departments) {
                row.insert(column.name.clone(), value);
            }
        }
        if !row.is_empty() {
            row.insert("key".to_owned(), Value::from(number.to_string()));
            rows.push(Value::Object(row));
        }
    }
    if none && !rows.is_empty() {
        let label = question.nil.as_deref().unwrap_or_default();
        form.fail(
            code,
            &question.label,
            format!("已勾选“{label}”，请删去所填的行，或取消勾选。"),
        );
        return None;
    }
    (none || !rows.is_empty()).then_some(Value::Array(rows))
}

fn row_cell(
    form: &mut Form,
    (name, column): (&str, &Column),
    departments: &[Choice],
) -> Option<Value> {
    let offered = offered(&column.options, column.kind, departments);
    let what = What {
        name,
        label: &column.label,
        kind: column.kind,
        max: 500,
    };
    cell(form, &what, &offered)
}
