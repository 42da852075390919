//! What changed between two rounds of a plan, by part and row, in words.

use crate::scheme::{AnswerType, Answers, Choice, Question, Scheme};
use crate::web::answer::questions::shown;

/// A change of one answer or one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The part's code.
    pub part: String,
    /// The part's title.
    pub title: String,
    /// The question, and the row where there is one.
    pub label: String,
    /// What it said; empty where it is new.
    pub before: String,
    /// What it says; empty where it was removed.
    pub after: String,
}

impl Change {
    /// The question and the row, without the part's title said twice.
    #[must_use]
    pub fn place(&self) -> &str {
        let rest = self.label.strip_prefix(self.title.as_str());
        rest.map_or(self.label.as_str(), str::trim_start)
    }
}

/// Everything that changed, in the order of the parts.
#[must_use]
pub fn changes(
    scheme: &Scheme,
    before: &Answers,
    after: &Answers,
    departments: &[Choice],
) -> Vec<Change> {
    let mut changes = Vec::new();
    for part in &scheme.plan.parts {
        for question in &part.questions {
            let pairs = if question.kind == AnswerType::Rows {
                rows(question, before, after, departments)
            } else {
                single(question, before, after, departments)
            };
            changes.extend(pairs.into_iter().map(|(label, before, after)| Change {
                part: part.code.clone(),
                title: part.title.clone(),
                label: scheme.spelled(&label),
                before,
                after,
            }));
        }
    }
    changes
}

type Pair = (String, String, String);

fn single(
    question: &Question,
    before: &Answers,
    after: &Answers,
    departments: &[Choice],
) -> Vec<Pair> {
    if before.get(question.code()) == after.get(question.code()) {
        return Vec::new();
    }
    let words = |answers: &Answers| {
        if !answers.has(question.code()) {
            return String::new();
        }
        let shown = shown(std::slice::from_ref(question), answers, departments);
        shown
            .into_iter()
            .next()
            .map(|answer| answer.text)
            .unwrap_or_default()
    };
    vec![(question.label.clone(), words(before), words(after))]
}

fn rows(
    question: &Question,
    before: &Answers,
    after: &Answers,
    departments: &[Choice],
) -> Vec<Pair> {
    let code = question.code();
    let (old, new) = (keyed(before, code), keyed(after, code));
    let mut pairs = Vec::new();
    if old.is_empty() && new.is_empty() && before.has(code) != after.has(code) {
        let nil = |answers: &Answers| {
            if answers.has(code) {
                question.nil.clone().unwrap_or_else(|| "无".to_owned())
            } else {
                String::new()
            }
        };
        pairs.push((question.label.clone(), nil(before), nil(after)));
    }
    let gone = old
        .iter()
        .filter(|(key, _)| !new.iter().any(|(other, _)| other == key));
    for (key, value) in gone {
        let cells = cells(question, value, departments);
        pairs.push((name(question, key, &cells), words(&cells), String::new()));
    }
    for (key, value) in &new {
        let now = cells(question, value, departments);
        match old.iter().find(|(other, _)| other == key) {
            None => pairs.push((name(question, key, &now), String::new(), words(&now))),
            Some((_, past)) if past != value => {
                let past = cells(question, past, departments);
                let changed = |mine: &Cells, others: &Cells| {
                    words(
                        &mine
                            .iter()
                            .filter(|cell| !others.contains(cell))
                            .cloned()
                            .collect(),
                    )
                };
                pairs.push((
                    name(question, key, &now),
                    changed(&past, &now),
                    changed(&now, &past),
                ));
            }
            Some(_) => {}
        }
    }
    pairs
}

type Cells = Vec<(String, String)>;

/// The rows of a table by their keys.
fn keyed<'a>(answers: &'a Answers, code: &str) -> Vec<(&'a str, &'a serde_json::Value)> {
    let rows = answers.get(code).and_then(serde_json::Value::as_array);
    rows.into_iter()
        .flatten()
        .map(|row| {
            (
                row.get("key")
                    .and_then(serde_json::Value::as_str)
                    .unwrap_or_default(),
                row,
            )
        })
        .collect()
}

/// The cells of one row: heading and words.
fn cells(question: &Question, row: &serde_json::Value, departments: &[Choice]) -> Cells {
    let mut one = Answers::default();
    one.set(
        question.code(),
        Some(serde_json::Value::Array(vec![row.clone()])),
    );
    shown(std::slice::from_ref(question), &one, departments)
        .into_iter()
        .flat_map(|answer| {
            answer
                .heads
                .into_iter()
                .zip(answer.rows.into_iter().flatten())
                .collect::<Cells>()
        })
        .collect()
}

/// A row is named by its first cell, else by its key.
fn name(question: &Question, key: &str, cells: &Cells) -> String {
    let first = cells
        .first()
        .map_or_else(|| format!("第{key}行"), |(_, words)| words.clone());
    format!("{} {first}", question.label)
}

fn words(cells: &Cells) -> String {
    cells
        .iter()
        .map(|(head, words)| format!("{head}：{words}"))
        .collect::<Vec<_>>()
        .join("；")
}

#[cfg(test)]
mod tests;
