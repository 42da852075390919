//! Asking for a change, approving one, and what needs nothing but a reason: refusing one,
//! suspending, resuming, voiding.

pub mod approval;
pub mod change;
pub mod reasoned;
