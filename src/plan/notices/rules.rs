//! A notice to a linked department: signed for, answered, or closed with the plan
//! (五(二), TC-50).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::access::case::{Holder, Place, Steps};
use crate::access::{Act, Role};

use NoticeState as At;

crate::words! {
    /// Where a notice stands.
    pub enum NoticeState {
        /// Nobody has read it.
        Sent = "sent", "待签收", Todo;
        /// The department has signed for it.
        Read = "read", "已签收，待回复", Going;
        /// It agrees to ending the tie.
        Agreed = "agreed", "同意终止关系", Done;
        /// It objects.
        Objected = "objected", "有异议", Soon;
        /// The plan ended before an answer came.
        Closed = "closed", "方案已终止，不再回复", Void;
    }
}

/// The letter as it was sent, beside its own words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// The association's name.
    pub association: String,
    /// The unit that tells.
    pub unit: String,
    /// The department that is told.
    pub department: String,
    /// The ties that are to end.
    pub ties: Vec<Told>,
}

/// A tie as the letter tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The tie's key.
    pub id: i64,
    /// The key of its kind.
    pub kind: String,
    /// The subordinate unit through which it runs (SC-9).
    pub via: Option<String>,
    /// The document it rests on.
    pub basis: String,
    /// Since when.
    pub started_on: Option<NaiveDate>,
}

/// From a state, by an act, to a state; a notice can be answered unread.
pub const STEPS: Steps<NoticeState> = &[
    (At::Sent, Act::NoticeSign, At::Read),
    (At::Sent, Act::NoticeAnswer, At::Agreed),
    (At::Sent, Act::NoticeAnswer, At::Objected),
    (At::Read, Act::NoticeAnswer, At::Agreed),
    (At::Read, Act::NoticeAnswer, At::Objected),
    (At::Sent, Act::ExitDecide, At::Closed),
    (At::Read, Act::ExitDecide, At::Closed),
    (At::Sent, Act::RosterAmend, At::Closed),
    (At::Read, Act::RosterAmend, At::Closed),
];

/// On whose desk it lies.
#[must_use]
pub const fn holder(state: NoticeState) -> &'static [Holder] {
    match state {
        At::Sent => {
            const {
                &[
                    Holder::new(Place::Linked(Role::UnitClerk), Act::NoticeSign),
                    Holder::new(Place::Linked(Role::UnitLeader), Act::NoticeAnswer),
                ]
            }
        }
        At::Read => {
            const {
                &[
                    Holder::new(Place::Linked(Role::UnitClerk), Act::NoticeAnswer),
                    Holder::new(Place::Linked(Role::UnitLeader), Act::NoticeAnswer),
                ]
            }
        }
        At::Agreed | At::Objected | At::Closed => &[],
    }
}
