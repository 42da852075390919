//! Pages of the plan: one file for each page.

mod after;
pub mod answer;
pub mod change;
pub mod changing;
pub mod condition;
pub mod deciding;
pub mod notices;
pub mod part;
pub mod reply;
pub mod show;
pub mod views;
pub mod waiting;
