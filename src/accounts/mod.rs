//! Sign-in, departments, people and the audit viewer. It stands before the
//! campaign's rooms and knows none of them (scheme 五: who takes part).

pub mod acts;
pub mod pages;
pub mod passwords;
pub mod rules;
pub mod store;
pub mod tries;

use crate::access::Act;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .public_get("/login", pages::sign_in::show)
        .public_post("/login", pages::sign_in::sign_in)
        .post("/logout", Act::SignOut, pages::sign_in::sign_out)
        .get("/resume", Act::FormResume, pages::sign_in::resume)
        .get("/password", Act::PasswordChange, pages::password::show)
        .post("/password", Act::PasswordChange, pages::password::change)
        .get("/capacity", Act::CapacitySwitch, pages::capacity::show)
        .post("/capacity", Act::CapacitySwitch, pages::capacity::switch)
        .get("/accounts", Act::AccountList, pages::people::list)
        .get("/accounts/new", Act::AccountCreate, pages::people::new)
        .post("/accounts/new", Act::AccountCreate, pages::people::create)
        .get("/accounts/{account}", Act::AccountChange, pages::people::edit)
        .post("/accounts/{account}", Act::AccountChange, pages::people::change)
        .post("/accounts/{account}/password", Act::AccountReset, pages::people::reset)
        .get("/departments", Act::DepartmentList, pages::departments::list)
        .get("/departments/new", Act::DepartmentCreate, pages::departments::new)
        .post("/departments/new", Act::DepartmentCreate, pages::departments::create)
        .get("/audit", Act::AuditRead, pages::audit::list)
}
