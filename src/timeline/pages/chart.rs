//! Where days lie on the time column: a band for each phase, a bar for each task, today's line.
//! Pure arithmetic on days; the words of a state stand in its own column.

use chrono::{Datelike as _, Months, NaiveDate, TimeDelta};

use crate::scheme::Scheme;
use crate::timeline::rules::{Line, State};

/// Width of all days.
const DAYS: i64 = 740;

/// The scale of the time column.
pub struct Scale {
    first: NaiveDate,
    span: i64,
    /// Where today is, where it lies within.
    pub today: Option<i64>,
    /// First days of months: place and word.
    pub months: Vec<(i64, String)>,
}

/// A phase's band, or a task's bar.
pub struct Bar {
    /// Its place.
    pub x: i64,
    /// Its width.
    pub width: i64,
    /// Key of its state.
    pub state: &'static str,
    /// How much of it is done: width.
    pub done: i64,
    /// The delay: place and width.
    pub delay: Option<(i64, i64)>,
}

impl Scale {
    /// From the first phase to the last day that anything is due.
    pub fn of(scheme: &Scheme, lines: &[Line], today: NaiveDate) -> Self {
        let phases = scheme.phases();
        let begins = phases.iter().map(|(_, from, _)| *from);
        let first = begins
            .min()
            .unwrap_or(scheme.campaign.parameters.issue_date);
        let dues = lines.iter().filter_map(|line| line.window.due);
        let ends = phases.iter().map(|(_, _, to)| *to);
        let last = dues.chain(ends).max().unwrap_or(first);
        let mut scale = Self {
            first,
            span: (last - first).num_days().max(1) + 1,
            today: None,
            months: Vec::new(),
        };
        scale.today = (today >= first && today <= last).then(|| scale.x(today));
        scale.months = (1..36)
            .filter_map(|number| first.with_day(1)?.checked_add_months(Months::new(number)))
            .take_while(|day| *day <= last)
            .map(|day| (scale.x(day), format!("{}月", day.month())))
            .collect();
        scale
    }

    fn x(&self, day: NaiveDate) -> i64 {
        let days = (day - self.first).num_days().clamp(0, self.span);
        days * DAYS / self.span
    }

    /// The days from one to another, both included.
    pub fn band(&self, from: NaiveDate, to: NaiveDate) -> Bar {
        let x = self.x(from);
        Bar {
            x,
            width: (self.x(to + TimeDelta::days(1)) - x).max(4),
            state: "",
            done: 0,
            delay: None,
        }
    }

    /// A task's bar.
    pub fn bar(&self, line: &Line, today: NaiveDate) -> Bar {
        let last = self.first + TimeDelta::days(self.span - 1);
        let due = line.window.due.unwrap_or(last);
        let Bar { x, width, .. } = self.band(line.window.from, due);
        let until = match line.state {
            State::Late(_) => Some(today),
            State::DoneLate => line.facts.done_on,
            _ => None,
        };
        let delay = until.map(|day| (x + width, self.x(day) - x - width));
        let whole = line.facts.total + line.facts.pending;
        Bar {
            x,
            width,
            state: line.state.key(),
            done: match line.state {
                State::OnTime | State::DoneLate => width,
                _ if whole > 0 && !line.state.settled() => width * line.facts.done / whole,
                _ => 0,
            },
            delay: delay.filter(|(_, width)| *width > 0),
        }
    }
}
