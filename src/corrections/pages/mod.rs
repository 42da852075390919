//! Pages of requests to correct what was submitted.

pub mod list;
pub mod show;
