//! After publication the list changes only by numbered amendments (LI-8): what
//! may be added and withdrawn, what the amendment is called, who must be added.

use crate::registry::rules::{Scope, Stage};

/// 增补、调整、撤出.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum AmendmentKind {
    /// Only additions.
    Add,
    /// Both.
    Adjust,
    /// Only withdrawals.
    Withdraw,
}

impl AmendmentKind {
    /// The kind that these numbers of additions and withdrawals make.
    #[must_use]
    pub const fn of(added: usize, withdrawn: usize) -> Option<Self> {
        match (added, withdrawn) {
            (0, 0) => None,
            (_, 0) => Some(Self::Add),
            (0, _) => Some(Self::Withdraw),
            _ => Some(Self::Adjust),
        }
    }

    /// The value kept in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Adjust => "adjust",
            Self::Withdraw => "withdraw",
        }
    }

    /// What pages call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Add => "增补",
            Self::Adjust => "调整",
            Self::Withdraw => "撤出",
        }
    }
}

/// An association as an amendment sees it.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Its key.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Short name of its unit.
    pub unit: String,
    /// The office's decision on scope.
    pub scope: Scope,
    /// How far it has come.
    pub stage: Stage,
    /// On the list as it stands.
    pub listed: bool,
    /// It has left.
    pub exited: bool,
    /// Founded from the scheme's date on.
    pub new: bool,
    /// Its confirmed survey tells of appropriation; none: not confirmed.
    pub appropriation: Option<bool>,
}

impl Standing {
    /// Whether it may be added now: in scope, surveyed, living, not new, not listed.
    #[must_use]
    pub fn may_be_added(&self) -> bool {
        self.scope == Scope::In
            && !self.listed
            && !self.exited
            && !self.new
            && self.appropriation.is_some()
    }

    /// Whether it may be withdrawn now. One that has left stays on the list as
    /// exited (LI-9), one with a plan ends through its plan, and one with
    /// appropriation must take part while it is in scope (LI-3).
    #[must_use]
    pub fn may_be_withdrawn(&self) -> bool {
        self.listed
            && !self.exited
            && self.stage == Stage::Listed
            && !(self.appropriation == Some(true) && self.scope == Scope::In)
    }

    /// Whether a survey corrected after publication makes it mandatory (LI-9, TC-17).
    #[must_use]
    pub fn must_be_added(&self) -> bool {
        self.may_be_added() && self.appropriation == Some(true)
    }
}

/// Whether a recommendation that was decided on may be returned: what it was
/// decided on no longer stands (a scope decision changed, an exit, a new survey).
#[must_use]
pub fn base_moved(decided: &[i64], now: &[i64]) -> bool {
    let sorted = |ids: &[i64]| {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids
    };
    sorted(decided) != sorted(now)
}

#[cfg(test)]
mod tests;
