//! My work (工作台) and the picture of all of it; reads only (domain 11.1).

pub mod chart;
pub mod notices;
pub mod pages;
pub mod statistics;
pub mod store;
pub mod todos;

use crate::access::Act;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get("/", Act::WorkbenchRead, pages::workbench::show)
        .get("/dashboard", Act::DashboardRead, pages::show)
        .get("/statistics", Act::StatisticsRead, pages::statistics::show)
        .get("/dashboard/tracks", Act::TracksRead, pages::matrix::show)
}
