//! What can be wrong with one question or one condition.

use crate::scheme::Scheme;
use crate::scheme::conditions::{self, Condition};
use crate::scheme::survey::{AnswerType, Choice, Question};

pub(super) fn question_problems(question: &Question) -> Vec<String> {
    let mut wrong = Vec::new();
    let choice = matches!(question.kind, AnswerType::Choice | AnswerType::Choices);
    if choice && question.options.is_empty() {
        wrong.push("a choice needs options".to_owned());
    }
    if (question.kind == AnswerType::Rows) == question.columns.is_empty() {
        wrong.push("a table needs columns, and nothing else has them".to_owned());
    }
    for column in &question.columns {
        if matches!(column.kind, AnswerType::Rows | AnswerType::Total) {
            wrong.push(format!(
                "column {} may not be a table or total",
                column.name
            ));
        }
        if matches!(column.kind, AnswerType::Choice | AnswerType::Choices)
            && column.options.is_empty()
        {
            wrong.push(format!("column {} needs options", column.name));
        }
    }
    wrong
}

/// What is wrong with a condition: unknown codes, values or columns, types that do not fit.
pub(super) fn condition_problems(scheme: &Scheme, condition: &Condition, wrong: &mut Vec<String>) {
    match condition {
        Condition::Always => {}
        Condition::Is(code, value)
        | Condition::IsNot(code, value)
        | Condition::Includes(code, value) => match scheme.question(code) {
            None => wrong.push(format!("no question has the code {code}")),
            Some(question) if !offers(question.kind, &question.options, value) => {
                wrong.push(format!("{code} does not offer {value}"));
            }
            Some(_) => {}
        },
        Condition::Over(code, _) | Condition::Answered(code) | Condition::AnyRow(code) => {
            if scheme.question(code).is_none() {
                wrong.push(format!("no question has the code {code}"));
            }
        }
        Condition::Row(parts) => {
            match parts.as_slice() {
                [code, column, values @ ..] => {
                    let found = scheme
                        .question(code)
                        .and_then(|question| question.column(column));
                    match found {
                        None => wrong.push(format!("no table {code} with a column {column}")),
                        Some(column) => {
                            let strange = values
                                .iter()
                                .filter(|value| !offers(column.kind, &column.options, value));
                            wrong.extend(strange.map(|value| {
                                format!("{code}.{} does not offer {value}", column.name)
                            }));
                        }
                    }
                }
                _ => wrong.push("row needs a code, a column and values".to_owned()),
            }
        }
        Condition::All(inner) | Condition::Any(inner) => {
            for condition in inner {
                condition_problems(scheme, condition, wrong);
            }
        }
        Condition::Not(inner) => condition_problems(scheme, inner, wrong),
        Condition::Named(name) => {
            if !conditions::NAMED.iter().any(|(known, _, _)| known == name) {
                wrong.push(format!("no condition is named {name}"));
            }
        }
    }
}

fn offers(kind: AnswerType, options: &[Choice], value: &str) -> bool {
    match kind {
        AnswerType::YesNo => matches!(value, "yes" | "no"),
        AnswerType::Choice | AnswerType::Choices => {
            options.iter().any(|option| option.value == value)
        }
        AnswerType::Department | AnswerType::Text => true,
        _ => false,
    }
}
