//! The pages of a plan as a whole: the plan, what stands beside it, what waits. What
//! belongs to one machine has its page there.

mod after;
pub mod diff;
pub mod ledger;
pub mod papers;
mod reading;
pub mod show;
pub mod views;
pub mod waiting;
