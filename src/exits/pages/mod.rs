//! Pages of exits and of the change of the responsible unit.

pub mod list;
pub mod show;
pub mod unit;
