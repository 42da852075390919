//! The archive as an answer: asked for on a reason, its documents made in one snapshot, then
//! written while it is sent.

mod made;
mod sending;
mod take;
mod writing;

pub use take::{CaseFile, take};
