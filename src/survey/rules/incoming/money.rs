//! Money by year and class, a column each: rows of one table.

use std::slice::from_ref;

use serde_json::Value;

use crate::scheme::appropriation::MONEY;
use crate::scheme::survey::label_of;
use crate::scheme::{Answers, Question};
use crate::web::Form;
use crate::web::answer::money;
use crate::web::answer::questions;
use crate::web::form::FieldError;

use super::{Change, Difference, Edit, Typed, difference};

/// The classes of money that have a column each: direct money (三(三)).
pub const CLASSES: [&str; 2] = ["basic", "project"];

/// The field of the money of a year and a class.
#[must_use]
pub fn amount_key(year: &str, class: &str) -> String {
    format!("{MONEY}:{year}:{class}")
}

/// The fields that a table of money has, with their labels: `SV-46:2018:basic`.
#[must_use]
pub fn amounts(question: &Question) -> Vec<(String, String)> {
    let options = |column: &str| question.column(column).map(|column| &column.options);
    let (Some(years), Some(classes)) = (options("year"), options("class")) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for year in years {
        for class in CLASSES {
            let (of, class_label) = (&year.label, label_of(classes, class));
            let label = format!("{of}年{class_label}拨款（万元）");
            found.push((amount_key(&year.value, class), label));
        }
    }
    found
}

/// A column of money with what a row says in it.
struct Given<'a> {
    field: String,
    label: String,
    year: &'a str,
    class: &'a str,
    said: &'a str,
}

impl Given<'_> {
    fn is_zero(&self) -> bool {
        matches!(money::parse(self.said), Ok(Some(0)))
    }
}

/// The numbers of the rows of a year and a class.
fn numbers<'r>(answers: &'r Answers, given: &Given<'_>) -> Vec<&'r str> {
    let rows = answers.rows(MONEY).into_iter();
    rows.filter(|row| row.text("year") == Some(given.year))
        .filter(|row| row.text("class") == Some(given.class))
        .map(|row| row.key())
        .collect()
}

/// Reads the columns of money that a row has.
pub(super) fn check(
    question: &Question,
    typed: &Typed,
    before: &Answers,
    (change, errors): (&mut Change, &mut Vec<FieldError>),
) {
    let columns = amounts(question);
    let given: Vec<Given<'_>> = columns
        .iter()
        .filter_map(|(field, label)| {
            let said = typed.get(field)?;
            let (year, class) = parts(field)?;
            Some(Given {
                field: field.clone(),
                label: label.clone(),
                year,
                class,
                said: said.trim(),
            })
        })
        .collect();
    if given.is_empty() {
        return;
    }
    match read(question, &given, before) {
        Ok(after) if Some(&after) == before.get(MONEY) => {}
        Ok(after) => note(question, &given, before, (after, change)),
        Err(found) => errors.extend(found),
    }
}

fn parts(field: &str) -> Option<(&str, &str)> {
    field
        .strip_prefix(MONEY)?
        .strip_prefix(':')?
        .split_once(':')
}

/// The table once the columns were typed into it; null where it is not answered.
fn read(
    question: &Question,
    given: &[Given<'_>],
    before: &Answers,
) -> Result<Value, Vec<FieldError>> {
    let mut fields = questions::fill(from_ref(question), before);
    let nil = format!("{MONEY}.nil");
    let had_nil = fields.iter().any(|(name, _)| *name == nil);
    fields.retain(|(name, _)| *name != nil);
    let keys = before.rows(MONEY).into_iter();
    let last: Option<u32> = keys.filter_map(|row| row.key().parse().ok()).max();
    let mut next = last.map_or(1, |last| last.saturating_add(1));
    let mut errors = Vec::new();
    for each in given {
        match (numbers(before, each).as_slice(), each.said) {
            ([], "") => {}
            ([], _) if each.is_zero() => {}
            ([], said) => {
                for (column, value) in
                    [("year", each.year), ("class", each.class), ("amount", said)]
                {
                    fields.push((format!("{MONEY}.{next}.{column}"), value.to_owned()));
                }
                next = next.saturating_add(1);
            }
            ([number], "") => {
                let row = format!("{MONEY}.{number}.");
                fields.retain(|(name, _)| !name.starts_with(&row));
            }
            ([number], said) => {
                let amount = format!("{MONEY}.{number}.amount");
                fields.retain(|(name, _)| *name != amount);
                fields.push((amount, said.to_owned()));
            }
            _ => errors.push(FieldError {
                name: each.field.clone(),
                label: each.label.clone(),
                message: "摸底调查中这一年这一类拨款有多行，无法确定改哪一行，请在填报页面填写。"
                    .to_owned(),
            }),
        }
    }
    if fields.is_empty() && (had_nil || given.iter().any(Given::is_zero)) {
        fields.push((nil, "yes".to_owned()));
    }
    let mut form = Form::filled(fields);
    let read = questions::read(&mut form, from_ref(question), &[]);
    errors.extend(form.errors().iter().map(|error| {
        FieldError {
            // Which column it is about the message tells.
            name: given
                .first()
                .map_or_else(String::new, |each| each.field.clone()),
            ..error.clone()
        }
    }));
    if errors.is_empty() {
        Ok(read.get(MONEY).cloned().unwrap_or_default())
    } else {
        Err(errors)
    }
}

fn note(
    question: &Question,
    given: &[Given<'_>],
    before: &Answers,
    (after, change): (Value, &mut Change),
) {
    if after.is_null() && !before.has(MONEY) {
        return;
    }
    let edit = Edit::Answer(MONEY.to_owned(), (!after.is_null()).then_some(after));
    let mut then = before.clone();
    edit.put(&mut then);
    let amount = |answers: &Answers, given: &Given<'_>| {
        let rows = answers.rows(MONEY).into_iter();
        let mut rows = rows.filter(|row| {
            row.text("year") == Some(given.year) && row.text("class") == Some(given.class)
        });
        rows.find_map(|row| row.number("amount")).map(money::show)
    };
    for each in given {
        let said = [amount(before, each), amount(&then, each)];
        if said.first() != said.last() {
            let told = difference(&each.field, each.label.clone(), (question.privacy, said));
            change.differences.push(told);
        }
    }
    let nil = |answers: &Answers| {
        let rows = answers.get(MONEY).and_then(Value::as_array);
        let nil = rows.is_some_and(Vec::is_empty);
        nil.then(|| question.nil.clone().unwrap_or_else(|| "无".to_owned()))
    };
    let (was, is) = (nil(before), nil(&then));
    if was != is {
        change.differences.push(Difference {
            field: given
                .first()
                .map_or_else(String::new, |each| each.field.clone()),
            label: question.label.clone(),
            before: was.unwrap_or_default(),
            after: is.unwrap_or_default(),
        });
    }
    change.edits.push(edit);
}
