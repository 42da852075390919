//! Asking for a change, and what needs nothing but a reason: refusing one, suspending,
//! resuming, voiding.

pub mod change;
pub mod reasoned;
