//! Days of people: month ends are clamped, birthdays of 29 February fall on the 28th.

use chrono::NaiveDate;

use crate::scheme::parameters::AgeLimitMode;
use crate::scheme::persons::cooling_ends;

/// The same day so many months later, clamped to the month's end (TC-22).
#[must_use]
pub fn add_months(day: NaiveDate, months: u32) -> NaiveDate {
    cooling_ends(day, months)
}

/// So many months in words: 三年, as the scheme says it; 4年, 18个月.
#[must_use]
pub fn span(months: u32) -> String {
    match months {
        36 => "三年".to_owned(),
        years if years % 12 == 0 && years > 0 => format!("{}年", years / 12),
        other => format!("{other}个月"),
    }
}

/// The birthday of an age.
#[must_use]
pub fn birthday(birth: NaiveDate, age: i64) -> NaiveDate {
    u32::try_from(age)
        .ok()
        .and_then(|years| years.checked_mul(12))
        .map_or(NaiveDate::MAX, |months| add_months(birth, months))
}

/// Full years of age on a day; none before the first birthday.
#[must_use]
pub fn age(birth: NaiveDate, on: NaiveDate) -> i64 {
    (1..=150)
        .take_while(|age| birthday(birth, *age) <= on)
        .last()
        .unwrap_or(0)
}

/// The first day beyond an age limit (⚠AMB-9).
#[must_use]
pub fn limit_day(birth: NaiveDate, limit: i64, mode: AgeLimitMode) -> NaiveDate {
    match mode {
        AgeLimitMode::Reached => birthday(birth, limit),
        AgeLimitMode::Exceeded => birthday(birth, limit.saturating_add(1)),
    }
}
