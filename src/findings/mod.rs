//! 审计抽查问题 (scheme 五(一); domain 10.10, T3-13): what the audit found in an association,
//! by when it is mended, and that 审计局 closed it. Each makes an item of its own. Samples and
//! checks are dockets (`oversight`).

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::documents::leaving::Leaves as _;
use crate::paths::findings as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::{edit::EditPage, list::ListPage, show::ShowPage};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::FINDINGS, Act::FindingRead, show::<ListPage>)
        .tables::<ListPage>(paths::FINDINGS, Act::FindingRead)
        .get(paths::NEW_FINDING, Act::FindingEnter, show::<EditPage>)
        .post(paths::NEW_FINDING, Act::FindingEnter, pages::edit::enter)
        .get(paths::FINDING, Act::FindingRead, show::<ShowPage>)
        .get(paths::CORRECTION, Act::FindingCorrect, show::<EditPage>)
        .post(paths::CORRECTION, Act::FindingCorrect, pages::edit::correct)
        .post(paths::CLOSING, Act::FindingClose, pages::show::close)
        .post(paths::WITHDRAWAL, Act::FindingWithdraw, pages::show::withdraw)
}
