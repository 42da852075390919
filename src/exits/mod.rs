//! 退出 (注销、撤销、合并) and the change of the responsible unit: what happens to
//! an association itself while the campaign goes on (SC-12, TC-40, TC-41, TC-62).
//! The pages of amendments of the list stand here too: a plan may end with one (LI-8).
//! About half of a real list ends this way (domain 0.1): outcomes, not failures.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::documents::leaving::Leaves as _;
use crate::paths::exits as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::{
    amend::AmendPage, list::ListPage, listing::ListingPage, show::ShowPage, unit::UnitPage,
};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::EXITS, Act::ExitRead, show::<ListPage>)
        .tables::<ListPage>(paths::EXITS, Act::ExitRead)
        .get(paths::EXIT, Act::ExitRead, show::<ShowPage>)
        .post(paths::EXIT, Act::ExitSave, pages::show::save)
        .post(paths::EXIT_PROPOSAL, Act::ExitPropose, pages::show::propose)
        .post(paths::EXIT_REFUSAL, Act::ExitRefuse, pages::show::refuse)
        .post(paths::EXIT_DECISION, Act::ExitDecide, pages::show::decide)
        .get(paths::NEW_AMENDMENT, Act::RosterAmend, show::<AmendPage>)
        .post(paths::AMENDMENTS, Act::RosterAmend, pages::amend::amend)
        .get(paths::LISTING, Act::AmendmentRead, show::<ListingPage>)
        .post(paths::LISTING, Act::AmendmentSave, pages::listing::save)
        .upload(paths::LISTING_FILES, Act::AmendmentAttach, pages::listing::attach)
        .post(paths::LISTING_FILE_REMOVAL, Act::AmendmentDetach, pages::listing::detach)
        .post(paths::LISTING_PROPOSAL, Act::AmendmentPropose, pages::listing::propose)
        .post(paths::LISTING_REFUSAL, Act::AmendmentRefuse, pages::listing::refuse)
        .post(paths::LISTING_DECISION, Act::RosterAmend, pages::listing::decide)
        .get(paths::HANDOVER, Act::UnitChange, show::<UnitPage>)
        .post(paths::HANDOVER, Act::UnitChange, pages::unit::change)
}
