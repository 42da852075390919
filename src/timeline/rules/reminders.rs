//! 催办 (domain 9.2): which matters are open and late or nearly so, who holds each,
//! on which working day a reminder is due, and what stands against sending one.
//! Everything follows from the matters' present state, so that nothing reminds of
//! what is settled, sent back or given up.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};

use crate::access::Seen;
use crate::database::Explain;
use crate::scheme::Scheme;
use crate::scheme::calendar::{is_workday, workdays_after};
use crate::scheme::campaign::Campaign;
use crate::scheme::timeline::Task;

use super::orders::Written;

mod matters;

pub use matters::{Ground, ItemRow, Kind, Office, OtherRow, Sources, TaskRow, derive};

/// Working days between two reminders of one matter to one department.
const COOLING: i64 = 2;
/// Beyond so many days overdue a reminder is not enough.
const ESCALATION: i64 = 7;
/// Days overdue from which the leader is addressed too.
const LEADER: i64 = 3;
/// Longest text of a notice, a 督办单 or an answer.
pub const LONGEST: usize = 1000;
/// What a notice says unless somebody writes otherwise.
pub const DEFAULT_TEXT: &str =
    "下列事项已经逾期或临近时限，请抓紧办理；已经逾期的，请尽快办结并说明原因。";

/// What a notice is called on desks until it is signed for.
pub const NOTICE: &str = "reminder";

/// Something that is open and late, or due within the days of warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// item:12, verify:12, task:PH-05; of others the kind and key of the case: approval:5.
    pub key: String,
    /// Its kind.
    pub kind: Kind,
    /// Why it is open.
    pub ground: Ground,
    /// The department that holds it.
    pub holder: i64,
    /// The measure of an item; empty for others.
    pub measure: String,
    /// What it is.
    pub title: String,
    /// The association that it is of; none: a unit's own task.
    pub association: Option<i64>,
    /// The association, or how far a unit's task has come.
    pub subject: String,
    /// Where it is dealt with.
    pub href: String,
    /// The end of this day.
    pub deadline: NaiveDate,
}

impl Matter {
    /// Whether it is late of this task of the timeline: a unit's own task is one matter,
    /// tasks that consist of items or approvals are many.
    #[must_use]
    pub fn belongs(&self, scheme: &Scheme, task: &Task) -> bool {
        let item = matches!(self.kind, Kind::Item | Kind::Verification);
        match task.measured.as_str() {
            "prior_approvals" => self.ground == Ground::Approval,
            "items" => {
                let measure = scheme.measure(&self.measure);
                let track = measure.and_then(|measure| scheme.track(&measure.track));
                item && track.is_some_and(|track| track.counts_in_five)
            }
            "measures" => item && task.measures.contains(&self.measure),
            _ => self.key == format!("{}:{}", Kind::Task.key(), task.code()),
        }
    }

    /// Days overdue; negative: days left.
    #[must_use]
    pub fn late(&self, today: NaiveDate) -> i64 {
        (today - self.deadline).num_days()
    }
}

pub use crate::words::mark::days as word;

crate::words! {
    /// How far a matter has gone, as the list filters by it.
    pub enum Degree {
        /// More than seven days overdue.
        Grave = "grave", "逾期超过7天";
        /// Overdue.
        Late = "late", "已逾期";
        /// Due within the days of warning.
        Soon = "soon", "临期";
    }
}

impl Degree {
    /// Whether a matter so many days late belongs to it.
    #[must_use]
    pub const fn holds(self, late: i64) -> bool {
        match self {
            Self::Grave => late > ESCALATION,
            Self::Late => late > 0,
            Self::Soon => late <= 0,
        }
    }
}

/// What was sent about one matter to one department.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Past {
    /// How often.
    pub times: i64,
    /// On which day last.
    pub last: NaiveDate,
}

/// By department and matter.
pub type Pasts = BTreeMap<(i64, String), Past>;

/// A step of the ladder: days before or after the deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many days before.
    Before(i64),
    /// On the so many-th day overdue.
    After(i64),
}

impl Step {
    /// 到期前7天, 逾期第4天.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Before(days) => format!("到期前{days}天"),
            Self::After(days) => format!("逾期第{days}天"),
        }
    }

    /// Whom it is addressed to within the department, besides the office.
    #[must_use]
    pub const fn reaches_leader(self) -> bool {
        matches!(self, Self::After(days) if days >= LEADER)
    }
}

/// The step on exactly this many days late: the days of warning before, one day
/// before, the first day overdue and every third day after it.
#[must_use]
pub const fn step_on(late: i64, warn_days: i64) -> Option<Step> {
    if late > 0 && late % 3 == 1 {
        Some(Step::After(late))
    } else if late == -1 || (late < 0 && late == -warn_days) {
        Some(Step::Before(-late))
    } else {
        None
    }
}

/// The step that is due today. Nothing is due on a day off; what would have been
/// due then is due on the next working day (TC-43).
#[must_use]
pub fn step_due(campaign: &Campaign, deadline: NaiveDate, today: NaiveDate) -> Option<Step> {
    if !is_workday(campaign, today) {
        return None;
    }
    let warn = campaign.parameters.warn_days;
    let mut day = today;
    loop {
        if let Some(step) = step_on((day - deadline).num_days(), warn) {
            return Some(step);
        }
        day = day.pred_opt()?;
        if is_workday(campaign, day) || today - day > TimeDelta::days(30) {
            return None;
        }
    }
}

