//! Asking that the published list be amended: the state machine of a request (LI-8, LI-9).

use crate::access::Act;
use crate::access::case::{Holder, Steps};

crate::words! {
    /// What an amendment does to an association.
    pub enum Change {
        Added = "added", "列入";
        Withdrawn = "withdrawn", "撤出";
    }
}

crate::words! {
    /// State of a request.
    pub enum State {
        /// Being written.
        Draft = "draft", "拟稿中，尚未报送", Going;
        /// With the office's head.
        Proposed = "proposed", "已报脱钩办，待负责人决定", Going;
        /// Not agreed to.
        Refused = "refused", "未予同意", Void;
        /// Part of a numbered amendment.
        Decided = "decided", "已调整名单", Done;
    }
}

/// From a state, by an act, to a state. What was refused stays as it is: who asks
/// again begins a new request.
pub const STEPS: Steps<State> = &[
    (State::Draft, Act::AmendmentSave, State::Draft),
    (State::Draft, Act::AmendmentAttach, State::Draft),
    (State::Draft, Act::AmendmentDetach, State::Draft),
    (State::Draft, Act::AmendmentPropose, State::Proposed),
    (State::Proposed, Act::AmendmentRefuse, State::Refused),
    (State::Proposed, Act::RosterAmend, State::Decided),
];

/// On whose desk a unit's request lies; the office's own is its clerk's to send (`desk`).
#[must_use]
pub const fn holder(state: State) -> &'static [Holder] {
    match state {
        State::Draft => {
            const {
                &[
                    Holder::clerk(Act::AmendmentSave).incomplete(),
                    Holder::leader(Act::AmendmentPropose).complete(),
                ]
            }
        }
        State::Proposed => const { &[Holder::head(Act::RosterAmend)] },
        State::Refused | State::Decided => &[],
    }
}
