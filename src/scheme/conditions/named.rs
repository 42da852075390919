//! The named conditions: functions that declare the codes they read.

use chrono::NaiveDate;

use crate::scheme::answers::{Answers, Row};
use crate::scheme::persons::{PersonCategory, category};

use super::Moment;
use super::counters::{contracts_needed, count, count_staff, insurance_needed, is_diverted};

pub(super) const HAS_APPROPRIATION: &str = "has_appropriation";
pub(super) const PAID_AFTER_STOP: &str = "paid_after_stop";

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
