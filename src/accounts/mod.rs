//! Sign-in, departments, people and the audit viewer. It stands before the
//! campaign's rooms and knows none of them (scheme 五: who takes part).

pub mod acts;
pub mod pages;
pub mod passwords;
pub mod rules;
pub mod store;
pub mod tries;

use crate::access::Act;
use crate::paths::accounts as paths;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .public_get(paths::SIGN_IN, pages::sign_in::show)
        .public_post(paths::SIGN_IN, pages::sign_in::sign_in)
        .post(paths::SIGN_OUT, Act::SignOut, pages::sign_in::sign_out)
        .get(paths::RESUMPTION, Act::FormResume, pages::sign_in::resume)
        .get(paths::PASSWORD, Act::PasswordChange, pages::password::show)
        .post(paths::PASSWORD, Act::PasswordChange, pages::password::change)
        .get(paths::CAPACITY, Act::CapacitySwitch, pages::capacity::show)
        .post(paths::CAPACITY, Act::CapacitySwitch, pages::capacity::switch)
        .get(paths::ACCOUNTS, Act::AccountList, pages::people::list)
        .get(paths::NEW_ACCOUNT, Act::AccountCreate, pages::people::new)
        .post(paths::NEW_ACCOUNT, Act::AccountCreate, pages::people::create)
        .get(paths::ACCOUNT, Act::AccountChange, pages::people::edit)
        .post(paths::ACCOUNT, Act::AccountChange, pages::people::change)
        .post(paths::ACCOUNT_PASSWORD, Act::AccountReset, pages::people::reset)
        .get(paths::DEPARTMENTS, Act::DepartmentList, pages::departments::list)
        .get(paths::NEW_DEPARTMENT, Act::DepartmentCreate, pages::departments::new)
        .post(paths::NEW_DEPARTMENT, Act::DepartmentCreate, pages::departments::create)
        .get(paths::AUDIT, Act::AuditRead, pages::audit::list)
}
