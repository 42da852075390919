//! Pages of work groups.

pub mod edit;
pub mod list;
mod rows;
pub mod unit;
