//! Reminders and 督办单 once they are sent and drafted. What they press for stands in
//! `crossings::reminding`, and moving the window of a task, which moves deadlines too, in
//! `crossings::window`.

pub mod orders;
pub mod reminders;
