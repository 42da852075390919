//! Working days by the State Council's calendar (parameters of the campaign).
//! A weekend day on which people work counts; a day off does not (TC-43).

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::campaign::Campaign;

/// Whether people work on this day.
#[must_use]
pub fn is_workday(campaign: &Campaign, day: NaiveDate) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    campaign.days_worked.contains(&day) || (!weekend && !campaign.days_off.contains(&day))
}

/// The years of these days that have no calendar: their working days are guessed by
/// weekends alone, and whoever shows such a day says so (FD-5).
#[must_use]
pub fn years_without(campaign: &Campaign, days: impl IntoIterator<Item = NaiveDate>) -> Vec<i32> {
    // New Year's Day is off by itself: with it alone nobody has entered a calendar.
    let entered = |day: &NaiveDate, year: i32| day.year() == year && day.ordinal() > 1;
    let known = |year: i32| campaign.days_off.iter().any(|day| entered(day, year));
    let years: BTreeSet<i32> = days.into_iter().map(|day| day.year()).collect();
    years.into_iter().filter(|year| !known(*year)).collect()
}

/// What is said of such years.
#[must_use]
pub fn unknown(years: &[i32]) -> Option<String> {
    let names: Vec<String> = years.iter().map(|year| format!("{year}年")).collect();
    (!names.is_empty()).then(|| {
        format!(
            "{}还没有录入工作日历，该年的工作日暂按周一至周五计算。请脱钩办负责人在“参数设置”中按国务院办公厅节假日安排补录。",
            names.join("、")
        )
    })
}

/// The years that the campaign's own dates reach without a calendar, in words.
#[must_use]
pub fn unknown_of(campaign: &Campaign) -> Option<String> {
    let set = &campaign.parameters;
    let end = set.batch_final_day.min(set.registration_due);
    let dates = [
        set.issue_date,
        set.survey_base_date,
        set.phase3_end,
        set.final_report_due,
        set.office_space_due,
        set.filing_due,
        end,
    ];
    unknown(&years_without(campaign, dates))
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
