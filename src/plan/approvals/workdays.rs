//! Working days by the State Council's calendar (parameters of the campaign).

use chrono::{Datelike as _, NaiveDate, Weekday};

use crate::scheme::campaign::Campaign;

/// Working days from the day after `from` up to and including `to`.
#[must_use]
pub fn workdays(campaign: &Campaign, from: NaiveDate, to: NaiveDate) -> i64 {
    let days = from.iter_days().skip(1).take_while(|day| *day <= to);
    let worked = days.filter(|day| {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        campaign.days_worked.contains(day) || (!weekend && !campaign.days_off.contains(day))
    });
    i64::try_from(worked.count()).unwrap_or(i64::MAX)
}

/// The last day on which `days` working days after `from` are kept.
#[must_use]
pub fn workdays_after(campaign: &Campaign, from: NaiveDate, days: i64) -> NaiveDate {
    from.iter_days()
        .skip(1)
        .take(366)
        .find(|day| workdays(campaign, from, *day) >= days)
        .unwrap_or(from)
}
