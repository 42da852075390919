//! Pages of the plan: one file for each page.

pub mod answer;
pub mod deciding;
pub mod part;
pub mod reply;
pub mod show;
pub mod views;
pub mod waiting;
