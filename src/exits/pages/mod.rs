//! Pages of exits and of the change of the responsible unit.

pub mod amend;
pub mod list;
pub mod listing;
pub mod show;
pub mod unit;
