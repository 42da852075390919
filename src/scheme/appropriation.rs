//! Direct appropriation: which money is meant, in which years it puts an
//! association on the list, and since when it must not be (三(三); ⚠AMB-6, ⚠AMB-7).

use chrono::{Datelike as _, NaiveDate};

use super::answers::{Answers, Row};

/// The table of the survey with the money of each year.
pub const MONEY: &str = "SV-46";

/// Basic or project money. Money for staff diverted in past reforms and for
/// retirees is kept by old policy and does not count (TC-15).
#[must_use]
pub fn is_direct(row: &Row<'_>) -> bool {
    matches!(row.text("class"), Some("basic" | "project")) && row.number("amount").unwrap_or(0) > 0
}

/// The year of a row.
#[must_use]
pub fn year(row: &Row<'_>) -> Option<i32> {
    row.text("year")?.parse().ok()
}

/// Whether there was direct money in one of these years (SC/LI-3, ⚠AMB-6).
#[must_use]
pub fn paid_in(answers: &Answers, years: &[i32]) -> bool {
    answers
        .rows(MONEY)
        .iter()
        .any(|row| is_direct(row) && year(row).is_some_and(|year| years.contains(&year)))
}

/// Whether there was direct money in the year of the stop or later (⚠AMB-7).
#[must_use]
pub fn paid_since(answers: &Answers, stop: NaiveDate) -> bool {
    answers
        .rows(MONEY)
        .iter()
        .any(|row| is_direct(row) && year(row).is_some_and(|year| year >= stop.year()))
}
