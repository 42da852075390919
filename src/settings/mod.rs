//! Parameters with effect dates (domain 0.3, TC-51): the office's head changes a
//! value from a day on; what was done before keeps the parameters of its day.
//! And 代行: a leader lets a colleague act for stated days (TC-63).

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get("/settings", Act::SettingsRead, pages::list::show)
        .get("/settings/{parameter}", Act::SettingsRead, pages::parameter::show)
        .post("/settings/{parameter}", Act::SettingsChange, pages::parameter::change)
        .post("/settings/{parameter}/calendar", Act::CalendarChange, pages::parameter::change_calendar)
        .get("/delegations", Act::DelegationRead, pages::delegations::list)
        .get("/delegations/new", Act::DelegationCreate, pages::delegations::new)
        .post("/delegations/new", Act::DelegationCreate, pages::delegations::create)
        .post("/delegations/{delegation}/end", Act::DelegationEnd, pages::delegations::end)
        .get("/settings/versions/{version}", Act::SettingsRead, pages::version::show)
}
