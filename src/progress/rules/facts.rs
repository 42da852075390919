//! What an item's own facts say (DN-1), pure: what is missing of them, the days among
//! them, and the day on which the item was done.

use chrono::NaiveDate;

use crate::scheme::{AnswerType, Answers, Measure, Row, checks};

use super::Item;

/// The measure that ends ties to organs: the register of ties says of it what is done.
pub const ENDS_TIES: &str = "T1-01";

/// Something that an item is not done without, and where it is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// In words.
    pub words: String,
    /// The address.
    pub href: String,
}

/// What is missing of an item's own facts: the fact, and a sentence.
#[must_use]
pub fn lacking(measure: &Measure, item: &Item, survey: &Answers) -> Vec<(String, String)> {
    if measure.facts.is_empty() {
        return Vec::new();
    }
    let facts = &item.facts.0;
    // Checks compare facts with the survey's answers.
    let mut answers = survey.clone();
    for fact in &measure.facts {
        answers.set(fact.code(), facts.get(fact.code()).cloned());
    }
    let found = checks::found(&measure.facts, &measure.checks, &answers);
    let found = found.into_iter().map(|finding| {
        let field = finding.fields.into_iter().next().unwrap_or_default();
        (field, finding.message)
    });
    found.chain(unlike_row(measure, item, survey)).collect()
}

/// Facts that do not say what the item's own row says.
fn unlike_row(measure: &Measure, item: &Item, survey: &Answers) -> Vec<(String, String)> {
    let Some(per) = &measure.per else {
        return Vec::new();
    };
    let rows = survey.rows(&per.rows);
    let own = row_key(&item.object);
    let Some(row) = rows.iter().find(|row| Some(row.key()) == own) else {
        return Vec::new();
    };
    let differs = |(code, column): &&(String, String)| {
        let told = item.facts.0.number(code);
        told.is_some() && told != row.number(column)
    };
    let pairs = measure.same_as_row.iter().filter(differs);
    pairs
        .filter_map(|(code, column)| Some((code.clone(), unlike(measure, (code, column), row)?)))
        .collect()
}

fn unlike(measure: &Measure, (code, column): (&str, &str), row: &Row<'_>) -> Option<String> {
    let fact = measure.facts.iter().find(|fact| fact.code() == code)?;
    let stands = row.number(column).unwrap_or_default();
    Some(format!("“{}”与摸底调查不一致（{stands}）。", fact.label))
}

/// The key of the survey's row that an item is about.
#[must_use]
pub fn row_key(object: &str) -> Option<&str> {
    Some(object.split_once('#')?.1)
}

/// The days among an item's own facts.
#[must_use]
pub fn days(measure: &Measure, facts: &Answers) -> Vec<NaiveDate> {
    let asked = measure.facts.iter();
    let asked = asked.filter(|fact| fact.kind == AnswerType::Date && fact.shown(facts));
    asked.filter_map(|fact| facts.date(fact.code())).collect()
}

#[cfg(test)]
mod tests;
