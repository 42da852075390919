//! Pages of the register.

pub mod edit;
pub mod file;
pub mod history;
mod ledgers;
pub mod list;
mod open;
pub mod scope;
pub mod show;
mod steps;
pub mod ties;
