//! Who must act next on a matter in a state, and what they do. The machine says who; by
//! when, and which department of several, is the desk's to know (`desk::rules`).

use super::super::{Act, Role};

/// A pair of hands in which a matter lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// Whose they are.
    pub place: Place,
    /// What they do next.
    pub act: Act,
    /// Whether always.
    pub when: When,
}

/// Whose hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The unit that is responsible for the association, or that the matter is about.
    Unit(Role),
    /// The decoupling office.
    Office(Role),
    /// Civil affairs, the registration authority.
    Civil,
    /// The department that was asked, by its competence.
    Asked,
    /// The departments that verify the measure, one of whom is enough.
    Verifiers,
    /// The departments that decide on the register.
    Deciders,
    /// The department with a tie, which was told.
    Linked(Role),
    /// The department that a letter is to, whatever it is: a unit's clerk and leader, a
    /// specialist.
    Told,
    /// The same, where the unit's leader has it alone.
    Ordered,
}

/// Whether a matter lies in these hands whatever stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// In this state always.
    Always,
    /// Once nothing is missing in it: a leader is not told to sign what has gaps.
    Complete,
    /// As long as something is missing in it.
    Incomplete,
}

impl Holder {
    /// In these hands as long as it is in the state.
    #[must_use]
    pub const fn new(place: Place, act: Act) -> Self {
        Self {
            place,
            act,
            when: When::Always,
        }
    }

    /// The unit's clerk.
    #[must_use]
    pub const fn clerk(act: Act) -> Self {
        Self::new(Place::Unit(Role::UnitClerk), act)
    }

    /// The unit's leader.
    #[must_use]
    pub const fn leader(act: Act) -> Self {
        Self::new(Place::Unit(Role::UnitLeader), act)
    }

    /// The office's clerk.
    #[must_use]
    pub const fn office(act: Act) -> Self {
        Self::new(Place::Office(Role::OfficeClerk), act)
    }

    /// The office's head.
    #[must_use]
    pub const fn head(act: Act) -> Self {
        Self::new(Place::Office(Role::OfficeLeader), act)
    }

    /// The same, once nothing is missing.
    #[must_use]
    pub const fn complete(mut self) -> Self {
        self.when = When::Complete;
        self
    }

    /// The same, as long as something is missing.
    #[must_use]
    pub const fn incomplete(mut self) -> Self {
        self.when = When::Incomplete;
        self
    }
}
