//! The conditions of a reply as tasks: the unit reports them fulfilled, the
//! office confirms or sends back (domain 6.3: every condition copied into the plan).

use chrono::{Datelike as _, NaiveDate};

use crate::access::Act;
use crate::access::case::{Holder, Steps};

use ConditionState as At;

crate::words! {
    /// State of a condition.
    pub enum ConditionState {
        /// To be fulfilled.
        Open = "open", "待落实", Todo;
        /// The unit says that it is.
        Reported = "reported", "已报落实，待确认", Going;
        /// The office has seen that it is.
        Confirmed = "confirmed", "已落实", Done;
        /// Sent back with a reason.
        Returned = "returned", "已退回，待落实", Soon;
        /// The reply is void or the plan ended, and the condition with it.
        Void = "void", "不再落实", Void;
    }
}

/// From a state, by an act, to a state; a void reply and the plan's end take the open
/// ones with them.
pub const STEPS: Steps<ConditionState> = &[
    (At::Open, Act::ConditionReport, At::Reported),
    (At::Returned, Act::ConditionReport, At::Reported),
    (At::Reported, Act::ConditionRecall, At::Open),
    (At::Reported, Act::ConditionConfirm, At::Confirmed),
    (At::Reported, Act::ConditionReturn, At::Returned),
    (At::Reported, Act::CorrectionAsk, At::Reported),
    (At::Confirmed, Act::SignatureVoid, At::Reported),
    (At::Open, Act::PlanVoid, At::Void),
    (At::Reported, Act::PlanVoid, At::Void),
    (At::Returned, Act::PlanVoid, At::Void),
    (At::Open, Act::ExitDecide, At::Void),
    (At::Reported, Act::ExitDecide, At::Void),
    (At::Returned, Act::ExitDecide, At::Void),
    (At::Open, Act::RosterAmend, At::Void),
    (At::Reported, Act::RosterAmend, At::Void),
    (At::Returned, Act::RosterAmend, At::Void),
];

/// On whose desk it lies: the unit's clerk sees to it, its leader reports it.
#[must_use]
pub const fn holder(state: ConditionState) -> &'static [Holder] {
    match state {
        At::Open | At::Returned => {
            const {
                &[
                    Holder::clerk(Act::ConditionReport),
                    Holder::leader(Act::ConditionReport),
                ]
            }
        }
        At::Reported => const { &[Holder::office(Act::ConditionConfirm)] },
        At::Confirmed | At::Void => &[],
    }
}

impl ConditionState {
    /// Whether the unit still has to do something.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Returned)
    }
}

/// By when a condition is to be fulfilled: the first day of the year that its
/// words name (10月31日前), else the end of implementation.
#[must_use]
pub fn due(words: &str, replied_on: NaiveDate, otherwise: NaiveDate) -> NaiveDate {
    named_day(words, replied_on.year())
        .filter(|day| *day >= replied_on)
        .unwrap_or(otherwise)
}

fn named_day(words: &str, year: i32) -> Option<NaiveDate> {
    let characters: Vec<char> = words.chars().collect();
    let mut month_signs = characters.iter().enumerate().filter(|(_, c)| **c == '月');
    month_signs.find_map(|(place, _)| {
        let month = number(&characters, place.checked_sub(1)?)?;
        let rest: String = characters.get(place + 1..)?.iter().collect();
        let (day, _) = rest.split_once('日')?;
        NaiveDate::from_ymd_opt(year, month, day.trim().parse().ok()?)
    })
}

/// The number that ends at a place.
fn number(characters: &[char], end: usize) -> Option<u32> {
    let digits: String = characters
        .get(..=end)?
        .iter()
        .rev()
        .take_while(|c| c.is_ascii_digit())
        .collect();
    digits.chars().rev().collect::<String>().parse().ok()
}

#[cfg(test)]
mod tests;
