//! Help: what every page is for, what marks and figures mean, whom to call.

pub mod pages;
pub mod store;

use crate::access::Act;
use crate::documents::leaving::Leaves as _;
use crate::paths::help as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::HELP, Act::HelpRead, show::<pages::HelpPage>)
        .get(paths::LEGEND, Act::HelpRead, show::<pages::LegendPage>)
        .get(paths::CONTACTS, Act::HelpRead, show::<pages::contacts::ContactsPage>)
        .tables::<pages::contacts::ContactsPage>(paths::CONTACTS, Act::HelpRead)
}
