//! 登记和备案 (scheme 四·3·2, 五(三); domain 7.7, 10.8, DN-2): what civil affairs received
//! of an association, with the meeting that resolved it, and what became of it. Its entries
//! fill T1-02 and T6; applications stand in front of it later.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::documents::leaving::Leaves as _;
use crate::paths::registrations as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::{edit::EditPage, list::ListPage, show::ShowPage};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::REGISTRATIONS, Act::RegistrationRead, show::<ListPage>)
        .tables::<ListPage>(paths::REGISTRATIONS, Act::RegistrationRead)
        .get(paths::NEW_REGISTRATION, Act::RegistrationEnter, show::<EditPage>)
        .post(paths::NEW_REGISTRATION, Act::RegistrationEnter, pages::edit::enter)
        .get(paths::REGISTRATION, Act::RegistrationRead, show::<ShowPage>)
        .post(paths::RESULT, Act::RegistrationDecide, pages::show::decide)
        .get(paths::CORRECTION, Act::RegistrationCorrect, show::<EditPage>)
        .post(paths::CORRECTION, Act::RegistrationCorrect, pages::edit::correct)
}
