//! Pages of the register.

pub mod edit;
pub mod history;
pub mod list;
pub mod scope;
pub mod show;
mod steps;
pub mod ties;
