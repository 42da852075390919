//! Parameters with effect dates (domain 0.3, TC-51): the office's head changes a
//! value from a day on; what was done before keeps the parameters of its day.
//! And 代行: a leader lets a colleague act for stated days (TC-63).

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::paths::settings as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::delegations::{self, ListPage as DelegationsPage, NewPage};
use pages::list::ListPage;
use pages::parameter::{self, ParameterPage};
use pages::version::VersionPage;

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::SETTINGS, Act::SettingsRead, show::<ListPage>)
        .get(paths::PARAMETER, Act::SettingsRead, show::<ParameterPage>)
        .post(paths::PARAMETER, Act::SettingsChange, parameter::change)
        .post(paths::CALENDAR, Act::CalendarChange, parameter::change)
        .get(paths::DELEGATIONS, Act::DelegationRead, show::<DelegationsPage>)
        .get(paths::NEW_DELEGATION, Act::DelegationCreate, show::<NewPage>)
        .post(paths::NEW_DELEGATION, Act::DelegationCreate, delegations::create)
        .post(paths::DELEGATION_END, Act::DelegationEnd, delegations::end)
        .get(paths::SNAPSHOT, Act::SettingsRead, show::<VersionPage>)
}
