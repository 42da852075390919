//! The balance check in cents (T3-10, TC-46): what there was is what was returned,
//! is used under agreement, was written off with approval or belongs to the
//! association. One cent that is missing must be explained.

use crate::scheme::Answers;

/// Where the value of assets went, in cents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Balance {
    /// Net value before.
    pub before: i64,
    /// Returned.
    pub returned: i64,
    /// Used under an agreement.
    pub used: i64,
    /// Written off with approval.
    pub written_off: i64,
    /// Belongs to the association.
    pub kept: i64,
}

impl Balance {
    /// An asset's balance by its recorded disposition.
    #[must_use]
    pub fn of(before: i64, facts: &Answers) -> Self {
        let amount = |name: &str| facts.number(name).unwrap_or(0);
        Self {
            before,
            returned: amount("returned"),
            used: amount("used"),
            written_off: amount("written_off"),
            kept: amount("kept"),
        }
    }

    /// Everything accounted for.
    #[must_use]
    pub const fn after(&self) -> i64 {
        self.returned
            .saturating_add(self.used)
            .saturating_add(self.written_off)
            .saturating_add(self.kept)
    }

    /// What is missing (positive) or too much (negative); nothing when it balances.
    #[must_use]
    pub const fn difference(&self) -> i64 {
        self.before.saturating_sub(self.after())
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            before: self.before.saturating_add(other.before),
            returned: self.returned.saturating_add(other.returned),
            used: self.used.saturating_add(other.used),
            written_off: self.written_off.saturating_add(other.written_off),
            kept: self.kept.saturating_add(other.kept),
        }
    }
}
