//! People, a row each of the table of people in posts.

use std::slice::from_ref;

use serde_json::{Map, Value};

use crate::scheme::persons::PEOPLE;
use crate::scheme::{Answers, Privacy, Question};
use crate::web::Form;
use crate::web::answer::read::ROWS;
use crate::web::answer::{names, questions, show};
use crate::web::form::FieldError;

use super::{Asked, Change, Difference, Edit, Typed, difference, fields};

/// The column of a person's name.
const NAME: &str = "name";
const NAMELESS: &str = "缺姓名，请填写。";
const GONE: &str = "工作簿下载之后，这个人已从人员登记表中删去。不再登记的，请删去本行；仍要登记的，请将系统编号留空，按新增人员填写。";

/// The field of a column of the table.
#[must_use]
pub fn person_key(column: &str) -> String {
    format!("{PEOPLE}.{column}")
}

/// Checks a row with one person of one association: somebody of that name reads otherwise, or
/// comes in. Nobody goes because a list is silent of them.
pub fn check_person(
    typed: &Typed,
    before: &Answers,
    asked: &Asked<'_>,
) -> Result<Change, Vec<FieldError>> {
    let Some(question) = asked.scheme.question(PEOPLE) else {
        return Ok(Change::default());
    };
    let (stood, number) = meant(typed, before, question)?;
    let mut typed = typed.clone();
    if stood.is_some() {
        // Who is known by their name keeps it as it stands.
        typed.remove(&person_key(NAME));
    }
    change(&typed, (stood.as_ref(), number), (question, asked))
}

/// Checks a row with the person whose number among the people a workbook of ours says, whatever
/// it calls them now: who is called otherwise is the same person. A row that says nothing of
/// somebody who was taken away meanwhile brings nobody back.
pub fn check_listed(
    typed: &Typed,
    key: &str,
    before: &Answers,
    asked: &Asked<'_>,
) -> Result<Change, Vec<FieldError>> {
    let Some(question) = asked.scheme.question(PEOPLE) else {
        return Ok(Change::default());
    };
    let mut columns = question.columns.iter();
    if !columns.any(|column| typed.contains_key(&person_key(&column.name))) {
        return Ok(Change::default());
    }
    let listed = rows(before).into_iter();
    let mut listed = listed.filter(|row| row.get("key").and_then(Value::as_str) == Some(key));
    let Some(stood) = listed.next() else {
        return Err(fault(question, NAME, GONE));
    };
    if said(typed, NAME).is_some_and(str::is_empty) {
        return Err(fault(question, NAME, NAMELESS));
    }
    let number = number(stood).unwrap_or(0);
    change(typed, (Some(stood), number), (question, asked))
}

/// What a row makes of a person, or that there is one more.
fn change(
    typed: &Typed,
    (stood, number): (Option<&Cells>, u32),
    (question, asked): (&Question, &Asked<'_>),
) -> Result<Change, Vec<FieldError>> {
    let row = read(typed, (stood, number), (question, asked))?;
    if stood == Some(&row) {
        return Ok(Change::default());
    }
    let differences = match stood {
        None => vec![Difference {
            field: person_key(NAME),
            label: question.label.clone(),
            before: String::new(),
            after: "增加1人".to_owned(),
        }],
        Some(stood) => differences((stood, &row), question, asked),
    };
    Ok(Change {
        edits: vec![Edit::Row(PEOPLE.to_owned(), row)],
        differences,
    })
}

fn fault(question: &Question, column: &str, message: impl Into<String>) -> Vec<FieldError> {
    let label = question.column(column).map(|column| column.label.clone());
    vec![FieldError {
        name: person_key(column),
        label: label.unwrap_or_default(),
        message: message.into(),
    }]
}

type Cells = Map<String, Value>;

/// The people who are listed.
fn rows(before: &Answers) -> Vec<&Cells> {
    let rows = match before.get(PEOPLE) {
        Some(Value::Array(rows)) => rows.as_slice(),
        _ => &[],
    };
    rows.iter().filter_map(Value::as_object).collect()
}

fn number(row: &Cells) -> Option<u32> {
    row.get("key").and_then(Value::as_str)?.parse().ok()
}

/// What a row says in a column.
fn said<'t>(typed: &'t Typed, column: &str) -> Option<&'t str> {
    typed.get(&person_key(column)).map(|said| said.trim())
}

/// The row of the person, where there is one, and its number; somebody new has the next one,
/// which was nobody's.
fn meant(
    typed: &Typed,
    before: &Answers,
    question: &Question,
) -> Result<(Option<Cells>, u32), Vec<FieldError>> {
    let name = said(typed, NAME).unwrap_or_default();
    if name.is_empty() {
        return Err(fault(question, NAME, NAMELESS));
    }
    let rows = rows(before);
    let key = names::key(name);
    let like = |row: &&&Cells| {
        let known = row.get(NAME).and_then(Value::as_str);
        known.is_some_and(|known| names::key(known) == key)
    };
    let found: Vec<&&Cells> = rows.iter().filter(like).collect();
    match found.as_slice() {
        [] if rows.len() >= ROWS => {
            let what = format!("人员登记表最多{ROWS}行，请核对。");
            Err(fault(question, NAME, what))
        }
        [] => {
            let last = rows.iter().filter_map(|row| number(row)).max();
            Ok((None, last.map_or(1, |last| last.saturating_add(1))))
        }
        [one] => Ok((Some(Cells::clone(one)), number(one).unwrap_or(0))),
        several => {
            let what = format!(
                "本协会的人员登记表中有{}人叫{name}，无法确定是哪一位，请在填报页面填写。",
                several.len()
            );
            Err(fault(question, NAME, what))
        }
    }
}

fn read(
    typed: &Typed,
    (stood, number): (Option<&Cells>, u32),
    (question, asked): (&Question, &Asked<'_>),
) -> Result<Cells, Vec<FieldError>> {
    let mut one = Answers::default();
    let rows = stood.map(|row| Value::Array(vec![Value::Object(row.clone())]));
    one.set(PEOPLE, rows);
    let mut form = questions::fill(from_ref(question), &one);
    for column in &question.columns {
        let Some(said) = typed.get(&person_key(&column.name)) else {
            continue;
        };
        let name = format!("{PEOPLE}.{number}.{}", column.name);
        form.retain(|(known, _)| *known != name);
        form.extend(fields(&name, said, column.kind));
    }
    let mut form = Form::filled(form);
    let read = questions::read(&mut form, from_ref(question), asked.departments);
    let errors: Vec<FieldError> = form
        .errors()
        .iter()
        .map(|error| FieldError {
            name: person_key(error.name.rsplit('.').next().unwrap_or(NAME)),
            ..error.clone()
        })
        .collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let row = read.get(PEOPLE).and_then(|rows| rows.get(0));
    let row = row.and_then(Value::as_object).cloned();
    Ok(row.unwrap_or_default())
}

fn differences(
    (stood, row): (&Cells, &Cells),
    question: &Question,
    asked: &Asked<'_>,
) -> Vec<Difference> {
    let mut found = Vec::new();
    for column in &question.columns {
        let (was, is) = (stood.get(&column.name), row.get(&column.name));
        if was == is {
            continue;
        }
        let words =
            |value: &Value| show::words(value, column.kind, &column.options, asked.departments);
        let privacy: Privacy = question.privacy.max(column.privacy);
        let said = [was.map(words), is.map(words)];
        let field = person_key(&column.name);
        found.push(difference(&field, column.label.clone(), (privacy, said)));
    }
    found
}
