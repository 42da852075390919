//! A matter with a state: what the way of every act must know of it. A room says it
//! once for each of its machines; how it is locked, moved and recorded is the same for
//! all (`database::write`).

use crate::ids::AssociationId;
use crate::words::Word;

use super::{Act, Seen};

mod holder;

pub use holder::{Holder, Place, When};

/// From a state, by an act, to a state. A branch is two rows with one act; the act
/// then says which one it takes.
pub type Steps<S> = &'static [(S, Act, S)];

/// What every row with a state tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<S> {
    /// Its key.
    pub id: i64,
    /// Its row version, counted up by every change.
    pub version: i32,
    /// Its state.
    pub state: S,
    /// The association whose case file its acts stand in.
    pub association: Option<AssociationId>,
}

/// A matter with a state.
pub trait Case: Sized {
    /// Its states.
    type State: Word;
    /// Its stable name in case file and audit.
    const KIND: &'static str;
    /// What people call it.
    const NAME: &'static str;
    /// Every edge of the machine.
    const STEPS: Steps<Self::State>;
    /// The state in which it begins.
    const FIRST: Self::State;

    /// The row.
    fn row(&self) -> Row<Self::State>;

    /// On whose desk it lies in a state, and what they do there; nobody's where nothing
    /// is left to do.
    fn holder(state: Self::State) -> &'static [Holder];

    /// Whether the act is open in its state.
    fn open(&self, act: Act) -> bool {
        !targets::<Self>(self.row().state, act).is_empty()
    }

    /// The state after an act, if exactly one step leads from this state.
    #[must_use]
    fn next(state: Self::State, act: Act) -> Option<Self::State> {
        match targets::<Self>(state, act).as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}

fn targets<C: Case>(state: C::State, act: Act) -> Vec<C::State> {
    C::STEPS
        .iter()
        .filter(|(from, by, _)| *from == state && *by == act)
        .map(|(_, _, to)| *to)
        .collect()
}

/// One move that the machine has, that the person saw, and may make. Only `Write` makes
/// them and carries them out.
#[derive(Debug)]
pub struct Move<C: Case> {
    row: Row<C::State>,
    act: Act,
    to: Option<C::State>,
}

/// A move of a case that was found.
#[derive(Debug)]
pub struct Step<C: Case> {
    /// The case, under lock.
    pub case: C,
    next: Move<C>,
}

/// A move of a case that the act may have to make first.
#[derive(Debug)]
pub struct Opening<C: Case> {
    /// The case, if there is one.
    pub found: Option<C>,
    next: Move<C>,
}

impl<C: Case> Move<C> {
    /// The case's key.
    #[must_use]
    pub const fn id(&self) -> i64 {
        self.row.id
    }

    /// The act.
    #[must_use]
    pub const fn act(&self) -> Act {
        self.act
    }

    /// The association whose case file the act stands in.
    #[must_use]
    pub const fn association(&self) -> Option<AssociationId> {
        self.row.association
    }

    /// The state from which it goes.
    #[must_use]
    pub const fn from(&self) -> C::State {
        self.row.state
    }

    /// Where it goes; none where the act has not chosen one of the branches.
    #[must_use]
    pub const fn target(&self) -> Option<C::State> {
        self.to
    }

    fn new(row: Row<C::State>, act: Act) -> Self {
        let to = C::next(row.state, act);
        Self { row, act, to }
    }
}

impl<C: Case> Step<C> {
    /// The case's key.
    #[must_use]
    pub const fn id(&self) -> i64 {
        self.next.row.id
    }

    /// The act.
    #[must_use]
    pub const fn act(&self) -> Act {
        self.next.act
    }

    /// The same step, to the one of the machine's branches that the act has chosen.
    #[must_use]
    pub fn to(mut self, branch: C::State) -> Self {
        let open = targets::<C>(self.next.row.state, self.next.act).contains(&branch);
        self.next.to = open.then_some(branch);
        self
    }
}

impl<C: Case> Opening<C> {
    /// The move of the case that the act has just made or written again.
    #[must_use]
    pub fn of(mut self, id: i64, association: Option<AssociationId>) -> Move<C> {
        self.next.row.id = id;
        self.next.row.association = association;
        self.next
    }
}

impl<C: Case> From<Step<C>> for Move<C> {
    fn from(step: Step<C>) -> Self {
        step.next
    }
}

/// What an act was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// The kind of thing: `association`, `survey`, `plan`, …
    pub kind: &'static str,
    /// Its number.
    pub id: i64,
}

/// Why a step cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stuck {
    /// There is none.
    Missing(&'static str),
    /// Somebody else changed it since it was seen.
    Stale(Subject),
    /// Not in this state: its name, the state's.
    Closed(&'static str, &'static str),
}

/// The step of a case by an act, as seen.
pub fn step<C: Case>(found: Option<C>, seen: &Seen, act: Act) -> Result<Step<C>, Stuck> {
    let Some(case) = found else {
        return Err(Stuck::Missing(C::NAME));
    };
    let row = case.row();
    if !seen.is_version(row.version) {
        return Err(Stuck::Stale(Subject {
            kind: C::KIND,
            id: row.id,
        }));
    }
    let open = targets::<C>(row.state, act);
    if open.is_empty() {
        return Err(Stuck::Closed(C::NAME, row.state.label()));
    }
    let next = Move::new(row, act);
    Ok(Step { case, next })
}

/// The same, where the act may make the case: version 0 was seen of what is not there.
pub fn opening<C: Case>(found: Option<C>, seen: &Seen, act: Act) -> Result<Opening<C>, Stuck> {
    if found.is_some() {
        let Step { case, next } = step(found, seen, act)?;
        let found = Some(case);
        return Ok(Opening { found, next });
    }
    if !seen.is_version(0) {
        return Err(Stuck::Missing(C::NAME));
    }
    let row = Row {
        id: 0,
        version: 0,
        state: C::FIRST,
        association: None,
    };
    let next = Move::new(row, act);
    Ok(Opening { found, next })
}

#[cfg(test)]
mod tests;
