//! The state of a task on a day, computed from what is on record and never
//! stored (domain 9.1, 9.2).

mod board;
pub mod orders;
pub mod punctuality;
pub mod reminders;
mod state;
pub mod windows;

pub use board::{Board, Holder, Line, Measured, MovedWindow, Shape, in_force, ordered, who_label};
pub use state::{Facts, State, Window, light, state};

#[cfg(test)]
mod tests;
