//! The register of associations (协会台账), their ties to organs, and who is in
//! scope (scheme 二, 三(一); SC-1 to SC-12).

pub mod acts;
pub mod mark;
pub mod pages;
pub mod rules;
pub mod search;
pub mod store;

pub use crate::web::answer::{credit_code, names};

use crate::access::Act;
use crate::documents::leaving::Leaves as _;
use crate::paths::registry as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::edit::EditPage;
use pages::file::Register;
use pages::history::HistoryPage;
use pages::list::ListPage;
use pages::scope::ScopePage;
use pages::show::ShowPage;
use pages::{edit, history, scope, ties};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::ASSOCIATIONS, Act::RegistryList, show::<ListPage>)
        .ledger::<Register>(paths::ASSOCIATIONS, Act::RegistryList)
        .get(paths::NEW_ASSOCIATION, Act::AssociationCreate, show::<EditPage>)
        .post(paths::NEW_ASSOCIATION, Act::AssociationCreate, edit::create)
        .get(paths::ASSOCIATION, Act::AssociationRead, show::<ShowPage>)
        .get(paths::CORRECTION, Act::AssociationCorrect, show::<EditPage>)
        .post(paths::CORRECTION, Act::AssociationCorrect, edit::correct)
        .get(paths::NEW_TIE, Act::TieAdd, show::<ties::NewPage>)
        .post(paths::NEW_TIE, Act::TieAdd, ties::add)
        .get(paths::TIE, Act::TieEnd, show::<ties::EndPage>)
        .post(paths::TIE, Act::TieEnd, ties::end)
        .get(paths::SCOPE, Act::ScopeDecide, show::<ScopePage>)
        .post(paths::SCOPE, Act::ScopeDecide, scope::decide)
        .get(paths::SCOPE_PROPOSAL, Act::ScopePropose, show::<ScopePage>)
        .post(paths::SCOPE_PROPOSAL, Act::ScopePropose, scope::propose)
        .get(paths::HISTORY, Act::HistoryRead, show::<HistoryPage>)
        .tables::<HistoryPage>(paths::HISTORY, Act::HistoryRead)
        .post(paths::FILE_OPENING, Act::RemovedFileOpen, history::open)
}
