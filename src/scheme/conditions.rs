//! Conditions: a closed set with names, never a home-made language (style.md 4.9).
//! A condition of a new kind is a Rust function that declares the codes it reads.

mod counters;
mod named;
mod rows;

use chrono::NaiveDate;
use serde::Deserialize;

use super::answers::Answers;
use super::appropriation::{paid_in, paid_since};
use super::campaign::Parameters;
use named::{HAS_APPROPRIATION, PAID_AFTER_STOP};
use rows::is_value;

pub use counters::{COUNTERS, Counter, counter};
pub use named::{Function, NAMED, NamedCondition};
pub use rows::{ROW_RULES, RowRule, kept_by_law, row_is, row_rule};

/// When a question is asked, a measure applies or an approval is needed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Always.
    #[default]
    Always,
    /// The answer is this value; `yes` and `no` for yes-or-no questions.
    Is(String, String),
    /// The answer is there and another value.
    IsNot(String, String),
    /// The number is larger.
    Over(String, i64),
    /// The table has a row.
    AnyRow(String),
    /// Some row's column has one of the values: code, column, values.
    Row(Vec<String>),
    /// The value is among those ticked.
    Includes(String, String),
    /// The question is answered.
    Answered(String),
    /// All hold.
    All(Vec<Condition>),
    /// One holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A function of [`NAMED`].
    Named(String),
    /// Direct appropriation in one of these years: what loading makes of the name
    /// `has_appropriation`, since the years are parameters.
    #[serde(skip)]
    PaidIn(Vec<i32>),
    /// Direct appropriation in the year of this day or later; `paid_after_stop`.
    #[serde(skip)]
    PaidSince(NaiveDate),
}

impl Condition {
    /// Puts the parameters in the place of the names that stand for them.
    pub(super) fn settle(&mut self, parameters: &Parameters) {
        match self {
            Self::All(inner) | Self::Any(inner) => {
                for condition in inner {
                    condition.settle(parameters);
                }
            }
            Self::Not(inner) => inner.settle(parameters),
            // Settled once, it follows when the parameters change (TC-51).
            Self::PaidIn(years) => years.clone_from(&parameters.appropriation_years),
            Self::PaidSince(stop) => *stop = parameters.appropriation_stop,
            Self::Named(name) if name == HAS_APPROPRIATION => {
                *self = Self::PaidIn(parameters.appropriation_years.clone());
            }
            Self::Named(name) if name == PAID_AFTER_STOP => {
                *self = Self::PaidSince(parameters.appropriation_stop);
            }
            _ => {}
        }
    }
}

/// The codes that a named condition declares, under its name or what loading made of it.
pub(super) fn codes_of(condition: &Condition) -> &'static [&'static str] {
    let name = match condition {
        Condition::Named(name) => name.as_str(),
        Condition::PaidIn(_) => HAS_APPROPRIATION,
        Condition::PaidSince(_) => PAID_AFTER_STOP,
        _ => return &[],
    };
    let named = NAMED.iter().find(|(known, _, _)| *known == name);
    named.map_or(&[], |(_, codes, _)| codes)
}

/// The day on which a checklist is derived, and how long a retired cadre waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub on: NaiveDate,
    /// Months after retirement (三(四)).
    pub cooling_months: u32,
}

/// Whether a condition holds for these answers, on whatever day.
#[must_use]
pub fn holds(condition: &Condition, answers: &Answers) -> bool {
    evaluate(condition, answers, None)
}

/// Whether a condition holds for these answers on a day.
#[must_use]
pub fn holds_on(condition: &Condition, answers: &Answers, moment: Moment) -> bool {
    evaluate(condition, answers, Some(moment))
}

fn evaluate(condition: &Condition, answers: &Answers, moment: Option<Moment>) -> bool {
    let inner = |condition: &Condition| evaluate(condition, answers, moment);
    match condition {
        Condition::Always => true,
        Condition::Is(code, value) => is_value(answers.get(code), value),
        Condition::IsNot(code, value) => answers.has(code) && !is_value(answers.get(code), value),
        Condition::Over(code, limit) => answers.number(code).is_some_and(|number| number > *limit),
        Condition::AnyRow(code) => !answers.rows(code).is_empty(),
        Condition::Row(parts) => match parts.as_slice() {
            [code, column, values @ ..] => answers
                .rows(code)
                .iter()
                .any(|row| row_is(row, column, values)),
            _ => false,
        },
        Condition::Includes(code, value) => answers.choices(code).contains(&value.as_str()),
        Condition::Answered(code) => answers.has(code),
        Condition::All(all) => all.iter().all(inner),
        Condition::Any(any) => any.iter().any(inner),
        Condition::Not(not) => !inner(not),
        Condition::Named(name) => NAMED
            .iter()
            .find(|(known, _, _)| known == name)
            .is_some_and(|(_, _, function)| match function {
                Function::Plain(function) => function(answers),
                Function::Dated(function) => function(answers, moment),
                Function::Settled => false,
            }),
        Condition::PaidIn(years) => paid_in(answers, years),
        Condition::PaidSince(stop) => paid_since(answers, *stop),
    }
}

#[cfg(test)]
mod tests;
