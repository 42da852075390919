//! Parameters with effect dates (domain 0.3, TC-51): the office's head changes a
//! value from a day on; what was done before keeps the parameters of its day.
//! And 代行: a leader lets a colleague act for stated days (TC-63).

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::paths::settings as paths;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::SETTINGS, Act::SettingsRead, pages::list::show)
        .get(paths::PARAMETER, Act::SettingsRead, pages::parameter::show)
        .post(paths::PARAMETER, Act::SettingsChange, pages::parameter::change)
        .post(paths::CALENDAR, Act::CalendarChange, pages::parameter::change_calendar)
        .get(paths::DELEGATIONS, Act::DelegationRead, pages::delegations::list)
        .get(paths::NEW_DELEGATION, Act::DelegationCreate, pages::delegations::new)
        .post(paths::NEW_DELEGATION, Act::DelegationCreate, pages::delegations::create)
        .post(paths::DELEGATION_END, Act::DelegationEnd, pages::delegations::end)
        .get(paths::SNAPSHOT, Act::SettingsRead, pages::version::show)
}
