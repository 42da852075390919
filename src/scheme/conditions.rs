//! Conditions: a closed set with names, never a home-made language (style.md 4.9).
//! A condition of a new kind is a Rust function that declares the codes it reads.

use serde::Deserialize;
use serde_json::Value;

use super::answers::{Answers, Row};
use super::persons::{self, PersonCategory};

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
}

type Function = fn(&Answers) -> bool;

/// The named conditions, with the codes that they read.
pub const NAMED: &[(&str, &[&str], Function)] = &[
    ("has_appropriation", &["SV-46"], has_appropriation),
    ("has_employees", &["SV-60"], |answers| {
        count_staff(answers, |_| true) > 0
    }),
    ("needs_contracts", &["SV-60"], |answers| {
        contracts_needed(answers) > 0
    }),
    ("has_paid_staff", &["SV-60"], |answers| {
        count_staff(answers, |row| row.yes("paid") != Some(false)) > 0
    }),
    ("officers_change", &["SV-60"], officers_change),
    (
        "legal_representative_changes",
        &["SV-60", "SV-97"],
        legal_representative_changes,
    ),
    (
        "independence_incomplete",
        &["SV-29-1", "SV-29-2", "SV-29-3", "SV-29-4"],
        |answers| {
            ["SV-29-1", "SV-29-2", "SV-29-3", "SV-29-4"]
                .iter()
                .any(|code| answers.yes(code) == Some(false))
        },
    ),
    ("retired_cadre_stays", &["SV-60"], |answers| {
        any_person(
            answers,
            &[
                PersonCategory::RetiredUnderThree,
                PersonCategory::RetiredOverThree,
            ],
        )
    }),
    ("employs_civil_servant", &["SV-60"], |answers| {
        any_person(answers, &[PersonCategory::EmployedCivilServant])
    }),
    ("touches_staffing", &["SV-24", "SV-65-1"], |answers| {
        !answers.rows("SV-24").is_empty() || answers.number("SV-65-1").unwrap_or(0) > 0
    }),
    ("staff_on_posts_or_diverted", &["SV-60"], |answers| {
        any_person(
            answers,
            &[PersonCategory::InstitutionPost, PersonCategory::Diverted],
        )
    }),
    ("state_assets", &["SV-51", "SV-53"], state_assets),
    (
        "foreign_affairs",
        &["SV-80-1", "SV-80-2", "SV-80-3", "SV-80-4", "SV-80-5"],
        |answers| {
            ["SV-80-1", "SV-80-2", "SV-80-3", "SV-80-4", "SV-80-5"]
                .iter()
                .any(|code| answers.yes(code) == Some(true))
        },
    ),
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
        count_staff(answers, |row| row.text("identity") == Some("serving"))
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
];

/// Years whose direct appropriation makes an association mandatory (⚠AMB-6).
const APPROPRIATION_YEARS: [&str; 2] = ["2017", "2018"];

/// Whether a condition holds for these answers.
#[must_use]
pub fn holds(condition: &Condition, answers: &Answers) -> bool {
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
        Condition::All(all) => all.iter().all(|condition| holds(condition, answers)),
        Condition::Any(any) => any.iter().any(|condition| holds(condition, answers)),
        Condition::Not(inner) => !holds(inner, answers),
        Condition::Named(name) => NAMED
            .iter()
            .find(|(known, _, _)| known == name)
            .is_some_and(|(_, _, function)| function(answers)),
    }
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

/// SC/LI-3, ⚠AMB-6: basic or project money in the years concerned. Money for
/// staff diverted in past reforms is kept by old policy and does not count (TC-15).
#[must_use]
pub fn has_appropriation(answers: &Answers) -> bool {
    answers.rows("SV-46").iter().any(|row| {
        row.text("year")
            .is_some_and(|year| APPROPRIATION_YEARS.contains(&year))
            && matches!(row.text("class"), Some("basic" | "project"))
            && row.number("amount").unwrap_or(0) > 0
    })
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

fn count_identity(answers: &Answers, identity: &str) -> i64 {
    count_staff(answers, |row| row.text("identity") == Some(identity))
}

/// Who must have a labour contract: hired staff, and civil servants and staff on
/// institution posts only once they have left those (三(四)).
fn contracts_needed(answers: &Answers) -> i64 {
    count_staff(answers, |row| {
        matches!(
            row.text("identity"),
            Some("hired" | "institution" | "member" | "retired_servant")
        )
    })
}

fn any_person(answers: &Answers, categories: &[PersonCategory]) -> bool {
    answers.rows("SV-60").iter().any(|row| {
        // Whether three years have passed does not matter here: both need an answer.
        persons::categories_possible(row)
            .iter()
            .any(|category| categories.contains(category))
    })
}

/// An officer in office must go or may go, so officers will have to be filed (T6-06).
fn officers_change(answers: &Answers) -> bool {
    answers.rows("SV-60").iter().any(|row| {
        row.yes("is_officer") == Some(true)
            && matches!(
                row.text("identity"),
                Some("incumbent" | "off_post" | "serving")
            )
    })
}

fn legal_representative_changes(answers: &Answers) -> bool {
    answers.choices("SV-97").contains(&"legal_rep")
        || answers.rows("SV-60").iter().any(|row| {
            row.yes("is_legal_rep") == Some(true)
                && matches!(
                    row.text("identity"),
                    Some("incumbent" | "off_post" | "serving")
                )
        })
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
