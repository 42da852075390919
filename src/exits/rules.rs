//! The state machine of an exit, what it does to items, and when one is suggested.

use chrono::NaiveDate;

use crate::access::Act;
use crate::access::case::{Holder, Place, Steps};
use crate::database::Explain;
use crate::registry::rules::ExitKind;
use crate::scheme::Answers;
use crate::scheme::persons::PEOPLE;
use crate::words;

words! {
    /// State of an exit.
    pub enum State {
        /// The unit's clerk writes it.
        Draft = "draft", "拟稿中，待单位负责人报送", Going;
        /// With civil affairs (exit_pending).
        Proposed = "proposed", "已报民政局，待决定", Going;
        /// Sent back.
        Refused = "refused", "未予退出，已退回单位", Soon;
        /// The association has left.
        Decided = "decided", "已退出", Void;
    }
}

/// From a state, by an act, to a state.
pub const STEPS: Steps<State> = &[
    (State::Draft, Act::ExitSave, State::Draft),
    (State::Refused, Act::ExitSave, State::Draft),
    (State::Draft, Act::ExitPropose, State::Proposed),
    (State::Proposed, Act::ExitRefuse, State::Refused),
    (State::Proposed, Act::ExitDecide, State::Decided),
];

/// On whose desk it lies.
#[must_use]
pub const fn holder(state: State) -> &'static [Holder] {
    match state {
        State::Draft => const { &[Holder::leader(Act::ExitPropose)] },
        State::Proposed => const { &[Holder::new(Place::Civil, Act::ExitDecide)] },
        State::Refused => const { &[Holder::clerk(Act::ExitSave)] },
        State::Decided => &[],
    }
}

/// What civil affairs writes down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Number of the document.
    pub number: String,
    /// Its date, which is the day of the exit.
    pub date: NaiveDate,
    /// In words.
    pub opinion: String,
}

/// Why an act is not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It has left already.
    Gone,
    /// The plan is closed: the association is through, there is nothing to leave.
    PlanClosed,
    /// A merger needs a living other association.
    NoSurvivor,
    /// A day to come, or before the proposal.
    ImpossibleDay(NaiveDate),
    /// The unit is the one it has.
    SameUnit,
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::Gone => "该协会已经退出。".to_owned(),
            Self::PlanClosed => "该协会的实施方案已办结，不再按脱钩期间退出办理。".to_owned(),
            Self::NoSurvivor => {
                "没有找到这个名称的存续协会。请按登记证书填写合并后存续协会的全称。".to_owned()
            }
            Self::ImpossibleDay(day) => {
                format!("日期{day}不对：不能晚于今天，也不能早于单位报送的日期。")
            }
            Self::SameUnit => "该协会的业务主管单位已经是这个单位。".to_owned(),
        }
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::NoSurvivor => Some(("survivor", "合并后存续的协会")),
            Self::ImpossibleDay(_) => Some(("date", "决定日期")),
            Self::Gone | Self::PlanClosed | Self::SameUnit => None,
        }
    }
}

/// A decision is not dated before the proposal, nor after today.
pub fn may_decide(
    date: NaiveDate,
    proposed: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<(), Refusal> {
    if date > today || proposed.is_some_and(|day| date < day) {
        Err(Refusal::ImpossibleDay(date))
    } else {
        Ok(())
    }
}

/// Tables of the survey whose rows go over to the survivor of a merger (TC-41).
const TRANSFERRED: [&str; 4] = ["SV-51#", "SV-55#", "SV-60#", "SV-45#"];

/// The tables of assets and of people, whose rows a merger counts.
pub const COUNTED: (&str, &str) = ("SV-51", PEOPLE);

/// Why an item that is not resolved is called for no more.
#[must_use]
pub fn lapse_reason(object: &str, kind: ExitKind, number: &str, survivor: Option<&str>) -> String {
    match survivor {
        Some(name) if TRANSFERRED.iter().any(|table| object.starts_with(table)) => {
            format!("随合并转入{name}，由该协会继续办理（{number}）")
        }
        Some(name) => format!("协会并入{name}，本事项终止（{number}）"),
        None => format!("协会已{}，本事项终止（{number}）", kind.label()),
    }
}

/// What in a confirmed survey speaks for leaving instead of a plan (SC-12).
#[must_use]
pub fn suggestions(survey: &Answers) -> Vec<&'static str> {
    let mut found = Vec::new();
    if survey.yes("SV-19") == Some(false) {
        found.push("摸底调查：未正常开展活动");
    }
    if survey.text("SV-16") == Some("absent") {
        found.push("摸底调查：最近一次年检（年报）未参检");
    }
    match survey.text("SV-30") {
        Some("deregister") => found.push("摸底调查：协会有注销意愿"),
        Some("merge") => found.push("摸底调查：协会有合并意愿"),
        _ => {}
    }
    found
}

#[cfg(test)]
mod tests;
