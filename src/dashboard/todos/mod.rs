//! To-dos of single rooms, for the workbench.

pub mod posts;
pub mod registry;
pub mod reminders;
