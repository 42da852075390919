//! After publication the list changes only by numbered amendments (LI-8): what
//! may be added and withdrawn, what the amendment is called, who must be added.

use crate::registry::rules::{Scope, Stage};

use super::requests::Change;

crate::words! {
    /// 增补、调整、撤出、更正.
    pub enum AmendmentKind {
        /// Only additions.
        Add = "add", "增补";
        /// Several of them.
        Adjust = "adjust", "调整";
        /// Only withdrawals.
        Withdraw = "withdraw", "撤出";
        /// Only rows put right: a misprint, or what has been renamed since.
        Correct = "correct", "更正";
    }
}

impl AmendmentKind {
    /// The kind that these numbers of additions, withdrawals and corrections make.
    #[must_use]
    pub const fn of(added: usize, withdrawn: usize, corrected: usize) -> Option<Self> {
        match (added, withdrawn, corrected) {
            (0, 0, 0) => None,
            (_, 0, 0) => Some(Self::Add),
            (0, _, 0) => Some(Self::Withdraw),
            (0, 0, _) => Some(Self::Correct),
            _ => Some(Self::Adjust),
        }
    }

    /// Key and label of each, for the words of a line that the database puts together.
    #[must_use]
    pub fn labels() -> serde_json::Value {
        let all = Self::ALL.into_iter();
        all.map(|kind| (kind.key().to_owned(), kind.label().into()))
            .collect::<serde_json::Map<_, _>>()
            .into()
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
    /// Its row version.
    pub version: i32,
    /// On the list as it stands.
    pub listed: bool,
    /// It has left.
    pub exited: bool,
    /// Founded from the scheme's date on.
    pub new: bool,
    /// Its confirmed survey tells of appropriation; none: not confirmed.
    pub appropriation: Option<bool>,
    /// A list has been published, so that it can be amended.
    pub published: bool,
    /// How its plan ended, if it has one that has.
    pub ended: Option<Ended>,
    /// What is asked for and waits for the office's head.
    pub asked: Option<Change>,
}

/// How a plan ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Ended {
    /// Carried out, evaluated, closed.
    Closed,
    /// Broken off.
    Terminated,
}

impl Standing {
    /// Whether it has a plan, in whatever state.
    #[must_use]
    pub fn has_plan(&self) -> bool {
        self.stage > Stage::Listed || self.ended.is_some()
    }

    /// Why it may not be asked to be added: in scope, surveyed, living, not new, not
    /// listed. A plan that was broken off is not taken up again (6.3).
    pub fn addition(&self) -> Result<(), &'static str> {
        let refused = [
            (self.listed, "该协会已在名单内。"),
            (self.exited, "该协会已经退出。"),
            (self.new, "方案印发后成立的协会不列入名单。"),
            (self.scope != Scope::In, "该协会没有认定为拟脱钩。"),
            (self.appropriation.is_none(), "该协会的摸底调查尚未确认。"),
            (
                self.ended.is_some(),
                "该协会的实施方案已随撤出名单终止，不能再列入。",
            ),
        ];
        reason(&refused)
    }

    /// Why it may not be asked to be withdrawn. One that has left stays on the list as
    /// exited (LI-9), what is done is done, and one with appropriation must take
    /// part while it is in scope (LI-3).
    pub fn withdrawal(&self) -> Result<(), &'static str> {
        let must = self.appropriation == Some(true) && self.scope == Scope::In;
        let refused = [
            (!self.listed, "该协会不在名单内。"),
            (self.exited, "该协会已经退出，仍列在名单内并注明。"),
            (
                self.ended == Some(Ended::Closed),
                "该协会的实施方案已经办结，不能撤出。",
            ),
            (must, "该协会涉及财政拨款，必须参加，不能撤出。"),
        ];
        reason(&refused)
    }

    /// Whether an amendment may add it now.
    #[must_use]
    pub fn may_be_added(&self) -> bool {
        self.addition().is_ok()
    }

    /// Whether an amendment may withdraw it now. With a plan only where somebody else
    /// has asked for it: a plan does not end by one person's hand.
    #[must_use]
    pub fn may_be_withdrawn(&self) -> bool {
        self.withdrawal().is_ok() && (!self.has_plan() || self.asked == Some(Change::Withdrawn))
    }

    /// What may be asked for now, or why nothing may.
    pub fn askable(&self) -> Result<Change, &'static str> {
        if self.listed {
            self.withdrawal().map(|()| Change::Withdrawn)
        } else {
            self.addition().map(|()| Change::Added)
        }
    }

    /// Whether a survey corrected after publication makes it mandatory (LI-9, TC-17).
    #[must_use]
    pub fn must_be_added(&self) -> bool {
        self.published && self.may_be_added() && self.appropriation == Some(true)
    }
}

fn reason(refused: &[(bool, &'static str)]) -> Result<(), &'static str> {
    match refused.iter().find(|(holds, _)| *holds) {
        Some((_, why)) => Err(why),
        None => Ok(()),
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
