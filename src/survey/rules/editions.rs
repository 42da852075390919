//! How two editions of a survey differ. Pure.

use serde_json::Value;

use crate::scheme::answers::Row;
use crate::scheme::{AnswerType, Answers, Privacy, Question, Scheme};

crate::words! {
    /// What became of a row of a table.
    pub enum Fate {
        /// It stands in both editions.
        Changed = "changed", "修改";
        /// It came with the later one.
        Added = "added", "增加";
        /// The later one has it no more.
        Removed = "removed", "删去";
    }
}

/// A field that reads otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// As records name it: `SV-45#2.name` is a cell.
    pub field: String,
    /// Of a table: which of its rows, from 1, and what became of it.
    pub row: Option<(usize, Fate)>,
    /// Who may read it.
    pub privacy: Privacy,
    /// What the earlier edition says.
    pub before: Value,
    /// What the later one says.
    pub after: Value,
}

/// The questions that are answered otherwise. Rows count by what they say, not by the numbers
/// that forms know them by; what is computed follows by itself.
#[must_use]
pub fn differing<'a>(
    questions: &'a [Question],
    before: &Answers,
    after: &Answers,
) -> Vec<&'a Question> {
    let asked = questions.iter();
    let asked = asked.filter(|question| question.is_asked());
    asked
        .filter(|question| says(question, before) != says(question, after))
        .collect()
}

fn says(question: &Question, answers: &Answers) -> Option<Value> {
    let mut said = answers.get(question.code())?.clone();
    if let Value::Array(rows) = &mut said {
        for row in rows.iter_mut().filter_map(Value::as_object_mut) {
            row.remove("key");
        }
    }
    Some(said)
}

/// How a question is answered otherwise, field by field.
#[must_use]
pub fn lines(scheme: &Scheme, question: &Question, answers: [&Answers; 2]) -> Vec<Line> {
    let [before, after] = answers;
    let code = question.code();
    let tables = [before.rows(code), after.rows(code)];
    if question.kind == AnswerType::Rows && tables.iter().any(|rows| !rows.is_empty()) {
        return cells(scheme, question, &tables);
    }
    let nil = question.nil.as_deref().unwrap_or("无");
    let value = |answers: &Answers| match answers.get(code) {
        Some(Value::Array(rows)) if rows.is_empty() => Value::from(nil),
        value => value.cloned().unwrap_or_default(),
    };
    vec![Line {
        field: code.to_owned(),
        row: None,
        privacy: question.privacy,
        before: value(before),
        after: value(after),
    }]
}

fn cells(scheme: &Scheme, question: &Question, [was, is]: &[Vec<Row<'_>>; 2]) -> Vec<Line> {
    let gone = was
        .iter()
        .zip(1..)
        .filter(|(row, _)| find(is, row).is_none());
    let gone = gone.map(|(row, at)| ((Some(*row), None), (at, Fate::Removed)));
    let here = is.iter().zip(1..).map(|(row, at)| {
        let before = find(was, row);
        let fate = if before.is_some() {
            Fate::Changed
        } else {
            Fate::Added
        };
        ((before, Some(*row)), (at, fate))
    });
    let mut lines = Vec::new();
    for ((before, after), at) in here.chain(gone) {
        for column in &question.columns {
            let value = |row: Option<Row<'_>>| {
                let cell = row.and_then(|row| row.get(&column.name));
                cell.cloned().unwrap_or_default()
            };
            let (old, new) = (value(before), value(after));
            if old == new {
                continue;
            }
            let rows = [before, after].into_iter().flatten();
            // A row may have been about somebody, or be now.
            let privacy = rows
                .clone()
                .map(|row| scheme.privacy(question, column, &row));
            let key = rows.last().map_or("", |row| row.key());
            lines.push(Line {
                field: format!("{}#{key}.{}", question.code(), column.name),
                row: Some(at),
                privacy: privacy.max().unwrap_or_default(),
                before: old,
                after: new,
            });
        }
    }
    lines
}

fn find<'a>(rows: &[Row<'a>], like: &Row<'_>) -> Option<Row<'a>> {
    rows.iter().find(|row| row.key() == like.key()).copied()
}
