//! Pages of major activities.

pub mod deeds;
pub mod edit;
pub mod list;
pub mod show;
