//! Conditions: a closed set with names, never a home-made language (style.md 4.9).
//! A condition of a new kind is a Rust function that declares the codes it reads.

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;

use super::answers::{Answers, Row};
use super::appropriation::{paid_in, paid_since};
use super::campaign::Parameters;
use super::persons::{PersonCategory, category};

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

const HAS_APPROPRIATION: &str = "has_appropriation";
const PAID_AFTER_STOP: &str = "paid_after_stop";

/// The day on which a checklist is derived, and how long a retired cadre waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub on: NaiveDate,
    /// Months after retirement (三(四)).
    pub cooling_months: u32,
}

/// What a named condition is computed from.
#[derive(Debug, Clone, Copy)]
pub enum Function {
    /// The answers alone.
    Plain(fn(&Answers) -> bool),
    /// The answers on a day, since a person's category changes with time; without
    /// a day it holds if it can hold on some day. For measures only.
    Dated(fn(&Answers, Option<Moment>) -> bool),
    /// The answers and the scheme's parameters: loading puts a condition that
    /// carries them in the name's place.
    Settled,
}

/// Name, codes read, and the function of a named condition.
pub type NamedCondition = (&'static str, &'static [&'static str], Function);

/// Name, table, and the function of a named choice of rows.
pub type RowRule = (&'static str, &'static str, fn(&Row<'_>) -> bool);

/// Codes of the questions on dealings abroad.
const ABROAD: &[&str] = &["SV-80-1", "SV-80-2", "SV-80-3", "SV-80-4", "SV-80-5"];

/// The named conditions, with the codes that they read.
pub const NAMED: &[NamedCondition] = &[
    (HAS_APPROPRIATION, &["SV-46"], Function::Settled),
    (PAID_AFTER_STOP, &["SV-46"], Function::Settled),
    // Diverted staff keep their old policy and are outside all other items (T4-13).
    (
        "has_employees",
        &["SV-60"],
        Function::Plain(|answers| insurance_needed(answers) > 0),
    ),
    (
        "needs_contracts",
        &["SV-60"],
        Function::Plain(|answers| contracts_needed(answers) > 0),
    ),
    (
        "has_paid_staff",
        &["SV-60"],
        Function::Plain(|answers| {
            count_staff(answers, |row| {
                !is_diverted(row) && row.yes("paid") != Some(false)
            }) > 0
        }),
    ),
    (
        "officers_change",
        &["SV-60"],
        Function::Dated(|answers, moment| goes(answers, "is_officer", moment)),
    ),
    (
        "legal_representative_changes",
        &["SV-60", "SV-97"],
        Function::Dated(|answers, moment| {
            answers.choices("SV-97").contains(&"legal_rep") || goes(answers, "is_legal_rep", moment)
        }),
    ),
    (
        "employs_civil_servant",
        &["SV-60"],
        Function::Plain(|answers| {
            count(answers, |row| {
                row.text("identity") == Some("serving") && row.text("kind") == Some("full")
            }) > 0
        }),
    ),
    (
        "state_assets",
        &["SV-51", "SV-53"],
        Function::Plain(state_assets),
    ),
    (
        "foreign_affairs",
        ABROAD,
        Function::Plain(|answers| ABROAD.iter().any(|code| answers.yes(code) == Some(true))),
    ),
];

/// The named choices of rows: rows that a column's value alone does not tell apart.
pub const ROW_RULES: &[RowRule] = &[
    ("kept_by_law", "SV-32", kept_by_law),
    // TC-20: what is not kept by law is stripped, whatever the opinion says.
    ("not_kept_by_law", "SV-32", |row| !kept_by_law(row)),
];

/// Name, codes read, and the function of a counter.
pub type Counter = (&'static str, &'static [&'static str], fn(&Answers) -> i64);

/// The named counters of totals, with the codes that they read.
pub const COUNTERS: &[Counter] = &[
    ("all_staff", &["SV-60"], |answers| {
        count_staff(answers, |_| true)
    }),
    ("full_time_staff", &["SV-60"], |answers| {
        count_staff(answers, |row| row.text("kind") == Some("full"))
    }),
    ("hired", &["SV-60"], |answers| {
        count_identity(answers, "hired")
    }),
    ("institution", &["SV-60"], |answers| {
        count_identity(answers, "institution")
    }),
    ("serving_full", &["SV-60"], |answers| {
        count_identity(answers, "serving")
    }),
    ("retired_full", &["SV-60"], |answers| {
        count_identity(answers, "retired_servant")
    }),
    ("diverted", &["SV-60"], |answers| {
        count_identity(answers, "diverted")
    }),
    ("concurrent_cadres", &["SV-60"], |answers| {
        count(answers, |row| {
            row.text("kind") == Some("concurrent")
                && matches!(
                    row.text("identity"),
                    Some("incumbent" | "off_post" | "serving" | "retired_cadre")
                )
        })
    }),
    ("contracts_needed", &["SV-60"], contracts_needed),
    ("insurance_needed", &["SV-60"], insurance_needed),
];

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

/// Whether a named choice of rows takes the row.
#[must_use]
pub fn row_rule(name: &str, row: &Row<'_>) -> bool {
    ROW_RULES
        .iter()
        .find(|(known, _, _)| *known == name)
        .is_some_and(|(_, _, function)| function(row))
}

/// SV-32: 依法保留 only by authority of a law or regulation, with its article.
#[must_use]
pub fn kept_by_law(row: &Row<'_>) -> bool {
    row.text("opinion") == Some("keep_by_law")
        && row.text("source") == Some("law")
        && row.filled("article")
}

/// Whether a row's column has one of the values.
#[must_use]
pub fn row_is(row: &Row<'_>, column: &str, values: &[String]) -> bool {
    values.iter().any(|value| is_value(row.get(column), value))
}

fn is_value(answer: Option<&Value>, value: &str) -> bool {
    match answer {
        Some(Value::String(text)) => text == value,
        Some(Value::Bool(yes)) => value == if *yes { "yes" } else { "no" },
        _ => false,
    }
}

/// A named counter's value.
#[must_use]
pub fn counter(name: &str, answers: &Answers) -> i64 {
    COUNTERS
        .iter()
        .find(|(known, _, _)| *known == name)
        .map_or(0, |(_, _, function)| function(answers))
}

fn count(answers: &Answers, wanted: impl Fn(&Row<'_>) -> bool) -> i64 {
    let found = answers
        .rows("SV-60")
        .iter()
        .filter(|row| wanted(row))
        .count();
    i64::try_from(found).unwrap_or(i64::MAX)
}

/// Working staff: a main job there, or the post of a staff member.
fn count_staff(answers: &Answers, wanted: impl Fn(&Row<'_>) -> bool) -> i64 {
    count(answers, |row| {
        (row.text("kind") == Some("full") || row.text("post") == Some("staff")) && wanted(row)
    })
}

/// Full-time staff of an identity (SV-61: the parts of 专职).
fn count_identity(answers: &Answers, identity: &str) -> i64 {
    count(answers, |row| {
        row.text("kind") == Some("full") && row.text("identity") == Some(identity)
    })
}

fn is_diverted(row: &Row<'_>) -> bool {
    row.text("identity") == Some("diverted")
}

/// Who must have a labour contract (三(四)): staff who are not civil servants in
/// service and not diverted; staff on posts too, since the posts are recovered.
fn contracts_needed(answers: &Answers) -> i64 {
    count_staff(answers, |row| {
        matches!(
            row.text("identity"),
            Some("hired" | "institution" | "member" | "retired_servant")
        )
    })
}

/// Who must be insured: all staff but those diverted in past reforms.
fn insurance_needed(answers: &Answers) -> i64 {
    count_staff(answers, |row| !is_diverted(row))
}

/// Somebody marked so in the register must resign, be approved or choose, so the
/// registration changes (T6-03, T6-06). 退(离)休 three years ago: filed, and stays.
fn goes(answers: &Answers, mark: &str, moment: Option<Moment>) -> bool {
    let leaves = |row: &Row<'_>| match moment {
        None if row.text("identity") == Some("retired_cadre") => true,
        None => goes_in(category(row, NaiveDate::MIN, 0)),
        Some(Moment { on, cooling_months }) => goes_in(category(row, on, cooling_months)),
    };
    answers
        .rows("SV-60")
        .iter()
        .any(|row| row.yes(mark) == Some(true) && leaves(row))
}

/// PE-A to PE-D and PE-F; 待核 is judged as the stricter PE-D (PE-20).
const fn goes_in(category: PersonCategory) -> bool {
    category.must_be_settled() && !matches!(category, PersonCategory::RetiredOverThree)
}

/// PA-3: state or provisional state assets, ownership in doubt, or a profit or loss in the inventory.
fn state_assets(answers: &Answers) -> bool {
    answers.rows("SV-51").iter().any(|row| {
        matches!(
            row.text("ownership"),
            Some("state" | "provisional" | "unclear")
        )
    }) || answers.rows("SV-53").iter().any(|row| {
        row.number("surplus").unwrap_or(0) > 0 || row.number("shortage").unwrap_or(0) > 0
    })
}

#[cfg(test)]
mod tests;
