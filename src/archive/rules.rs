//! What an archive's entries are called, and what its lists say of them.

pub mod lists;
pub mod names;

pub use lists::{Entry, checks, contents};
pub use names::Names;
