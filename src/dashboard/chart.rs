//! Geometry of the dashboard's trend: dates and counts → places in an SVG
//! drawing. Pure; the templates draw what stands here, with a table beneath.

use chrono::{Datelike as _, NaiveDate, TimeDelta};

/// Left edge of every drawing area, room for names.
pub const LEFT: i64 = 90;
/// Width of every drawing area.
pub const WIDTH: i64 = 780;
/// Height of the trend's drawing area.
pub const TALL: i64 = 180;
/// Points of the trend stand this far apart to have their day below each.
const WORD: i64 = 88;

/// Where a day lies between two days, within the drawing area.
#[must_use]
pub fn place(day: NaiveDate, (from, to): (NaiveDate, NaiveDate)) -> i64 {
    let span = (to - from).num_days().max(1);
    LEFT + (day - from).num_days().clamp(0, span) * WIDTH / span
}

/// A week of the trend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Its last day, a Sunday or today.
    pub until: NaiveDate,
    /// Resolved in it.
    pub new: i64,
    /// Resolved by its end.
    pub total: i64,
    /// Place of its point.
    pub x: i64,
    /// Place of its point.
    pub y: i64,
    /// There is room for its words.
    pub labelled: bool,
}

/// What was resolved on each day, by weeks that end on Sunday, up to today.
#[must_use]
pub fn weeks(days: &[(NaiveDate, i64)], applicable: i64, today: NaiveDate) -> Vec<Week> {
    let Some(first) = days.iter().map(|(day, _)| *day).min() else {
        return Vec::new();
    };
    let ends: Vec<NaiveDate> = sundays(first, today);
    let axis = (
        ends.first().copied().unwrap_or(today),
        ends.last().copied().unwrap_or(today),
    );
    let mut total = 0;
    let mut before: Option<NaiveDate> = None;
    let last = ends.len().saturating_sub(1);
    let apart = WIDTH / i64::try_from(last.max(1)).unwrap_or(1);
    let every = usize::try_from(WORD / apart.max(1)).unwrap_or(0) + 1;
    ends.into_iter()
        .enumerate()
        .map(|(index, until)| {
            let new: i64 = days
                .iter()
                .filter(|(day, _)| *day <= until && before.is_none_or(|before| *day > before))
                .map(|(_, count)| count)
                .sum();
            total += new;
            before = Some(until);
            Week {
                until,
                new,
                total,
                x: place(until, axis),
                y: height(total, applicable),
                // Counted from the last one, which always has its words.
                labelled: (last - index).is_multiple_of(every),
            }
        })
        .collect()
}

/// The last days of the weeks from a day's own up to the last, which is cut off.
fn sundays(first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let left = 6 - i64::from(first.weekday().num_days_from_monday());
    let mut end = first + TimeDelta::days(left);
    let mut ends = Vec::new();
    while end < last {
        ends.push(end);
        end += TimeDelta::days(7);
    }
    ends.push(last.max(first));
    ends
}

/// Where a count lies between nothing (bottom) and all (top).
#[must_use]
pub fn height(count: i64, all: i64) -> i64 {
    TALL - count.clamp(0, all.max(0)) * (TALL - 20) / all.max(1)
}

/// The weeks' points as the line of a polyline.
#[must_use]
pub fn line(weeks: &[Week]) -> String {
    weeks
        .iter()
        .map(|week| format!("{},{}", week.x, week.y))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests;
