//! 通报 to departments with a tie, signed for and answered (五(二), TC-50).

pub mod acts;
pub mod pages;
pub mod paper;
pub mod rules;
pub mod store;
