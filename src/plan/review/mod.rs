//! Sending, checking, sending back, replying (批复).

pub mod acts;
pub mod pages;
pub(in crate::plan) mod reading;
pub mod rules;
pub mod store;
