//! Acts in which two rooms change together, in one transaction: one file for each. What
//! each room does of it stands in that room and takes the `Write` of the act; here it is
//! put together, recorded and committed.
//!
//! The arrows: `crossings` uses rules, stores and acts of the rooms before it, never
//! their pages; the pages of any room may call what stands here. So nothing has its
//! address here.

pub mod amendment;
pub mod beginning;
pub mod correction;
pub mod daily;
pub mod delay;
mod ending;
pub mod exit;
pub mod finding;
pub mod handover;
pub mod plan_change;
pub mod registering;
pub mod reminding;
pub mod replying;
pub mod revision;
pub mod standstill;
pub mod ties;
pub mod window;
