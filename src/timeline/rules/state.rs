//! One task, one day: its state, and its light by the one function of lights.

use chrono::NaiveDate;

use crate::progress::lights::{self, Light};

/// When a task may begin and must end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// It may begin.
    pub from: NaiveDate,
    /// It must end; nothing: it runs on.
    pub due: Option<NaiveDate>,
}

/// What is on record of a task, counted over its subjects (associations, items,
/// approvals, or the one thing that it is).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// Subjects.
    pub total: i64,
    /// Of these, done.
    pub done: i64,
    /// Of these, done after a deadline of their own.
    pub late: i64,
    /// Subjects that cannot be counted yet because what comes before is missing.
    pub pending: i64,
    /// Open ones that wait for the one who carries the task out.
    pub waiting: i64,
    /// Something was begun.
    pub started: bool,
    /// The last day on which one was done.
    pub done_on: Option<NaiveDate>,
    /// The earliest deadline of its own that an open subject has.
    pub open_due: Option<NaiveDate>,
    /// Open ones whose association stands still (FD-4).
    pub still: i64,
}

impl Facts {
    /// The facts of several holders together.
    #[must_use]
    pub fn sum<'a>(facts: impl Iterator<Item = &'a Self>) -> Self {
        facts.fold(Self::default(), |sum, one| Self {
            total: sum.total + one.total,
            done: sum.done + one.done,
            late: sum.late + one.late,
            pending: sum.pending + one.pending,
            waiting: sum.waiting + one.waiting,
            started: sum.started || one.started,
            done_on: sum.done_on.max(one.done_on),
            open_due: [sum.open_due, one.open_due].into_iter().flatten().min(),
            still: sum.still + one.still,
        })
    }

    /// Nothing is left to do.
    #[must_use]
    pub const fn complete(&self) -> bool {
        self.total > 0 && self.done >= self.total && self.pending == 0
    }

    /// All that is left stands still.
    #[must_use]
    pub const fn rests(&self) -> bool {
        self.still > 0 && self.done + self.still >= self.total && self.pending == 0
    }

    /// There is nothing to do at all.
    #[must_use]
    pub const fn empty(&self) -> bool {
        self.total == 0 && self.pending == 0
    }
}

/// State of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The program keeps nothing of it yet.
    Unregistered,
    /// There is nothing to do for this holder.
    NoTask,
    /// It runs through the whole campaign.
    Standing,
    /// Its window has not opened.
    NotDue,
    /// The window is open, nothing was begun.
    NotStarted,
    /// Under way.
    Running,
    /// Done in time.
    OnTime,
    /// Done after the day.
    DoneLate,
    /// Overdue by so many days.
    Late(i64),
    /// All that is left stands still: it is not late (FD-4).
    Still,
}

impl State {
    /// All states that a list filters by: value and word.
    pub const FILTERS: [(&'static str, &'static str); 10] = [
        ("late", "逾期"),
        ("running", "进行中"),
        ("not_started", "未开始"),
        ("not_due", "未到时间"),
        ("on_time", "按期完成"),
        ("done_late", "逾期完成"),
        ("still", "暂停办理"),
        ("standing", "常态进行"),
        ("no_task", "无任务"),
        ("unregistered", "尚未纳入系统办理"),
    ];

    /// The value that filters and pictures use.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unregistered => "unregistered",
            Self::NoTask => "no_task",
            Self::Standing => "standing",
            Self::NotDue => "not_due",
            Self::NotStarted => "not_started",
            Self::Running => "running",
            Self::OnTime => "on_time",
            Self::DoneLate => "done_late",
            Self::Late(_) => "late",
            Self::Still => "still",
        }
    }

    /// The word.
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Self::Late(days) => format!("逾期{days}天"),
            other => Self::FILTERS
                .iter()
                .find(|(key, _)| *key == other.key())
                .map_or_else(String::new, |(_, word)| (*word).to_owned()),
        }
    }

    /// Nothing is left to do or to wait for.
    #[must_use]
    pub const fn settled(self) -> bool {
        matches!(
            self,
            Self::OnTime | Self::DoneLate | Self::NoTask | Self::Unregistered | Self::Standing
        )
    }
}

/// The day after which open subjects are late: the window's end, or a later day
/// that the subject itself was given by a lawful extension.
fn end(due: NaiveDate, facts: &Facts) -> NaiveDate {
    facts.open_due.map_or(due, |open| open.max(due))
}

/// The state of a task on a day. A deadline is the end of its day (TC-69).
#[must_use]
pub fn state(measured: bool, window: Window, facts: &Facts, today: NaiveDate) -> State {
    let Some(due) = window.due.filter(|_| measured) else {
        return if measured {
            State::Standing
        } else {
            State::Unregistered
        };
    };
    if facts.empty() {
        State::NoTask
    } else if facts.complete() {
        let late = facts.late > 0 || facts.done_on.is_some_and(|done| done > due);
        if late { State::DoneLate } else { State::OnTime }
    } else if facts.rests() {
        State::Still
    } else if today > end(due, facts) {
        State::Late((today - end(due, facts)).num_days())
    } else if facts.started || facts.done > 0 {
        State::Running
    } else if today < window.from {
        State::NotDue
    } else {
        State::NotStarted
    }
}

/// The light that goes with it, from the counters by `progress::lights`.
#[must_use]
pub fn light(
    state: State,
    window: Window,
    facts: &Facts,
    (today, warn_days): (NaiveDate, i64),
) -> Light {
    match state {
        State::Unregistered | State::NoTask | State::Standing => Light::NotApplicable,
        State::OnTime => Light::OnTime,
        State::DoneLate => Light::Late,
        State::Still => Light::Still(false),
        State::NotDue | State::NotStarted | State::Running | State::Late(_) => {
            let deadline = window.due.map(|due| end(due, facts));
            lights::of_counters((1, 0, 0), deadline, today, warn_days)
        }
    }
}
