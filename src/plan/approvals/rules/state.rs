//! States of a prior approval and a department's answers, with their wording.

use crate::access::Act;
use crate::access::case::{Holder, Place, Steps};

use ApprovalState as At;

crate::words! {
    /// State of a prior approval.
    pub enum ApprovalState {
        /// Demanded by the survey or the plan.
        Required = "required", "应报请", yellow;
        /// With the department.
        Requested = "requested", "待批", blue;
        /// Agreed.
        Approved = "approved", "同意", green;
        /// Agreed on conditions.
        ApprovedWithConditions = "approved_with_conditions", "附条件同意", green;
        /// Refused.
        Rejected = "rejected", "不同意", red;
        /// Closed: no longer needed.
        NotNeeded = "not_needed", "不再需要";
        /// Taken back by the department that had agreed (TC-35).
        Withdrawn = "withdrawn", "已撤回", red;
    }
}

impl ApprovalState {
    /// Agreed, on conditions or without.
    #[must_use]
    pub const fn is_approved(self) -> bool {
        matches!(self, Self::Approved | Self::ApprovedWithConditions)
    }

    /// The state after another approval of the plan was refused (TC-66).
    #[must_use]
    pub const fn beside_a_refusal(self) -> Self {
        match self {
            Self::Requested => Self::NotNeeded,
            other => other,
        }
    }
}

/// From a state, by an act, to a state. Only an answer, a withdrawal and what the
/// office's head says to it are acts on one approval; the others are moved together by
/// the acts of their plan.
pub const STEPS: Steps<ApprovalState> = &[
    // Asked for: at first, again, or after it ran out.
    (At::Required, Act::ApprovalRequest, At::Requested),
    (At::Approved, Act::ApprovalRequest, At::Requested),
    (
        At::ApprovedWithConditions,
        Act::ApprovalRequest,
        At::Requested,
    ),
    (At::Rejected, Act::ApprovalRequest, At::Requested),
    (At::NotNeeded, Act::ApprovalRequest, At::Requested),
    (At::Withdrawn, Act::ApprovalRequest, At::Requested),
    (At::Requested, Act::ApprovalAnswer, At::Approved),
    (
        At::Requested,
        Act::ApprovalAnswer,
        At::ApprovedWithConditions,
    ),
    (At::Requested, Act::ApprovalAnswer, At::Rejected),
    // Beside one that was refused (TC-66).
    (At::Requested, Act::ApprovalAnswer, At::NotNeeded),
    // Not called for any more by what the plan says.
    (At::Required, Act::PlanSave, At::NotNeeded),
    (At::Requested, Act::PlanSave, At::NotNeeded),
    // An exception was written anew.
    (At::Requested, Act::PlanSave, At::Required),
    (At::Approved, Act::PlanSave, At::Required),
    (At::ApprovedWithConditions, Act::PlanSave, At::Required),
    (At::Rejected, Act::PlanSave, At::Required),
    (At::NotNeeded, Act::PlanSave, At::Required),
    (At::Withdrawn, Act::PlanSave, At::Required),
    // A change asks anew whom it touches, and nobody else.
    (At::Approved, Act::ChangeRequest, At::Requested),
    (
        At::ApprovedWithConditions,
        Act::ChangeRequest,
        At::Requested,
    ),
    (At::Rejected, Act::ChangeRequest, At::Requested),
    (At::NotNeeded, Act::ChangeRequest, At::Requested),
    (At::Withdrawn, Act::ChangeRequest, At::Requested),
    (At::Approved, Act::ChangeRequest, At::NotNeeded),
    (
        At::ApprovedWithConditions,
        Act::ChangeRequest,
        At::NotNeeded,
    ),
    (At::Rejected, Act::ChangeRequest, At::NotNeeded),
    (At::Withdrawn, Act::ChangeRequest, At::NotNeeded),
    (At::Requested, Act::ChangeReject, At::NotNeeded),
    (At::Requested, Act::ExitDecide, At::NotNeeded),
    (At::Requested, Act::RosterAmend, At::NotNeeded),
    (At::Approved, Act::ApprovalWithdraw, At::Withdrawn),
    (
        At::ApprovedWithConditions,
        Act::ApprovalWithdraw,
        At::Withdrawn,
    ),
    (At::Withdrawn, Act::WithdrawalSettle, At::Withdrawn),
    (At::Withdrawn, Act::ExitDecide, At::Withdrawn),
    (At::Withdrawn, Act::RosterAmend, At::Withdrawn),
];

/// On whose desk it lies.
#[must_use]
pub const fn holder(state: ApprovalState) -> &'static [Holder] {
    match state {
        At::Required | At::Rejected => const { &[Holder::clerk(Act::ApprovalRequest)] },
        At::Requested => const { &[Holder::new(Place::Asked, Act::ApprovalAnswer)] },
        At::Withdrawn => const { &[Holder::head(Act::WithdrawalSettle)] },
        At::Approved | At::ApprovedWithConditions | At::NotNeeded => &[],
    }
}

crate::words! {
    /// A department's answer.
    pub enum Verdict {
        Agree = "agree", "同意";
        OnConditions = "conditions", "附条件同意";
        Refuse = "refuse", "不同意";
    }
}

impl Verdict {
    /// The state that it leads to.
    #[must_use]
    pub const fn state(self) -> ApprovalState {
        match self {
            Self::Agree => ApprovalState::Approved,
            Self::OnConditions => ApprovalState::ApprovedWithConditions,
            Self::Refuse => ApprovalState::Rejected,
        }
    }
}
