//! Rows of the survey's table of people, one for each person.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::database::Db;
use crate::ids::AssociationId;
use crate::imports::rules::keys::{CERTIFICATE, CODE, NAME};
use crate::imports::rules::merging::ROW;
use crate::imports::rules::{Line, Problem};
use crate::registry::names;
use crate::registry::store::Association;
use crate::scheme::persons::PEOPLE;
use crate::scheme::tables::Field;
use crate::scheme::{Answers, Choice, Column};
use crate::sheets::forms::Content;
use crate::survey::rules::incoming::{Asked, check_person, person_key};

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
    let lines = lines.iter();
    Ok(lines
        .map(|line| of_line(line, &asked, &named, seen))
        .collect())
}

fn of_line(line: &Line, asked: &Asked<'_>, named: &Named, seen: &mut Seen) -> Outcome {
    let association = match named.meant(line) {
        Ok(association) => association,
        Err(problem) => return wrong(line, problem.into_iter().collect()),
    };
    let mut found: Vec<Problem> = repeated(line, association, seen).into_iter().collect();
    let Some(case) = seen.cases.get_mut(&association.id) else {
        return wrong(line, found);
    };
    found.extend(cases::misfits(line, association, &case.answers));
    found.extend(tail(line));
    let read = check_person(&line.typed, &case.answers, asked);
    outcome(
        (line, found),
        (association.id, &association.name),
        case,
        read,
    )
}

/// The same name twice of one association: one person or two, that is not guessed.
fn repeated(line: &Line, association: &Association, seen: &mut Seen) -> Option<Problem> {
    let field = person_key("name");
    let name = line
        .typed
        .get(&field)
        .filter(|name| !name.trim().is_empty())?;
    let key = format!("person {} {}", association.id, names::key(name));
    let other = seen.note(key, line)?;
    let what = format!("与{other}是同一协会的同名人员，请核对");
    Some(Problem::error(&field, name, what))
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
