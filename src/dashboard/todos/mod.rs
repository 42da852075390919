//! To-dos of single rooms, for the workbench.

pub mod before_reply;
pub mod plans;
pub mod posts;
pub mod registry;
pub mod reminders;
pub mod tasks;
