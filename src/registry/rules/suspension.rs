//! How long an association stood still, and by how much its dates move with it (FD-4).

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::scheme::calendar::{is_workday, workdays_after};
use crate::scheme::campaign::Campaign;

crate::words! {
    /// Why an association stands still.
    pub enum Cause {
        /// The office's head has suspended its plan.
        Plan = "plan", "方案暂停办理";
        /// Its leaving lies with civil affairs (exit_pending).
        Exit = "exit", "退出待决定";
    }
}

/// A time in which it stood still; open until it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standstill {
    /// From this day.
    pub from: NaiveDate,
    /// Until it went on.
    pub until: Option<NaiveDate>,
}

/// Working days of standstills that have ended, each day once, in however many of them it
/// lies. The day of the beginning is not counted, that of the end is. `since`: only what
/// comes after this day, because what is measured began on it.
#[must_use]
pub fn stood(campaign: &Campaign, all: &[Standstill], since: Option<NaiveDate>) -> i64 {
    let mut still = BTreeSet::new();
    for each in all {
        let Some(until) = each.until else { continue };
        let from = since.map_or(each.from, |since| since.max(each.from));
        let days = from.iter_days().skip(1).take_while(|day| *day <= until);
        still.extend(days.filter(|day| is_workday(campaign, *day)));
    }
    i64::try_from(still.len()).unwrap_or(i64::MAX)
}

/// A date of the batch or of a step after so many working days of standstill: at most the
/// batch's final day (FD-1); what lies after it stays.
#[must_use]
pub fn moved(campaign: &Campaign, day: NaiveDate, stood: i64) -> NaiveDate {
    let last = campaign.parameters.batch_final_day;
    workdays_after(campaign, day, stood).min(last).max(day)
}

#[cfg(test)]
mod tests;
