//! Parameters with effect dates (domain 0.3, TC-51): the office's head changes a
//! value from a day on; what was done before keeps the parameters of its day.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::web::{App, Routes};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(app: &App) -> Routes {
    Routes::new(app)
        .get("/settings", Act::SettingsRead, pages::list::show)
        .get("/settings/{parameter}", Act::SettingsRead, pages::parameter::show)
        .post("/settings/{parameter}", Act::SettingsChange, pages::parameter::change)
        .post("/settings/{parameter}/calendar", Act::CalendarChange, pages::parameter::change_calendar)
        .get("/settings/versions/{version}", Act::SettingsRead, pages::version::show)
}
