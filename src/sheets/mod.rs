//! Spreadsheets, as offices have them: read by a process of their own, their heads found, their
//! cells read; marked where they are wrong; written. Knows no room.

pub mod books;
pub mod cells;
pub mod child;
mod exact;
pub mod forms;
pub mod heads;
pub mod marking;
pub mod reading;
pub mod records;
pub mod values;

#[cfg(test)]
pub(crate) mod samples;
