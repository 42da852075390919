//! Pages of parameters.

pub mod list;
pub mod parameter;
pub mod version;
