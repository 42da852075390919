//! States of a prior approval and a department's answers, with their wording.

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
