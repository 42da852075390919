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
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get("/associations", Act::RegistryList, pages::list::list)
        .get("/associations/new", Act::AssociationCreate, pages::edit::new)
        .post("/associations/new", Act::AssociationCreate, pages::edit::create)
        .get("/associations/{association}", Act::AssociationRead, pages::show::show)
        .get("/associations/{association}/edit", Act::AssociationCorrect, pages::edit::edit)
        .post("/associations/{association}/edit", Act::AssociationCorrect, pages::edit::correct)
        .get("/associations/{association}/ties/new", Act::TieAdd, pages::ties::new)
        .post("/associations/{association}/ties/new", Act::TieAdd, pages::ties::add)
        .get("/associations/{association}/ties/{tie}", Act::TieEnd, pages::ties::ending)
        .post("/associations/{association}/ties/{tie}", Act::TieEnd, pages::ties::end)
        .get("/associations/{association}/scope", Act::ScopeDecide, pages::scope::show)
        .post("/associations/{association}/scope", Act::ScopeDecide, pages::scope::decide)
        .get("/associations/{association}/scope/proposal", Act::ScopePropose, pages::scope::proposal)
        .post("/associations/{association}/scope/proposal", Act::ScopePropose, pages::scope::propose)
        .get("/associations/{association}/history", Act::HistoryRead, pages::history::show)
        .post("/associations/{association}/files/{file}/opening", Act::RemovedFileOpen, pages::history::open)
}
