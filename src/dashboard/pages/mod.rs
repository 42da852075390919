//! Pages that only read.

pub mod overview;
pub mod workbench;
