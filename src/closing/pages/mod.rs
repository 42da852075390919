//! Pages of the completion table, and its columns.

pub mod columns;
pub mod completion;
pub mod file;
