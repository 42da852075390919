//! Geometry of the dashboard's pictures: dates and counts → places in an SVG
//! drawing. Pure; the templates draw what stands here, with a table beneath.

use chrono::{Datelike as _, NaiveDate, TimeDelta};

/// Left edge of every drawing area, room for names.
pub const LEFT: i64 = 130;
/// Width of every drawing area.
pub const WIDTH: i64 = 720;
/// Height of a row of bars with the space around it.
pub const STEP: i64 = 34;
/// Height of the trend's drawing area.
pub const TALL: i64 = 180;
/// A bar at least this wide holds its own words.
const ROOMY: i64 = 200;
/// Points of the trend stand this far apart to have words each.
const WORD: i64 = 44;

/// Where a day lies between two days, within the drawing area.
#[must_use]
pub fn place(day: NaiveDate, (from, to): (NaiveDate, NaiveDate)) -> i64 {
    let span = (to - from).num_days().max(1);
    LEFT + (day - from).num_days().clamp(0, span) * WIDTH / span
}

/// A phase as a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// 准备阶段.
    pub title: String,
    /// 8月9日—9月30日.
    pub dates: String,
    /// Left edge.
    pub x: i64,
    /// Top edge.
    pub y: i64,
    /// Width.
    pub width: i64,
    /// 已过, 进行中 or 未开始.
    pub state: &'static str,
    /// Where the bar's words begin, or end.
    pub words: i64,
    /// The words stand before the bar and end there.
    pub words_end: bool,
}

/// The three phases and today's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhasePicture {
    /// The phases from top to bottom.
    pub spans: Vec<Span>,
    /// Where today's line stands.
    pub today: i64,
    /// Height of the drawing.
    pub height: i64,
}

/// Draws the phases: title, first and last day of each.
#[must_use]
pub fn phases(phases: &[(String, NaiveDate, NaiveDate)], today: NaiveDate) -> PhasePicture {
    let from = phases.iter().map(|(_, from, _)| *from).min();
    let to = phases.iter().map(|(_, _, to)| *to).max();
    let axis = (
        from.unwrap_or(today).min(today),
        to.unwrap_or(today).max(today),
    );
    let spans: Vec<Span> = phases
        .iter()
        .zip(0..)
        .map(|((title, from, to), row): (_, i64)| {
            let x = place(*from, axis);
            let width = (place(*to, axis) - x).max(2);
            // Within the bar, or on the side of it that has more room.
            let (words, words_end) = match (width < ROOMY, x - LEFT > WIDTH / 2) {
                (false, _) => (x + 10, false),
                (true, true) => (x - 8, true),
                (true, false) => (x + width + 8, false),
            };
            Span {
                words,
                words_end,
                title: title.clone(),
                dates: format!("{}—{}", short(*from), short(*to)),
                x,
                y: row * STEP + 8,
                width,
                state: match (today < *from, today > *to) {
                    (true, _) => "未开始",
                    (_, true) => "已过",
                    _ => "进行中",
                },
            }
        })
        .collect();
    PhasePicture {
        today: place(today, axis),
        height: STEP * i64::try_from(spans.len()).unwrap_or(0) + 12,
        spans,
    }
}

fn short(day: NaiveDate) -> String {
    day.format("%-m月%-d日").to_string()
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
