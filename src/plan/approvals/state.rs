//! States of a prior approval and a department's answers, with their wording.

/// State of a prior approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum ApprovalState {
    /// Demanded by the survey or the plan.
    Required,
    /// With the department.
    Requested,
    /// Agreed.
    Approved,
    /// Agreed on conditions.
    ApprovedWithConditions,
    /// Refused.
    Rejected,
    /// Closed: no longer needed.
    NotNeeded,
    /// Taken back by the department that had agreed (TC-35).
    Withdrawn,
}

impl ApprovalState {
    /// All states.
    pub const ALL: [Self; 7] = [
        Self::Required,
        Self::Requested,
        Self::Approved,
        Self::ApprovedWithConditions,
        Self::Rejected,
        Self::NotNeeded,
        Self::Withdrawn,
    ];

    /// The value kept in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Requested => "requested",
            Self::Approved => "approved",
            Self::ApprovedWithConditions => "approved_with_conditions",
            Self::Rejected => "rejected",
            Self::NotNeeded => "not_needed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// What pages call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Required => "应报请",
            Self::Requested => "待批",
            Self::Approved => "同意",
            Self::ApprovedWithConditions => "附条件同意",
            Self::Rejected => "不同意",
            Self::NotNeeded => "不再需要",
            Self::Withdrawn => "已撤回",
        }
    }

    /// Colour and shape of its tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Required => "yellow",
            Self::Requested => "blue",
            Self::Approved | Self::ApprovedWithConditions => "green",
            Self::Rejected | Self::Withdrawn => "red",
            Self::NotNeeded => "grey",
        }
    }

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

/// A department's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 同意.
    Agree,
    /// 附条件同意.
    OnConditions,
    /// 不同意.
    Refuse,
}

impl Verdict {
    /// All answers.
    pub const ALL: [Self; 3] = [Self::Agree, Self::OnConditions, Self::Refuse];

    /// The value sent by forms.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::OnConditions => "conditions",
            Self::Refuse => "refuse",
        }
    }

    /// What pages call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Agree => "同意",
            Self::OnConditions => "附条件同意",
            Self::Refuse => "不同意",
        }
    }

    /// The answer with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.key() == key)
    }

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
