//! 批复条件: the unit reports them fulfilled, the office confirms.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;
