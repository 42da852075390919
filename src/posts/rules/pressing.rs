//! What is next to be done about a person's post, by whom and by when. The register's
//! to-dos are made of these; the rules they rest on are those of `findings`.

use chrono::NaiveDate;

use super::{Holder, Limits};

/// Something to be done about a person's post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To decide what was asked for on this day (PE-2, PE-3).
    Decide(NaiveDate),
    /// To ask for an approval or a filing, or to resign (PE-2, PE-3).
    Ask,
    /// To note the choice of a serving civil servant (PE-14).
    Choose,
    /// To carry out the choice to stay.
    Stay,
    /// To carry out the choice to leave.
    Place,
    /// To set the day to resign by (PE-16).
    Limit,
    /// To see to it that they resign by this day (PE-1).
    Resign(NaiveDate),
    /// To put right what an organ arranged (PE-15).
    Arranged,
}

impl Step {
    /// Its stable name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Decide(_) => "decide",
            Self::Ask => "ask",
            Self::Choose => "choose",
            Self::Stay => "stay",
            Self::Place => "place",
            Self::Limit => "limit",
            Self::Resign(_) => "resign",
            Self::Arranged => "arranged",
        }
    }

    /// What a to-do calls the step of a name, whenever it is due.
    #[must_use]
    pub fn label_of(key: &str) -> Option<&'static str> {
        let day = NaiveDate::MIN;
        let all = [
            Self::Decide(day),
            Self::Ask,
            Self::Choose,
            Self::Stay,
            Self::Place,
            Self::Limit,
            Self::Resign(day),
            Self::Arranged,
        ];
        all.into_iter()
            .find(|step| step.key() == key)
            .map(Self::label)
    }

    /// What a to-do calls it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Decide(_) => "审批或备案任职",
            Self::Ask => "报请审批、备案或者辞去",
            Self::Choose => "登记本人去留选择",
            Self::Stay => "办妥留任手续",
            Self::Place => "登记安置文件",
            Self::Limit => "确定辞去时限",
            Self::Resign(_) => "督促辞去兼任职务",
            Self::Arranged => "纠正机关推荐、安排的任职",
        }
    }
}

/// Everything that is to be done about a person's post on a day.
#[must_use]
pub fn steps(holder: &Holder, limits: &Limits, today: NaiveDate) -> Vec<Step> {
    let mut steps = Vec::new();
    if !holder.is_active() {
        return steps;
    }
    if holder.is_retired_cadre() {
        match holder.asked_on {
            Some(asked) => steps.push(Step::Decide(asked)),
            None if !holder.paper_holds(today, limits) => steps.push(Step::Ask),
            None => {}
        }
    }
    if holder.chooses() && !holder.executed() {
        steps.push(match holder.choice.as_deref() {
            Some("stay") => Step::Stay,
            Some(_) => Step::Place,
            None => Step::Choose,
        });
    }
    if holder.is_forbidden() {
        steps.push(holder.resign_by.map_or(Step::Limit, Step::Resign));
    }
    if holder.arranged_since(limits.issue_date) {
        steps.push(Step::Arranged);
    }
    steps
}
