//! Pages of the list.

pub mod list;
pub mod public;
pub mod unit;
