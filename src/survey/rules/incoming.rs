//! What a row of a spreadsheet answers, against what is answered already: pure, and the same
//! reader as the form's.

mod money;
mod people;

use std::collections::{BTreeMap, BTreeSet};
use std::slice::from_ref;

use serde_json::{Map, Value};

use crate::access::Act;
use crate::scheme::appropriation::MONEY;
use crate::scheme::{AnswerType, Answers, Choice, Privacy, Question, Scheme};
use crate::web::Form;
use crate::web::answer::questions;
use crate::web::answer::show;
use crate::web::form::FieldError;

use super::{STEPS, State};

pub use money::{CLASSES, amount_key, amounts};
pub use people::{check_listed, check_person, person_key};

/// Field → what a person would have typed; an empty text takes the answer away.
pub type Typed = BTreeMap<String, String>;

/// What a row sets.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// The answer to a question; none: it is taken away.
    Answer(String, Option<Value>),
    /// A row of a table, known by its number.
    Row(String, Map<String, Value>),
}

/// An answer that reads otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field.
    pub field: String,
    /// Its label.
    pub label: String,
    /// What stands, as pages show it; of what is not everybody's only that it is there.
    pub before: String,
    /// What would stand, likewise.
    pub after: String,
}

/// What a row changes; nothing where it says what stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Change {
    /// What it sets.
    pub edits: Vec<Edit>,
    /// The same in words.
    pub differences: Vec<Difference>,
}

/// What rows are read by.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The questions.
    pub scheme: &'a Scheme,
    /// The departments, as questions offer them.
    pub departments: &'a [Choice],
}

impl Edit {
    /// The question that it answers.
    #[must_use]
    pub fn question(&self) -> &str {
        match self {
            Self::Answer(code, _) | Self::Row(code, _) => code,
        }
    }

    /// Sets it.
    pub fn put(&self, answers: &mut Answers) {
        match self {
            Self::Answer(code, value) => answers.set(code, value.clone()),
            Self::Row(code, row) => {
                let mut rows = match answers.get(code) {
                    Some(Value::Array(rows)) => rows.clone(),
                    _ => Vec::new(),
                };
                let same = rows
                    .iter_mut()
                    .find(|each| each.get("key") == row.get("key"));
                match same {
                    Some(same) => *same = Value::Object(row.clone()),
                    None => rows.push(Value::Object(row.clone())),
                }
                answers.set(code, Some(Value::Array(rows)));
            }
        }
    }
}

/// Why nothing can be brought into a survey in this state.
#[must_use]
pub fn closed(state: State) -> Option<&'static str> {
    let mut steps = STEPS.iter();
    let open = steps.any(|(from, act, _)| *from == state && *act == Act::SurveySave);
    (!open).then_some(if state == State::Confirmed {
        "摸底调查已确认，不能改动；确需改动的，请申请更正"
    } else {
        "摸底调查已报送，不能改动；请先取回或者申请更正"
    })
}

/// Checks a row with the answers of one association: what is not typed stays as it is.
pub fn check(
    typed: &Typed,
    before: &Answers,
    asked: &Asked<'_>,
) -> Result<Change, Vec<FieldError>> {
    let mut change = Change::default();
    let mut errors = Vec::new();
    let sections = asked.scheme.survey.sections.iter();
    for question in sections.flat_map(|section| &section.questions) {
        if question.code() == MONEY {
            money::check(question, typed, before, (&mut change, &mut errors));
        } else if let Some(said) = typed.get(question.code())
            && is_flat(question)
        {
            let read = read(question, said, asked.departments);
            match read {
                Ok(after) => note(question, before, after, (asked.departments, &mut change)),
                Err(found) => errors.extend(found),
            }
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    sums(before, asked, &mut change);
    Ok(change)
}

/// Whether one cell answers a question.
#[must_use]
pub fn is_flat(question: &Question) -> bool {
    question.is_asked() && question.kind != AnswerType::Rows
}

fn read(
    question: &Question,
    said: &str,
    departments: &[Choice],
) -> Result<Option<Value>, Vec<FieldError>> {
    let mut form = Form::filled(fields(question.code(), said, question.kind));
    let read = questions::read(&mut form, from_ref(question), departments);
    if form.errors().is_empty() {
        Ok(read.get(question.code()).cloned())
    } else {
        Err(form.errors().to_vec())
    }
}

/// The fields of a form in which this was typed.
fn fields(name: &str, said: &str, kind: AnswerType) -> Vec<(String, String)> {
    let one = |said: &str| (name.to_owned(), said.trim().to_owned());
    if kind == AnswerType::Choices {
        said.split(',').map(one).collect()
    } else {
        vec![one(said)]
    }
}

/// Notes an answer, if it reads otherwise.
fn note(
    question: &Question,
    before: &Answers,
    after: Option<Value>,
    (departments, change): (&[Choice], &mut Change),
) {
    let code = question.code();
    // The register leaves a text blank that it does not know.
    let stood = before.get(code).filter(|value| value.as_str() != Some(""));
    if stood == after.as_ref() {
        return;
    }
    let words = |value: &Value| show::words(value, question.kind, &question.options, departments);
    let said = [stood.map(words), after.as_ref().map(words)];
    change.differences.push(difference(
        code,
        question.label.clone(),
        (question.privacy, said),
    ));
    change.edits.push(Edit::Answer(code.to_owned(), after));
}

/// A difference, in the words that a privacy allows.
fn difference(
    field: &str,
    label: String,
    (privacy, [before, after]): (Privacy, [Option<String>; 2]),
) -> Difference {
    let (before, after) = if privacy == Privacy::Open {
        (before.unwrap_or_default(), after.unwrap_or_default())
    } else {
        let after = match (&before, &after) {
            (None, _) => "已填写",
            (Some(_), Some(_)) => "已更改",
            (Some(_), None) => "已清空",
        };
        let before = before.map_or_else(String::new, |_| "已填写".to_owned());
        (before, after.to_owned())
    };
    Difference {
        field: field.to_owned(),
        label,
        before,
        after,
    }
}

/// What is added up follows what it adds up.
fn sums(before: &Answers, asked: &Asked<'_>, change: &mut Change) {
    let edited: BTreeSet<String> = change
        .edits
        .iter()
        .map(|edit| edit.question().to_owned())
        .collect();
    let mut after = before.clone();
    for edit in &change.edits {
        edit.put(&mut after);
    }
    let sections = asked.scheme.survey.sections.iter();
    let questions = sections.flat_map(|section| &section.questions);
    for sum in questions.filter(|question| question.is_sum()) {
        if sum.of.iter().any(|code| edited.contains(code)) {
            let value = after.sum(&sum.of).map(Value::from);
            note(sum, before, value, (asked.departments, change));
        }
    }
}

#[cfg(test)]
mod tests;
