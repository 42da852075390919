//! The picture: a row for each task, bands for the phases, today's line. Pure
//! arithmetic on days; colour, pattern and word say the state together.

use chrono::{Datelike as _, Months, NaiveDate};

use crate::scheme::Scheme;
use crate::timeline::rules::{Line, State};

/// Where the days begin.
const LEFT: i64 = 300;
/// Width of all days.
const DAYS: i64 = 740;
/// Height of the head with months and phases.
const HEAD: i64 = 84;
/// Height of a row.
const ROW: i64 = 26;
/// Most characters of a label.
const LABEL: usize = 19;
/// Room that a word of a state takes.
const WORD: i64 = 120;

/// The picture.
pub struct Chart {
    /// Its width.
    pub width: i64,
    /// Its height.
    pub height: i64,
    /// Where today is, where it lies within the picture.
    pub today: Option<i64>,
    /// First days of months: place and word.
    pub months: Vec<(i64, String)>,
    /// Phases.
    pub phases: Vec<Band>,
    /// The tasks.
    pub bars: Vec<Bar>,
}

/// A phase's band.
pub struct Band {
    /// Its place.
    pub x: i64,
    /// Its width.
    pub width: i64,
    /// Its top.
    pub y: i64,
    /// Its name.
    pub name: String,
}

/// A task's bar.
pub struct Bar {
    /// PH-01 …
    pub code: String,
    /// What it is, shortened.
    pub label: String,
    /// Its baseline.
    pub text_y: i64,
    /// Top of the bar.
    pub y: i64,
    /// Its place and width.
    pub x: i64,
    /// Its width.
    pub width: i64,
    /// Key of its state.
    pub state: &'static str,
    /// How much of it is done: width.
    pub done: i64,
    /// The delay: place and width.
    pub delay: Option<(i64, i64)>,
    /// The word of the state.
    pub word: String,
    /// Where it stands.
    pub word_x: i64,
    /// It ends there instead of beginning.
    pub word_ends: bool,
}

struct Scale {
    first: NaiveDate,
    span: i64,
}

impl Scale {
    fn x(&self, day: NaiveDate) -> i64 {
        let days = (day - self.first).num_days().clamp(0, self.span);
        LEFT + days * DAYS / self.span
    }
}

/// Draws the lines of a day.
pub fn draw(scheme: &Scheme, lines: &[&Line], today: NaiveDate) -> Chart {
    let phases = scheme.phases();
    let parameters = &scheme.campaign.parameters;
    let first = phases
        .iter()
        .map(|(_, from, _)| *from)
        .min()
        .unwrap_or(parameters.issue_date);
    let dues = lines.iter().filter_map(|line| line.window.due);
    let ends = phases.iter().map(|(_, _, to)| *to);
    let last = dues.chain(ends).max().unwrap_or(first);
    let scale = Scale {
        first,
        span: (last - first).num_days().max(1) + 1,
    };
    let months = (1..36)
        .filter_map(|number| first.with_day(1)?.checked_add_months(Months::new(number)))
        .take_while(|day| *day <= last)
        .map(|day| (scale.x(day), format!("{}月", day.month())))
        .collect();
    Chart {
        width: LEFT + DAYS + 20,
        height: HEAD + ROW * i64::try_from(lines.len()).unwrap_or(0) + 8,
        today: (today >= first && today <= last).then(|| scale.x(today)),
        months,
        phases: phases
            .into_iter()
            .zip(0..)
            .map(|((name, from, to), place)| {
                let x = scale.x(from);
                Band {
                    x,
                    width: scale.x(to) - x,
                    y: 22 + place * 19,
                    name,
                }
            })
            .collect(),
        bars: lines
            .iter()
            .zip(0..)
            .map(|(line, place)| bar(line, HEAD + ROW * place, &scale, today))
            .collect(),
    }
}

fn bar(line: &Line, top: i64, scale: &Scale, today: NaiveDate) -> Bar {
    let x = scale.x(line.window.from);
    let end = line
        .window
        .due
        .map_or(LEFT + DAYS, |due| scale.x(due + chrono::TimeDelta::days(1)));
    let width = (end - x).max(4);
    let until = match line.state {
        State::Late(_) => Some(today),
        State::DoneLate => line.facts.done_on,
        _ => None,
    };
    let delay = until
        .map(|day| (x + width, scale.x(day) - x - width))
        .filter(|(_, width)| *width > 0);
    let right = delay.map_or(x + width, |(x, width)| x + width);
    let word_ends = right + WORD > LEFT + DAYS + 20;
    let whole = line.facts.total + line.facts.pending;
    let mut label: String = line.text.chars().take(LABEL).collect();
    if line.text.chars().count() > LABEL {
        label.push('…');
    }
    Bar {
        code: line.code.clone(),
        label,
        text_y: top + 17,
        y: top + 6,
        x,
        width,
        state: line.state.key(),
        done: if whole > 0 && !line.state.settled() {
            width * line.facts.done / whole
        } else {
            0
        },
        delay,
        word: line.state.word(),
        word_x: if word_ends { x - 6 } else { right + 6 },
        word_ends,
    }
}
