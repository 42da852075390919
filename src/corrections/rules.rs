//! The life of a request, and what it is about. Whether a matter can be asked to be
//! corrected in its state, its own machine says.

use std::fmt::{self, Display, Formatter};

use crate::access::case::{Holder, Place, Steps};
use crate::access::{Act, Case};
use crate::database::Explain;
use crate::ids::{AssociationId, DepartmentId};
use crate::paths;

crate::words! {
    /// What is to be corrected.
    pub enum Kind {
        /// The survey.
        Survey = "survey", "摸底调查";
        /// The plan.
        Plan = "plan", "实施方案";
        /// A condition of the reply.
        Condition = "condition", "批复条件";
        /// An item of the checklist.
        Item = "item", "清单事项";
        /// A unit's recommendation, whose acts stand under the unit.
        Recommendation = "department", "推荐名单";
    }
}

crate::words! {
    /// State of a request.
    pub enum State {
        /// It waits for who checks the matter.
        Asked = "asked", "已申请更正，待答复", Going;
        /// The matter was sent back.
        Returned = "returned", "已退回更正", Soon;
        /// It stays as it was submitted.
        Refused = "refused", "不予更正", Void;
        /// The matter is no more.
        Lapsed = "lapsed", "随事项终止", Void;
    }
}

/// From a state, by an act, to a state. All but the refusal are other rooms' acts, which
/// end the request by what they do with its matter (migrations 0252 and 0265).
pub const STEPS: Steps<State> = &[
    (State::Asked, Act::CorrectionRefuse, State::Refused),
    (State::Asked, Act::SurveyReturn, State::Returned),
    (State::Asked, Act::SurveyReopen, State::Returned),
    (State::Asked, Act::PlanReturn, State::Returned),
    (State::Asked, Act::ApprovalAnswer, State::Returned),
    (State::Asked, Act::PlanVoid, State::Returned),
    (State::Asked, Act::ConditionReturn, State::Returned),
    (State::Asked, Act::ItemReturn, State::Returned),
    (State::Asked, Act::ItemRelapse, State::Returned),
    (State::Asked, Act::RosterReturn, State::Returned),
    (State::Asked, Act::RevisionApply, State::Lapsed),
    (State::Asked, Act::PlanVoid, State::Lapsed),
    (State::Asked, Act::ExitDecide, State::Lapsed),
    (State::Asked, Act::RosterAmend, State::Lapsed),
    // Once it is published, the list is amended (LI-8).
    (State::Asked, Act::RosterPublish, State::Lapsed),
];

/// On whose desk it lies: of an item that is reported and not yet verified, its verifiers';
/// of all else the office's.
#[must_use]
pub const fn holder(state: State) -> &'static [Holder] {
    match state {
        State::Asked => const { &[Holder::new(Place::Verifiers, Act::CorrectionRefuse)] },
        State::Returned | State::Refused | State::Lapsed => &[],
    }
}

/// Whose matter it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// An association's.
    Association(AssociationId),
    /// A unit's own.
    Unit(DepartmentId),
}

impl Whose {
    /// The association in whose case file it stands.
    #[must_use]
    pub const fn association(self) -> Option<AssociationId> {
        match self {
            Self::Association(id) => Some(id),
            Self::Unit(_) => None,
        }
    }
}

impl Display for Whose {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Association(id) => id.fmt(formatter),
            Self::Unit(id) => id.fmt(formatter),
        }
    }
}

/// The matter that a request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Of {
    /// What it is.
    pub kind: Kind,
    /// Whose.
    pub whose: Whose,
    /// Its key.
    pub case: i64,
}

impl Of {
    /// A matter of an association.
    #[must_use]
    pub const fn matter_of(association: AssociationId, kind: Kind, case: i64) -> Self {
        let whose = Whose::Association(association);
        Self { kind, whose, case }
    }

    /// The recommendation of a unit.
    #[must_use]
    pub const fn recommendation_of(unit: DepartmentId) -> Self {
        Self {
            kind: Kind::Recommendation,
            whose: Whose::Unit(unit),
            case: unit.0,
        }
    }

    /// Where the matter is.
    #[must_use]
    pub fn matter(&self) -> String {
        match self.kind {
            Kind::Survey => paths::survey::SURVEY.at(self.whose),
            Kind::Plan => paths::plan::PLAN.at(self.whose),
            Kind::Condition => paths::plan::CONDITION.at(self.whose, self.case),
            Kind::Item => paths::progress::ITEM.at(self.whose, self.case),
            Kind::Recommendation => paths::roster::RECOMMENDATIONS.at(self.whose),
        }
    }

    /// Where the request is, and where it is sent.
    #[must_use]
    pub fn address(&self) -> String {
        match self.kind {
            Kind::Item => paths::corrections::OF_ITEM.at(self.whose, self.case),
            Kind::Recommendation => paths::corrections::OF_RECOMMENDATION.at(self.whose),
            kind => paths::corrections::OF_MATTER.at(self.whose, kind.key(), self.case),
        }
    }

    /// Where its refusal is sent.
    #[must_use]
    pub fn refusal(&self) -> String {
        match self.kind {
            Kind::Item => paths::corrections::ITEM_REFUSAL.at(self.whose, self.case),
            Kind::Recommendation => paths::corrections::RECOMMENDATION_REFUSAL.at(self.whose),
            kind => paths::corrections::REFUSAL.at(self.whose, kind.key(), self.case),
        }
    }
}

/// How the matter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Its row version.
    pub version: i32,
    /// Its machine lets a correction be asked for in this state.
    pub open: bool,
    /// Its check has begun, so that it cannot be taken back.
    pub opened: bool,
}

impl Standing {
    /// Of a case.
    pub fn of<C: Case>(case: &C, opened: bool) -> Self {
        Self {
            version: case.row().version,
            open: case.open(Act::CorrectionAsk),
            opened,
        }
    }
}

/// Why it cannot be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody has opened the check: the unit takes it back by itself.
    TakeBack,
    /// It is asked for already.
    Asked,
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::TakeBack => "受理、核查尚未开始，可以直接取回修改，不必申请更正。",
            Self::Asked => "已经申请更正，请等待答复。",
        }
        .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_ends_once_and_then_lies_with_nobody() {
        for (from, _, to) in STEPS {
            assert_eq!(*from, State::Asked);
            assert!(holder(*to).is_empty());
        }
        assert_eq!(holder(State::Asked).len(), 1);
    }

    #[test]
    fn each_kind_has_its_addresses() {
        let of = |kind| Of::matter_of(AssociationId(7), kind, 9);
        for kind in Kind::ALL {
            let of = of(kind);
            assert!(of.refusal().starts_with(&of.address()));
        }
        assert_eq!(
            Of::recommendation_of(DepartmentId(3)).address(),
            "/roster/3/correction"
        );
        assert_eq!(
            of(Kind::Item).address(),
            "/associations/7/progress/9/correction"
        );
        assert_eq!(
            of(Kind::Plan).address(),
            "/associations/7/corrections/plan/9"
        );
    }
}
