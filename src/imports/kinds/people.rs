//! Rows of the survey's table of people, one for each person.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::database::Db;
use crate::ids::AssociationId;
use crate::imports::rules::keys::{CERTIFICATE, CODE, NAME};
use crate::imports::rules::merging::ROW;
use crate::imports::rules::{Checked, Line, Problem, Verdict};
use crate::registry::names;
use crate::registry::store::Association;
use crate::scheme::persons::PEOPLE;
use crate::scheme::tables::Field;
use crate::scheme::{Answers, Choice, Column};
use crate::sheets::forms::Content;
use crate::survey::rules::incoming::{Asked, check_listed, check_person, person_key};

use super::cases::{self, Case, Named};
use super::survey::{content, outcome, wrong};
use super::{Against, Outcome, Seen, questions};

/// Characters of the end of an identity number.
const TAIL: usize = 4;

/// Checks rows against the people who are listed.
pub async fn check(
    db: &mut Db,
    against: &Against,
    lines: &[Line],
    seen: &mut Seen,
) -> Result<Vec<Outcome>, sqlx::Error> {
    let named = Named::load(db, against, lines, seen).await?;
    let departments = questions::departments(&against.units);
    let asked = Asked {
        scheme: &against.scheme,
        departments: &departments,
    };
    let signed = against.returned.is_some();
    let lines = lines.iter();
    Ok(lines
        .map(|line| of_line((line, signed), &asked, &named, seen))
        .collect())
}

fn of_line(
    (line, signed): (&Line, bool),
    asked: &Asked<'_>,
    named: &Named,
    seen: &mut Seen,
) -> Outcome {
    let silent = signed && says_nothing(line);
    let association = match named.meant(line) {
        Ok(association) => association,
        Err(_) if silent => return same(line),
        Err(problem) => return wrong(line, problem.into_iter().collect()),
    };
    let listed = line.typed.get(ROW).and_then(|row| row.split_once('-'));
    let before = seen.cases.get(&association.id).map(|case| &case.answers);
    let stood = listed.and_then(|(_, key)| name_of(before?, key));
    let mut found: Vec<Problem> = repeated(line, (association, stood), seen)
        .into_iter()
        .collect();
    let Some(case) = seen.cases.get_mut(&association.id) else {
        return wrong(line, found);
    };
    found.extend(cases::misfits(line, association, &case.answers));
    found.extend(listed.and_then(|(of, _)| elsewhere(line, association, of)));
    if silent && found.is_empty() {
        return same(line);
    }
    found.extend(tail(line));
    let read = match listed {
        None => check_person(&line.typed, &case.answers, asked),
        Some((_, key)) => check_listed(&line.typed, key, &case.answers, asked),
    };
    outcome(
        (line, found),
        (association.id, &association.name),
        case,
        read,
    )
}

/// A row of our own workbook that is about nobody, or changes nothing of somebody: an association
/// that has nobody yet stands in it by its name alone.
fn says_nothing(line: &Line) -> bool {
    let of_person = |field: &str| field.starts_with(&person_key(""));
    !line.typed.keys().any(|field| of_person(field)) && !line.problems.iter().any(Problem::is_error)
}

fn same(line: &Line) -> Outcome {
    let checked = Checked {
        verdict: Verdict::Same,
        ..Checked::wrong(line.number, Vec::new())
    };
    Outcome {
        checked,
        change: None,
    }
}

/// The name of a person who is listed.
fn name_of(before: &Answers, key: &str) -> Option<String> {
    let rows = before.rows(PEOPLE);
    let person = rows.iter().find(|row| row.key() == key)?;
    person.text("name").map(str::to_owned)
}

