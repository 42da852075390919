//! Pages of parameters and delegations.

pub mod delegations;
pub mod list;
pub mod parameter;
pub mod typed;
pub mod version;
