//! The life of a wish for a later date of an item (domain 6.3, PL-14). Its moves come
//! with the item's own or with the end of the plan, so the item's version is theirs.

use chrono::NaiveDate;

use crate::access::Act;
use crate::access::case::{Holder, Place, Steps};
use crate::words;

words! {
    /// State of a wish for a later date.
    pub enum State {
        /// A department has to decide.
        Asked = "asked", "待决定", Going;
        /// The deadline has moved.
        Granted = "granted", "同意", Done;
        /// The deadline stays.
        Refused = "refused", "不同意", Void;
        /// The item is called for no more.
        Lapsed = "lapsed", "不再办理", Void;
    }
}

/// From a state, by an act, to a state.
pub const STEPS: Steps<State> = &[
    (State::Asked, Act::ExtensionDecide, State::Granted),
    (State::Asked, Act::ExtensionDecide, State::Refused),
    (State::Asked, Act::ExitDecide, State::Lapsed),
    (State::Asked, Act::RosterAmend, State::Lapsed),
];

/// On whose desk it lies.
#[must_use]
pub const fn holder(state: State) -> &'static [Holder] {
    match state {
        State::Asked => const { &[Holder::new(Place::Verifiers, Act::ExtensionDecide)] },
        State::Granted | State::Refused | State::Lapsed => &[],
    }
}

/// What the department says.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The later date is granted.
    pub granted: bool,
    /// Number of its document.
    pub document_number: String,
    /// Its words; a refusal needs them.
    pub opinion: Option<String>,
}

/// A later date that is asked for.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The day.
    pub wanted: NaiveDate,
    /// Why.
    pub reason: String,
}
