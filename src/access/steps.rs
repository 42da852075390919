//! How a state machine is asked. A room's machine is a table of its own, named
//! `STEPS`; docs/states.md is written from the same tables.

use super::Act;

/// The state after an act, if a step leads there from this state.
#[must_use]
pub fn after<S: Copy + PartialEq>(steps: &[(S, Act, S)], state: S, act: Act) -> Option<S> {
    steps
        .iter()
        .find(|(from, by, _)| *from == state && *by == act)
        .map(|(_, _, to)| *to)
}
