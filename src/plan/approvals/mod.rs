//! 前置审批: departments are asked before the plan is submitted, answer, and may take an
//! answer back.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;