/// The same person twice, or two of one name of whom only one is known to be listed: one person
/// or two, that is not guessed.
fn repeated(
    line: &Line,
    (association, stood): (&Association, Option<String>),
    seen: &mut Seen,
) -> Option<Problem> {
    let field = person_key("name");
    let given = line.typed.get(&field).map(|name| name.trim());
    let given = given.filter(|name| !name.is_empty());
    let key = |of: &str, name: &str| format!("{of} {} {}", association.id, names::key(name));
    let mut alike = None;
    if let Some(row) = line.typed.get(ROW) {
        if let Some(other) = seen.note(format!("row {row}"), line) {
            let what = format!("与{other}的系统编号相同；新增人员的，请将系统编号留空");
            return Some(Problem::error(ROW, row, what));
        }
        for name in stood.as_deref().into_iter().chain(given) {
            seen.note(key("listed", name), line);
            let new = key("new", name);
            let known = seen.keys.contains_key(&new);
            alike = alike.or_else(|| known.then(|| seen.note(new, line)).flatten());
        }
    } else if let Some(name) = given {
        let listed = key("listed", name);
        let known = seen.keys.contains_key(&listed);
        let new = seen.note(key("new", name), line);
        alike = new.or_else(|| known.then(|| seen.note(listed, line)).flatten());
    }
    let what = format!("与{}是同一协会的同名人员，请核对", alike?);
    Some(Problem::error(&field, given.unwrap_or_default(), what))
}

/// Somebody who is listed in one association cannot be put into another by its name.
fn elsewhere(line: &Line, association: &Association, of: &str) -> Option<Problem> {
    let what = "系统编号所指的人登记在另一个协会。请核对是否错行；要登记到这个协会的，请将系统编号留空，按新增人员填写";
    let named = line.typed.get(NAME).map_or("", String::as_str);
    (association.id.to_string() != of).then(|| Problem::error(NAME, named, what))
}

/// A number of four that lost its first zero.
fn tail(line: &Line) -> Option<Problem> {
    let field = person_key("id_tail");
    let said = line
        .typed
        .get(&field)
        .filter(|said| !said.trim().is_empty())?;
    let digits = said.chars().enumerate();
    let fits = said.chars().count() == TAIL
        && digits
            .into_iter()
            .all(|(at, c)| c.is_ascii_digit() || (at + 1 == TAIL && c.eq_ignore_ascii_case(&'x')));
    let what = "不是身份证号的末四位，应为四位，按文本填写，例如0123";
    (!fits).then(|| Problem::error(&field, said, what))
}

/// The people as they are listed, a row each; an association without any has an empty one.
#[must_use]
pub fn rows(
    fields: &[&Field],
    against: &Against,
    (associations, cases): (&[Association], &BTreeMap<AssociationId, Case>),
) -> Vec<Vec<Content>> {
    let departments = questions::departments(&against.units);
    let columns: BTreeMap<String, &Column> = questions::columns(&against.scheme)
        .map(|column| (person_key(&column.name), column))
        .collect();
    let mut rows = Vec::new();
    for association in associations {
        let row = |person: Option<&Value>| -> Vec<Content> {
            let cell = |field: &&Field| match columns.get(&field.key) {
                Some(column) => {
                    let value = person.and_then(|person| person.get(&column.name));
                    content(
                        value,
                        column.kind,
                        (&column.options, &departments as &[Choice]),
                    )
                }
                None if field.key == ROW => row_of(association, person),
                None => key(&field.key, association),
            };
            fields.iter().map(cell).collect()
        };
        let answers = cases.get(&association.id).map(|case| &case.answers);
        let people = people(answers, against);
        if people.is_empty() {
            rows.push(row(None));
        }
        rows.extend(people.iter().map(|person| row(Some(person))));
    }
    rows
}

/// Which person a row is about; a row without one is about nobody yet.
fn row_of(association: &Association, person: Option<&Value>) -> Content {
    let key = person.and_then(|person| person.get("key")?.as_str());
    key.map_or(Content::Blank, |key| {
        Content::Text(format!("{}-{key}", association.id))
    })
}

/// The people of the unit's own associations: those of others are nobody else's to have.
fn people<'a>(answers: Option<&'a Answers>, against: &Against) -> &'a [Value] {
    let own = answers.filter(|_| against.own.is_some());
    match own.and_then(|answers| answers.get(PEOPLE)) {
        Some(Value::Array(people)) => people,
        _ => &[],
    }
}

fn key(field: &str, association: &Association) -> Content {
    let text = match field {
        NAME => Some(&association.name),
        CODE => association.uscc.as_ref(),
        CERTIFICATE => association.certificate_no.as_ref(),
        _ => None,
    };
    text.map_or(Content::Blank, |text| Content::Text(text.clone()))
}
