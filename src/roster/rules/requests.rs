//! Asking that the published list be amended: the state machine of a request (LI-8, LI-9).

use crate::access::{Act, steps};

/// What an amendment does to an association.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Change {
    /// 列入.
    Added,
    /// 撤出.
    Withdrawn,
}

impl Change {
    /// The value kept in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// What pages call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Added => "列入",
            Self::Withdrawn => "撤出",
        }
    }
}

/// State of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// Being written.
    Draft,
    /// With the office's head.
    Proposed,
    /// Not agreed to.
    Refused,
    /// Part of a numbered amendment.
    Decided,
}

impl State {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Proposed, Self::Refused, Self::Decided];

    /// The value kept in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Refused => "refused",
            Self::Decided => "decided",
        }
    }

    /// What pages call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "拟稿中，尚未报送",
            Self::Proposed => "已报脱钩办，待负责人决定",
            Self::Refused => "未予同意",
            Self::Decided => "已调整名单",
        }
    }

    /// Colour and shape of its tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Decided => "blue",
            Self::Proposed => "yellow",
            Self::Draft | Self::Refused => "grey",
        }
    }
}

/// From a state, by an act, to a state. What was refused stays as it is: who asks
/// again begins a new request.
pub const STEPS: &[(State, Act, State)] = &[
    (State::Draft, Act::AmendmentSave, State::Draft),
    (State::Draft, Act::AmendmentPropose, State::Proposed),
    (State::Proposed, Act::AmendmentRefuse, State::Refused),
    (State::Proposed, Act::RosterAmend, State::Decided),
];

/// The state after an act, if the act is open in this state.
#[must_use]
pub fn next(state: State, act: Act) -> Option<State> {
    steps::after(STEPS, state, act)
}
