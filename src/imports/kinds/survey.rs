//! Rows of answers to the survey, one for each association.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;

use crate::database::{Db, Done, Explain as _, Told, Write};
use crate::ids::AssociationId;
use crate::imports::rules::keys::NAME;
use crate::imports::rules::merging::ROW;
use crate::imports::rules::{Changed, Checked, Line, Problem, Refusal, Typed, Verdict};
use crate::registry::store::Association;
use crate::scheme::appropriation::MONEY;
use crate::scheme::tables::Field;
use crate::scheme::{AnswerType, Answers, Choice, Privacy};
use crate::sheets::forms::Content;
use crate::survey::acts::importing::{self, Row};
use crate::survey::rules::incoming::{self, Asked, Difference, amount_key};
use crate::web::answer::{money, show};
use crate::web::form::FieldError;

use super::cases::{self, Case, Named};
use super::units::Meant;
use super::{Against, Change, Outcome, Seen, questions};

/// Checks rows against what is answered.
pub async fn check(
    db: &mut Db,
    against: &Against,
    lines: &[Line],
    seen: &mut Seen,
) -> Result<Vec<Outcome>, sqlx::Error> {
    let named = Named::load(db, against, lines, seen).await?;
    let departments = questions::departments(&against.units);
    let lines = lines.iter();
    Ok(lines
        .map(|line| of_line(line, (against, &departments), &named, seen))
        .collect())
}

fn of_line(
    line: &Line,
    (against, departments): (&Against, &[Choice]),
    named: &Named,
    seen: &mut Seen,
) -> Outcome {
    let association = match named.meant(line) {
        Ok(association) => association,
        Err(problem) => return wrong(line, problem.into_iter().collect()),
    };
    let mut found: Vec<Problem> = repeated(line, association, seen).into_iter().collect();
    let Some(case) = seen.cases.get_mut(&association.id) else {
        return wrong(line, found);
    };
    found.extend(cases::misfits(line, association, &case.answers));
    let mut typed = cases::answers(line);
    found.extend(departments_named(&mut typed, against));
    let asked = Asked {
        scheme: &against.scheme,
        departments,
    };
    let read = incoming::check(&typed, &case.answers, &asked);
    outcome(
        (line, found),
        (association.id, &association.name),
        case,
        read,
    )
}

/// What became of a row; what it sets stands for the rows that follow.
pub(super) fn outcome(
    (line, mut found): (&Line, Vec<Problem>),
    (association, name): (AssociationId, &str),
    case: &mut Case,
    read: Result<incoming::Change, Vec<FieldError>>,
) -> Outcome {
    let change = match read {
        Ok(change) => change,
        Err(errors) => {
            found.extend(told(line, errors));
            return wrong(line, found);
        }
    };
    if let (Some(why), false) = (&case.closed, change.edits.is_empty()) {
        found.push(Problem::error(NAME, name, why.as_str()));
    }
    if line.problems.iter().chain(&found).any(Problem::is_error) {
        return wrong(line, found);
    }
    let verdict = match (change.edits.is_empty(), case.begun) {
        (true, _) => Verdict::Same,
        (false, true) => Verdict::Changed,
        (false, false) => Verdict::New,
    };
    for edit in &change.edits {
        edit.put(&mut case.answers);
    }
    Outcome {
        checked: Checked {
            number: line.number,
            verdict,
            subject: Some(association.0),
            changes: change.differences.into_iter().map(changed).collect(),
            found,
        },
        change: (verdict != Verdict::Same).then_some(Change::Survey(association, change.edits)),
    }
}

pub(super) fn wrong(line: &Line, found: Vec<Problem>) -> Outcome {
    Outcome {
        checked: Checked::wrong(line.number, found),
        change: None,
    }
}

/// What was not told of a cell while it was read.
fn told(line: &Line, errors: Vec<FieldError>) -> Vec<Problem> {
    let untold = errors
        .into_iter()
        .filter(|error| line.problems.iter().all(|each| each.field != error.name));
    let said = |field: &str| line.typed.get(field).map_or("", String::as_str);
    untold
        .map(|error| Problem::error(&error.name, said(&error.name), error.message))
        .collect()
}

fn changed(difference: Difference) -> Changed {
    Changed {
        field: difference.field,
        label: difference.label,
        before: difference.before,
        after: difference.after,
        period: false,
    }
}

