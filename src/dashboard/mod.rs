//! My work (工作台) and the picture of all of it; reads only (domain 11.1).

pub mod chart;
pub mod notices;
pub mod pages;
pub mod statistics;
pub mod store;
pub mod todos;

use crate::access::Act;
use crate::paths::dashboard as paths;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::WORKBENCH, Act::WorkbenchRead, pages::workbench::show)
        .get(paths::DASHBOARD, Act::DashboardRead, pages::show)
        .get(
            paths::STATISTICS,
            Act::StatisticsRead,
            pages::statistics::show,
        )
        .get(paths::TRACKS, Act::TracksRead, pages::matrix::show)
}
