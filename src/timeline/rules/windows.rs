//! Moving the window of a task: what may be set, and what moves with it.

use chrono::NaiveDate;

use crate::database::Explain;
use crate::scheme::Scheme;
use crate::scheme::timeline::Task;

use super::Window;

/// From when until when.
pub type Days = (NaiveDate, NaiveDate);

/// Why a window is not moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The task runs on: it has no last day.
    Endless,
    /// It would end before it begins.
    Backwards,
    /// It is what it was.
    Same,
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::Endless => "常态进行的任务没有截止日期，不能调整。",
            Self::Backwards => "截止日期早于开始日期，请核对。",
            Self::Same => "时间没有变化。",
        }
        .to_owned()
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        (*self != Self::Endless).then_some(("due", "截止日期"))
    }
}

/// The days before, if they may become these.
pub fn may_move(before: Window, now: Days) -> Result<Days, Refusal> {
    let due = before.due.ok_or(Refusal::Endless)?;
    if now.1 < now.0 {
        Err(Refusal::Backwards)
    } else if now == (before.from, due) {
        Err(Refusal::Same)
    } else {
        Ok((before.from, due))
    }
}

/// The tasks that end with the same stage as this one, itself among them: a stage's
/// last day is a date of the scheme.
#[must_use]
pub fn together(scheme: &Scheme, task: &Task) -> Vec<String> {
    let stage = scheme.is_stage_date(&task.due);
    let tasks = scheme.timeline.tasks.iter();
    tasks
        .filter(|other| other.code() == task.code() || stage && other.due == task.due)
        .map(|other| other.code().to_owned())
        .collect()
}
