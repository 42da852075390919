//! Sign-in, departments, people and the audit viewer. It stands before the
//! campaign's rooms and knows none of them (scheme 五: who takes part).

pub mod acts;
pub mod pages;
pub mod passwords;
pub mod rules;
pub mod store;
pub mod tries;

use crate::access::Act;
use crate::documents::leaving::Leaves as _;
use crate::paths::accounts as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::audit::AuditPage;
use pages::capacity::{self, CapacityPage};
use pages::department::{self, DepartmentPage};
use pages::departments::{self, ListPage as DepartmentsPage, NewPage as NewDepartmentPage};
use pages::password::{self, PasswordPage};
use pages::people::{self, EditPage, ListPage, NewPage};
use pages::{draft, resume, sign_in};

pub use pages::resume::in_place as resumed;

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .public_get(paths::SIGN_IN, sign_in::show)
        .public_post(paths::SIGN_IN, sign_in::sign_in)
        .post(paths::SIGN_OUT, Act::SignOut, sign_in::sign_out)
        .get(paths::RESUMPTION, Act::FormResume, resume::resume)
        .get(paths::DRAFTS, Act::DraftKeep, draft::show)
        .post(paths::DRAFTS, Act::DraftKeep, draft::keep)
        .get(paths::PASSWORD, Act::PasswordChange, show::<PasswordPage>)
        .post(paths::PASSWORD, Act::PasswordChange, password::change)
        .get(paths::CAPACITY, Act::CapacitySwitch, show::<CapacityPage>)
        .post(paths::CAPACITY, Act::CapacitySwitch, capacity::switch)
        .get(paths::ACCOUNTS, Act::AccountList, show::<ListPage>)
        .tables::<ListPage>(paths::ACCOUNTS, Act::AccountList)
        .get(paths::NEW_ACCOUNT, Act::AccountCreate, show::<NewPage>)
        .post(paths::NEW_ACCOUNT, Act::AccountCreate, people::create)
        .get(paths::ACCOUNT, Act::AccountChange, show::<EditPage>)
        .post(paths::ACCOUNT, Act::AccountChange, people::change)
        .post(paths::ACCOUNT_PASSWORD, Act::AccountReset, people::reset)
        .get(paths::DEPARTMENTS, Act::DepartmentList, show::<DepartmentsPage>)
        .tables::<DepartmentsPage>(paths::DEPARTMENTS, Act::DepartmentList)
        .get(paths::NEW_DEPARTMENT, Act::DepartmentCreate, show::<NewDepartmentPage>)
        .post(paths::NEW_DEPARTMENT, Act::DepartmentCreate, departments::create)
        .get(paths::DEPARTMENT, Act::DepartmentChange, show::<DepartmentPage>)
        .post(paths::DEPARTMENT, Act::DepartmentChange, department::change)
        .get(paths::AUDIT, Act::AuditRead, show::<AuditPage>)
}
