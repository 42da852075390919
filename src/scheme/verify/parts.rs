//! What can be wrong with one question or one condition.

use std::collections::BTreeSet;

use crate::scheme::Scheme;
use crate::scheme::conditions::{self, Condition, Function};
use crate::scheme::persons::TABLES;
use crate::scheme::survey::{AnswerType, Choice, Privacy, Question};

pub(super) fn question_problems(question: &Question) -> Vec<String> {
    let mut wrong = Vec::new();
    let table = question.kind == AnswerType::Rows;
    // What is picked from what there is has its options when it is asked.
    let picked = question.keeps == "problems";
    if offered(question.kind) && question.options.is_empty() && !picked {
        wrong.push("a choice needs options".to_owned());
    }
    if !offered(question.kind)
        && question.kind != AnswerType::Department
        && !question.options.is_empty()
    {
        wrong.push("only choices and departments have options".to_owned());
    }
    if table == question.columns.is_empty() {
        wrong.push("a table needs columns, and nothing else has them".to_owned());
    }
    if !table && (question.nil.is_some() || question.min_rows > 0) {
        wrong.push("only a table has nil and min_rows".to_owned());
    }
    let total = question.kind == AnswerType::Total;
    let counts = !question.of.is_empty() || question.named.is_some();
    let adds = matches!(question.kind, AnswerType::Money | AnswerType::Count);
    if total && !counts || !total && question.named.is_some() || !(total || adds) && counts {
        wrong.push("a total needs of or named, a sum of; nothing else has them".to_owned());
    }
    twice(&question.options, "", &mut wrong);
    column_problems(question, &mut wrong);
    privacy_problems(question, &mut wrong);
    wrong
}

/// Whose items are about people is known by the code of their table (`persons::TABLES`):
/// a table of people that is not marked so would be read by everybody.
fn privacy_problems(question: &Question, wrong: &mut Vec<String>) {
    let is_of_people = TABLES.contains(&question.code());
    let is_marked = question.kind == AnswerType::Rows && question.privacy == Privacy::Personal;
    if is_of_people != is_marked {
        wrong.push("a table of people is marked `privacy = \"personal\"`, and no other".to_owned());
    }
    if question.of_items && question.column("item").is_none() {
        wrong.push("a table of items has a column `item`".to_owned());
    }
}

fn column_problems(question: &Question, wrong: &mut Vec<String>) {
    let mut seen = BTreeSet::from(["key"]);
    for column in &question.columns {
        let name = column.name.as_str();
        if !seen.insert(name) {
            wrong.push(format!("column {name} stands twice (key is the row's own)"));
        }
        if matches!(column.kind, AnswerType::Rows | AnswerType::Total) {
            wrong.push(format!("column {name} may not be a table or total"));
        }
        if offered(column.kind) && column.options.is_empty() {
            wrong.push(format!("column {name} needs options"));
        }
        twice(&column.options, &format!("column {name}: "), wrong);
    }
}

fn twice(options: &[Choice], place: &str, wrong: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for option in options {
        if !seen.insert(option.value.as_str()) {
            wrong.push(format!("{place}option {} stands twice", option.value));
        }
    }
}

