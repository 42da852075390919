//! My work (工作台) and the picture of all of it; reads only (domain 11.1).

pub mod chart;
pub mod notices;
pub mod pages;
pub mod statistics;
pub mod store;

use crate::access::Act;
use crate::documents::leaving::Leaves as _;
use crate::paths::dashboard as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::by_unit::ByUnit;
use pages::ledgers::LedgersPage;
use pages::matrix::TracksPage;
use pages::statistics::StatisticsPage;
use pages::workbench::WorkbenchPage;

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::WORKBENCH, Act::WorkbenchRead, show::<WorkbenchPage>)
        .get(paths::DASHBOARD, Act::DashboardRead, pages::show)
        .get(paths::STATISTICS, Act::StatisticsRead, show::<StatisticsPage>)
        .get(paths::LEDGERS, Act::LedgersRead, show::<LedgersPage>)
        .get(paths::TRACKS, Act::TracksRead, show::<TracksPage>)
        .made::<ByUnit>(paths::TRACKS, Act::TracksRead)
}