/// Two rows of one association: which of them counts is not guessed.
fn repeated(line: &Line, association: &Association, seen: &mut Seen) -> Option<Problem> {
    let other = seen.note(format!("association {}", association.id), line)?;
    let what = format!("与{other}是同一个协会，请只留一行");
    Some(Problem::error(NAME, &association.name, what))
}

/// Puts the codes of departments for their names; those that nobody knows are told.
fn departments_named(typed: &mut Typed, against: &Against) -> Vec<Problem> {
    let mut unknown = Vec::new();
    let questions = questions::flat(&against.scheme);
    for question in questions.filter(|question| question.kind == AnswerType::Department) {
        let Some(said) = typed.get_mut(question.code()) else {
            continue;
        };
        if said.trim().is_empty() {
            continue;
        }
        let mut options = question.options.iter();
        if let Some(special) = options.find(|option| option.label == said.trim()) {
            said.clone_from(&special.value);
            continue;
        }
        let unit = match against.units.meant(said) {
            Meant::Unit(unit) => against.units.of(unit),
            Meant::LeftOut | Meant::Unknown => None,
        };
        if let Some(unit) = unit {
            said.clone_from(&unit.code);
        } else {
            let what = "系统中没有这个单位，请填写系统中单位的全称或简称";
            unknown.push(Problem::error(question.code(), said, what));
        }
    }
    for problem in &unknown {
        typed.remove(&problem.field);
    }
    unknown
}

/// Enters rows, of answers and of people.
pub async fn apply(write: &mut Write, changes: Vec<(Change, String)>) -> Done<Refusal, Vec<Told>> {
    let rows = changes
        .into_iter()
        .filter_map(|(change, from)| match change {
            Change::Survey(association, edits) => Some(Row {
                association,
                edits,
                from,
            }),
            Change::Register(_) | Change::Accounts(_) => None,
        });
    let done = importing::apply(write, rows.collect()).await;
    done.map_err(|failure| failure.told_by(|why| Refusal::Row(why.explain())))
}

/// The surveys as they stand, a row for each association.
#[must_use]
pub fn rows(
    fields: &[&Field],
    against: &Against,
    (associations, cases): (&[Association], &BTreeMap<AssociationId, Case>),
) -> Vec<Vec<Content>> {
    let departments = questions::departments(&against.units);
    let mut rows = Vec::with_capacity(associations.len());
    for association in associations {
        let Some(case) = cases.get(&association.id) else {
            continue;
        };
        let cell = |field: &&Field| match field.key.as_str() {
            ROW => Content::Text(association.id.to_string()),
            key => cell(key, &case.answers, (against, &departments)),
        };
        rows.push(fields.iter().map(cell).collect());
    }
    rows
}

fn cell(key: &str, answers: &Answers, (against, departments): (&Against, &[Choice])) -> Content {
    if let Some(question) = against.scheme.question(key) {
        // What is personal is for the unit's own alone.
        let hidden = question.privacy != Privacy::Open && against.own.is_none();
        let value = answers.get(key).filter(|_| !hidden);
        return content(value, question.kind, (&question.options, departments));
    }
    let rows = answers.rows(MONEY);
    let amounts: Vec<i64> = rows
        .iter()
        .filter(|row| {
            let text = |column| row.text(column).unwrap_or_default();
            amount_key(text("year"), text("class")) == key
        })
        .filter_map(|row| row.number("amount"))
        .collect();
    let none = answers.has(MONEY) && rows.is_empty();
    match amounts.as_slice() {
        [one] => Content::Number(money::show(*one)),
        [] if none => Content::Number(money::show(0)),
        _ => Content::Blank,
    }
}

/// A value as a cell has it.
pub(super) fn content(
    value: Option<&Value>,
    kind: AnswerType,
    (options, departments): (&[Choice], &[Choice]),
) -> Content {
    let Some(value) = value else {
        return Content::Blank;
    };
    let words = show::words(value, kind, options, departments);
    match kind {
        _ if words.is_empty() => Content::Blank,
        AnswerType::Money | AnswerType::Area | AnswerType::Count => Content::Number(words),
        AnswerType::Date => match words.parse::<NaiveDate>() {
            Ok(day) => Content::Day(day),
            Err(_) => Content::Text(words),
        },
        _ => Content::Text(words),
    }
}

#[cfg(test)]
mod tests;
