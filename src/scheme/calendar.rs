//! Working days by the State Council's calendar (parameters of the campaign).
//! A weekend day on which people work counts; a day off does not (TC-43).

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::campaign::Campaign;

/// Whether people work on this day.
#[must_use]
pub fn is_workday(campaign: &Campaign, day: NaiveDate) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    campaign.days_worked.contains(&day) || (!weekend && !campaign.days_off.contains(&day))
}

/// Working days from the day after `from` up to and including `to`.
#[must_use]
pub fn workdays(campaign: &Campaign, from: NaiveDate, to: NaiveDate) -> i64 {
    let days = from.iter_days().skip(1).take_while(|day| *day <= to);
    let worked = days.filter(|day| is_workday(campaign, *day));
    i64::try_from(worked.count()).unwrap_or(i64::MAX)
}

/// The last day on which `days` working days after `from` are kept.
#[must_use]
pub fn workdays_after(campaign: &Campaign, from: NaiveDate, days: i64) -> NaiveDate {
    let mut left = days;
    for day in from.iter_days().skip(1).take(3660) {
        if left <= 0 {
            break;
        }
        if is_workday(campaign, day) {
            left -= 1;
            if left == 0 {
                return day;
            }
        }
    }
    from
}

#[cfg(test)]
mod tests;