/// What is wrong with a condition: unknown codes, values or columns, types that do
/// not fit. Only a measure's condition may depend on the day.
pub(super) fn condition_problems(
    scheme: &Scheme,
    condition: &Condition,
    dated: bool,
    wrong: &mut Vec<String>,
) {
    match condition {
        // The last two are made by loading, after this check.
        Condition::Always | Condition::PaidIn(_) | Condition::PaidSince(_) => {}
        Condition::Is(code, value) | Condition::IsNot(code, value) => {
            let single = |kind| kind != AnswerType::Choices;
            if let Some(question) = fitting(scheme, code, single, "one value", wrong)
                && !offers(scheme, question.kind, &question.options, value)
            {
                wrong.push(format!("{code} does not offer {value}"));
            }
        }
        Condition::Includes(code, value) => {
            let several = |kind| kind == AnswerType::Choices;
            if let Some(question) = fitting(scheme, code, several, "several values", wrong)
                && !offers(scheme, question.kind, &question.options, value)
            {
                wrong.push(format!("{code} does not offer {value}"));
            }
        }
        Condition::Over(code, _) => {
            let number = |kind| {
                matches!(
                    kind,
                    AnswerType::Money | AnswerType::Area | AnswerType::Count
                )
            };
            fitting(scheme, code, number, "a number", wrong);
        }
        Condition::AnyRow(code) => {
            fitting(scheme, code, |kind| kind == AnswerType::Rows, "rows", wrong);
        }
        Condition::Answered(code) => {
            let asked = |kind| kind != AnswerType::Total;
            fitting(scheme, code, asked, "an answer", wrong);
        }
        Condition::Row(parts) => row_problems(scheme, parts, wrong),
        Condition::All(inner) | Condition::Any(inner) => {
            for condition in inner {
                condition_problems(scheme, condition, dated, wrong);
            }
        }
        Condition::Not(inner) => condition_problems(scheme, inner, dated, wrong),
        Condition::Named(name) => named_problems(scheme, name, dated, wrong),
    }
}

fn named_problems(scheme: &Scheme, name: &str, dated: bool, wrong: &mut Vec<String>) {
    let Some((_, reads, function)) = conditions::NAMED
        .iter()
        .find(|(known, _, _)| *known == name)
    else {
        wrong.push(format!("no condition is named {name}"));
        return;
    };
    if matches!(function, Function::Dated(_)) && !dated {
        wrong.push(format!(
            "{name} depends on the day and is for measures only"
        ));
    }
    for code in *reads {
        if scheme.question(code).is_none() {
            wrong.push(format!("{name} reads {code}, which is no question"));
        }
    }
}

fn row_problems(scheme: &Scheme, parts: &[String], wrong: &mut Vec<String>) {
    let [code, column, values @ ..] = parts else {
        wrong.push("row needs a code, a column and values".to_owned());
        return;
    };
    match scheme.question(code) {
        Some(question) if question.kind == AnswerType::Rows => {
            fitting_values(question, column, values, wrong);
        }
        _ => wrong.push(format!("no table {code} with a column {column}")),
    }
}

/// The values are on offer in the table's column, and there is at least one.
pub(super) fn fitting_values(
    question: &Question,
    column: &str,
    values: &[String],
    wrong: &mut Vec<String>,
) {
    let table = question.code();
    let Some(found) = question.column(column) else {
        wrong.push(format!("no table {table} with a column {column}"));
        return;
    };
    if values.is_empty() {
        wrong.push(format!("{table}.{column} needs values"));
    }
    for value in values {
        let offered = match found.kind {
            AnswerType::YesNo => matches!(value.as_str(), "yes" | "no"),
            AnswerType::Text | AnswerType::Department => true,
            _ => found.options.iter().any(|option| option.value == *value),
        };
        if !offered {
            wrong.push(format!("{table}.{column} does not offer {value}"));
        }
    }
}

/// The question, if its kind of answer fits.
fn fitting<'a>(
    scheme: &'a Scheme,
    code: &str,
    fits: impl Fn(AnswerType) -> bool,
    needed: &str,
    wrong: &mut Vec<String>,
) -> Option<&'a Question> {
    let Some(question) = scheme.question(code) else {
        wrong.push(format!("no question has the code {code}"));
        return None;
    };
    if !fits(question.kind) {
        wrong.push(format!("{code} does not take {needed}"));
        return None;
    }
    Some(question)
}

/// Whether the kind of answer takes values from options.
pub(super) const fn offered(kind: AnswerType) -> bool {
    matches!(kind, AnswerType::Choice | AnswerType::Choices)
}

fn offers(scheme: &Scheme, kind: AnswerType, options: &[Choice], value: &str) -> bool {
    let among = options.iter().any(|option| option.value == value);
    match kind {
        AnswerType::YesNo => matches!(value, "yes" | "no"),
        AnswerType::Choice | AnswerType::Choices => among,
        AnswerType::Department => {
            among
                || scheme
                    .campaign
                    .departments
                    .iter()
                    .any(|department| department.code.get_ref() == value)
        }
        AnswerType::Text => true,
        _ => false,
    }
}
