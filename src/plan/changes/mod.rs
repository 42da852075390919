//! 方案变更 of a plan under way; suspending and resuming it, and replies that are void.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;
