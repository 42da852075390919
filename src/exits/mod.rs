//! 退出 (注销、撤销、合并) and the change of the responsible unit: what happens to
//! an association itself while the campaign goes on (SC-12, TC-40, TC-41, TC-62).
//! Amendments of the list stand here too: a plan may end with one (LI-8).
//! About half of a real list ends this way (domain 0.1): outcomes, not failures.

pub mod acts;
pub mod amending;
mod ending;
pub mod handover;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get("/exits", Act::ExitRead, pages::list::show)
        .get("/associations/{association}/exit", Act::ExitRead, pages::show::show)
        .post("/associations/{association}/exit", Act::ExitSave, pages::show::save)
        .post("/associations/{association}/exit/proposal", Act::ExitPropose, pages::show::propose)
        .post("/associations/{association}/exit/refusal", Act::ExitRefuse, pages::show::refuse)
        .post("/associations/{association}/exit/decision", Act::ExitDecide, pages::show::decide)
        .get("/roster/amendments/new", Act::RosterAmend, pages::amend::show)
        .post("/roster/amendments", Act::RosterAmend, pages::amend::amend)
        .get("/associations/{association}/listing", Act::AmendmentRead, pages::listing::show)
        .post("/associations/{association}/listing", Act::AmendmentSave, pages::listing::save)
        .upload("/associations/{association}/listing/files", Act::AmendmentAttach, pages::listing::attach)
        .post("/associations/{association}/listing/files/{file}/removal", Act::AmendmentDetach, pages::listing::detach)
        .post("/associations/{association}/listing/proposal", Act::AmendmentPropose, pages::listing::propose)
        .post("/associations/{association}/listing/refusal", Act::AmendmentRefuse, pages::listing::refuse)
        .post("/associations/{association}/listing/decision", Act::RosterAmend, pages::listing::decide)
        .get("/associations/{association}/unit", Act::UnitChange, pages::unit::show)
        .post("/associations/{association}/unit", Act::UnitChange, pages::unit::change)
}