/// Whether a matter calls for a 督办单: more than seven days late in spite of a reminder.
#[must_use]
pub const fn escalates(late: i64, times: i64) -> bool {
    late > ESCALATION && times > 0
}

/// Why no reminder of a matter goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Nobody works today; the next day on which they do.
    DayOff(NaiveDate),
    /// It was sent lately; none until the end of this day.
    Cooling(NaiveDate),
    /// Nobody there has an account in use.
    Nobody,
}

impl Left {
    /// In words.
    #[must_use]
    pub fn explain(self) -> String {
        match self {
            Self::DayOff(next) => {
                format!("今天不是工作日，不发催办；下一个工作日为{next}")
            }
            Self::Cooling(until) => format!("冷却期内，至{until}"),
            Self::Nobody => "该单位没有在用的账号，催办无人接收".to_owned(),
        }
    }
}

/// Why nothing was sent, or signed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing of it may be reminded of now.
    Left(Left),
    /// Nothing of it is late or nearly so any more.
    Settled,
    /// Somebody has signed for it before.
    Acknowledged,
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::Left(left) => format!("没有发送：{}。", left.explain()),
            Self::Settled => "没有发送：所选事项已经办结或不再需要催办。".to_owned(),
            Self::Acknowledged => "本单位已经签收过这份催办通知。".to_owned(),
        }
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        (*self != Self::Acknowledged).then_some(("form", "催办"))
    }
}

/// What of some matters goes out today, one notice for each department, and what
/// stays behind.
pub struct Sorted<'m> {
    /// The notices.
    pub notices: Vec<(i64, Vec<&'m Matter>)>,
    /// What stays behind, and why.
    pub left: Vec<(&'m Matter, Left)>,
}

impl<'m> Sorted<'m> {
    /// What goes out.
    pub fn sent(&self) -> impl Iterator<Item = &'m Matter> {
        self.notices.iter().flat_map(|(_, own)| own.iter().copied())
    }
}

/// What reminders are judged by.
pub struct Judge<'a> {
    /// The calendar.
    pub campaign: &'a Campaign,
    /// The day.
    pub today: NaiveDate,
    /// What was sent before.
    pub pasts: &'a Pasts,
    /// Departments in which somebody receives it.
    pub reached: &'a BTreeSet<i64>,
}

impl Judge<'_> {
    /// What was sent about a matter.
    #[must_use]
    pub fn past(&self, matter: &Matter) -> Option<Past> {
        let key = (matter.holder, matter.key.clone());
        self.pasts.get(&key).copied()
    }

    /// How often it was reminded of.
    #[must_use]
    pub fn times(&self, matter: &Matter) -> i64 {
        self.past(matter).map_or(0, |past| past.times)
    }

    /// A matter as it is written into a notice or a 督办单.
    #[must_use]
    pub fn written(&self, matter: &Matter) -> Written {
        Written {
            matter: matter.key.clone(),
            title: matter.title.clone(),
            subject: matter.subject.clone(),
            href: matter.href.clone(),
            deadline: matter.deadline,
            late: matter.late(self.today),
            times: self.times(matter),
        }
    }

    /// What is decided on together: the matters as they would be written.
    pub fn seen<'m>(&self, matters: impl IntoIterator<Item = &'m Matter>) -> Seen {
        let line = |matter: &Matter| format!("{} {:?}", matter.holder, self.written(matter));
        Seen::list(matters.into_iter().map(line))
    }

    /// What of some matters goes out today.
    pub fn sort<'m>(&self, chosen: impl IntoIterator<Item = &'m Matter>) -> Sorted<'m> {
        let (mut sent, mut left) = (Vec::new(), Vec::new());
        for matter in chosen {
            match self.may_remind(matter) {
                Ok(()) => sent.push(matter),
                Err(why) => left.push((matter, why)),
            }
        }
        let notices = merge(sent);
        Sorted { notices, left }
    }

    /// The day off, if it is one.
    #[must_use]
    pub fn day_off(&self) -> Option<Left> {
        (!is_workday(self.campaign, self.today))
            .then(|| Left::DayOff(workdays_after(self.campaign, self.today, 1)))
    }

    /// Until when nothing more is sent about a matter.
    #[must_use]
    pub fn cooling(&self, matter: &Matter) -> Option<Left> {
        let past = self.past(matter)?;
        let until = workdays_after(self.campaign, past.last, COOLING);
        (self.today <= until).then_some(Left::Cooling(until))
    }

    /// Whether a reminder may go out today, and why not.
    pub fn may_remind(&self, matter: &Matter) -> Result<(), Left> {
        let nobody = (!self.reached.contains(&matter.holder)).then_some(Left::Nobody);
        match self.day_off().or_else(|| self.cooling(matter)).or(nobody) {
            Some(left) => Err(left),
            None => Ok(()),
        }
    }
}

/// One notice for each department, in the order in which they first appear.
#[must_use]
pub fn merge<'m>(matters: impl IntoIterator<Item = &'m Matter>) -> Vec<(i64, Vec<&'m Matter>)> {
    let mut merged: Vec<(i64, Vec<&Matter>)> = Vec::new();
    for matter in matters {
        match merged.iter_mut().find(|(id, _)| *id == matter.holder) {
            Some((_, own)) => own.push(matter),
            None => merged.push((matter.holder, vec![matter])),
        }
    }
    merged
}

#[cfg(test)]
mod tests;
