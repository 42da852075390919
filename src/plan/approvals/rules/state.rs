//! States of a prior approval and a department's answers, with their wording.

use crate::access::Act;
use crate::access::case::{Holder, Place, Steps};

use ApprovalState as At;

crate::words! {
    /// State of a prior approval.
    pub enum ApprovalState {
        /// Demanded by the survey or the plan.
        Required = "required", "应报请", Todo;
        /// To be asked for with the next submission of a plan that was sent before.
        Marked = "marked", "随方案重新报请", Todo;
        /// With the department.
        Requested = "requested", "待批", Going;
        /// Asked for, and nobody's work while the plan is with its unit (FD-4).
        Resting = "resting", "暂停办理，待方案重新报送", Void;
        /// Agreed.
        Approved = "approved", "同意", Done;
        /// Agreed on conditions.
        ApprovedWithConditions = "approved_with_conditions", "附条件同意", Done;
        /// Refused.
        Rejected = "rejected", "不同意", Soon;
        /// Closed: no longer needed.
        NotNeeded = "not_needed", "不再需要", Void;
        /// Taken back by the department that had agreed (TC-35).
        Withdrawn = "withdrawn", "已撤回", Void;
    }
}

impl ApprovalState {
    /// Agreed, on conditions or without.
    #[must_use]
    pub const fn is_approved(self) -> bool {
        matches!(self, Self::Approved | Self::ApprovedWithConditions)
    }

    /// Nobody is asked: it waits for the plan to be sent.
    #[must_use]
    pub const fn waits_for_sending(self) -> bool {
        matches!(self, Self::Marked | Self::Resting)
    }

    /// The state once the plan is with its unit again: what is asked rests (TC-66).
    #[must_use]
    pub const fn in_a_returned_plan(self) -> Self {
        match self {
            Self::Requested => Self::Resting,
            other => other,
        }
    }

    /// The state once the plan is sent: what is marked is asked for, what rests goes on
    /// with a new clock, and what is not called for any more is closed (6.3). `again`: the
    /// plan was sent before.
    #[must_use]
    pub const fn once_sent(self, demanded: bool, again: bool) -> Self {
        match self {
            Self::Marked | Self::Resting if demanded => Self::Requested,
            Self::Marked | Self::Resting | Self::Required if !demanded => Self::NotNeeded,
            Self::Requested if again && !demanded => Self::NotNeeded,
            other => other,
        }
    }
}

/// From a state, by an act, to a state. Only an answer, a withdrawal, what the office's
/// head says to it and the end of a mark are acts on one approval; the others are moved
/// together by the acts of their plan.
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
    // The same in a plan that was sent before: asked for with the next submission (FD-4).
    (At::Required, Act::ApprovalMark, At::Marked),
    (At::Approved, Act::ApprovalMark, At::Marked),
    (At::ApprovedWithConditions, Act::ApprovalMark, At::Marked),
    (At::Rejected, Act::ApprovalMark, At::Marked),
    (At::NotNeeded, Act::ApprovalMark, At::Marked),
    (At::Withdrawn, Act::ApprovalMark, At::Marked),
    (At::Marked, Act::ApprovalUnmark, At::Required),
    (At::Requested, Act::ApprovalAnswer, At::Approved),
    (
        At::Requested,
        Act::ApprovalAnswer,
        At::ApprovedWithConditions,
    ),
    (At::Requested, Act::ApprovalAnswer, At::Rejected),
    // The plan goes back to its unit, by whatever way: its requests rest (FD-4, TC-66).
    (At::Requested, Act::ApprovalAnswer, At::Resting),
    (At::Requested, Act::PlanReturn, At::Resting),
    (At::Requested, Act::PlanVoid, At::Resting),
    (At::Requested, Act::PlanRecall, At::Resting),
    // It is sent, with what was marked and what rested.
    (At::Marked, Act::PlanSubmit, At::Requested),
    (At::Marked, Act::PlanSubmit, At::NotNeeded),
    (At::Resting, Act::PlanSubmit, At::Requested),
    (At::Resting, Act::PlanSubmit, At::NotNeeded),
    (At::Requested, Act::PlanSubmit, At::Requested),
    (At::Requested, Act::PlanSubmit, At::NotNeeded),
    (At::Required, Act::PlanSubmit, At::NotNeeded),
    // Not called for any more by what the plan says.
    (At::Required, Act::PlanSave, At::NotNeeded),
    (At::Requested, Act::PlanSave, At::NotNeeded),
    // An exception that was not decided on, or refused, was written anew.
    (At::Requested, Act::PlanSave, At::Required),
    (At::Resting, Act::PlanSave, At::Required),
    (At::Rejected, Act::PlanSave, At::Required),
    (At::NotNeeded, Act::PlanSave, At::Required),
    (At::Withdrawn, Act::PlanSave, At::Required),
    // What was agreed to reads otherwise now.
    (At::Approved, Act::SignatureVoid, At::Required),
    (At::ApprovedWithConditions, Act::SignatureVoid, At::Required),
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
    (At::Resting, Act::ExitDecide, At::NotNeeded),
    (At::Resting, Act::RosterAmend, At::NotNeeded),
    (At::Marked, Act::ExitDecide, At::NotNeeded),
    (At::Marked, Act::RosterAmend, At::NotNeeded),
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
        At::Marked | At::Resting | At::Approved | At::ApprovedWithConditions | At::NotNeeded => &[],
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
