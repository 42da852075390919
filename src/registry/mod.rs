//! The register of associations (协会台账), their ties to organs, and who is in
//! scope (scheme 二, 三(一); SC-1 to SC-12).

pub mod acts;
pub mod credit_code;
pub mod names;
pub mod pages;
pub mod rules;
pub mod search;
pub mod store;

use crate::access::Act;
use crate::paths::registry as paths;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::ASSOCIATIONS, Act::RegistryList, pages::list::list)
        .get(paths::NEW_ASSOCIATION, Act::AssociationCreate, pages::edit::new)
        .post(paths::NEW_ASSOCIATION, Act::AssociationCreate, pages::edit::create)
        .get(paths::ASSOCIATION, Act::AssociationRead, pages::show::show)
        .get(paths::CORRECTION, Act::AssociationCorrect, pages::edit::edit)
        .post(paths::CORRECTION, Act::AssociationCorrect, pages::edit::correct)
        .get(paths::NEW_TIE, Act::TieAdd, pages::ties::new)
        .post(paths::NEW_TIE, Act::TieAdd, pages::ties::add)
        .get(paths::TIE, Act::TieEnd, pages::ties::ending)
        .post(paths::TIE, Act::TieEnd, pages::ties::end)
        .get(paths::SCOPE, Act::ScopeDecide, pages::scope::show)
        .post(paths::SCOPE, Act::ScopeDecide, pages::scope::decide)
        .get(paths::SCOPE_PROPOSAL, Act::ScopePropose, pages::scope::proposal)
        .post(paths::SCOPE_PROPOSAL, Act::ScopePropose, pages::scope::propose)
        .get(paths::HISTORY, Act::HistoryRead, pages::history::show)
        .post(paths::FILE_OPENING, Act::RemovedFileOpen, pages::history::open)
}
