//! SQL of tasks: what is on record of each, the windows that were moved, and
//! what has changed since a person was last here.

mod changes;
mod facts;
mod journey;
mod matters;
pub mod orders;
pub mod reminders;
mod windows;

pub use changes::{Change, Since, changes, last_visit, unseen};
pub use facts::{Within, departments, measured};
pub use matters::{MOST, Situation, board_of, still_open};
pub use windows::{Move, Moved, lock_window, move_window, moves, windows};
