//! Pages of tasks.

pub mod board;
pub mod changes;
mod chart;
pub mod late;
pub mod punctuality;
pub mod reminders;
pub mod task;
