//! What a recommendation is bound by: LI-1 to LI-5 bind the first list alone, a later one takes
//! any deferred association (FD-1, TC-76).

use super::{Arithmetic, Candidate, Mandatory, Refusal};

/// What the next list is bound by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The first list: at least this share, and who must take part.
    First((i64, i64)),
    /// A later one: nothing.
    Later,
}

impl Bound {
    /// Whether a list is published already.
    #[must_use]
    pub const fn is_later(self) -> bool {
        matches!(self, Self::Later)
    }

    /// The share that must be recommended, where one must.
    #[must_use]
    pub const fn share(self) -> Option<(i64, i64)> {
        match self {
            Self::First(share) => Some(share),
            Self::Later => None,
        }
    }

    /// Why an association must be on the list, if it must: what its confirmed survey tells of
    /// appropriation, and whether its unit has no other.
    #[must_use]
    pub const fn must(self, appropriation: Option<bool>, alone: bool) -> Option<Mandatory> {
        match self {
            Self::First(_) => Mandatory::of(appropriation, alone),
            Self::Later => None,
        }
    }

    /// The same of a candidate of a unit that has so many.
    #[must_use]
    pub fn mandatory(self, candidate: &Candidate, base: usize) -> Option<Mandatory> {
        self.must(candidate.appropriation, base == 1)
    }

    /// The arithmetic of a recommendation.
    #[must_use]
    pub fn arithmetic(self, candidates: &[Candidate]) -> Arithmetic {
        match self {
            Self::First(share) => super::arithmetic(candidates, share),
            Self::Later => super::arithmetic_later(candidates),
        }
    }

    /// Whether a recommendation may be submitted; the office may have excused its number.
    pub fn may_submit(self, candidates: &[Candidate], excused: bool) -> Result<(), Refusal> {
        match self {
            Self::First(share) => super::may_submit(candidates, share, excused),
            Self::Later => super::may_submit_later(candidates),
        }
    }
}
