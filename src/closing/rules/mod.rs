//! The completion table (EX-7): what a row says, from what registers and items say. Pure.

mod completion;
mod facts;
mod finance;
mod institution;
mod party;
mod people;
mod reading;
mod said;

#[cfg(test)]
mod tests;

pub use completion::Completion;
pub use facts::{Facts, REGISTERED, REGISTERS, SURVEYED};
pub use said::{Said, Share};
