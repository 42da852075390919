//! 脱钩名单: each unit recommends, the office decides, one list is published
//! (scheme 四·1·2; LI-1 to LI-11).

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::documents::pages as documents;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get("/roster", Act::RosterRead, pages::list::show)
        .post("/roster/publication", Act::RosterPublish, pages::list::publish)
        .get("/roster/preview", Act::RosterPreview, pages::preview::show)
        .get("/roster/objections", Act::ObjectionRead, pages::objections::show)
        .post("/roster/objections", Act::ObjectionRecord, pages::objections::record)
        .upload("/roster/objections/{objection}/files", Act::ObjectionAttach, pages::objections::attach)
        .get("/roster/objections/{objection}/files/{file}", Act::FileRead, documents::file)
        .post("/roster/objections/{objection}", Act::ObjectionAnswer, pages::objections::answer)
        .get("/roster/{department}", Act::RosterRead, pages::unit::show)
        .post("/roster/{department}", Act::RosterSave, pages::unit::save)
        .post("/roster/{department}/submission", Act::RosterSubmit, pages::unit::submit)
        .post("/roster/{department}/return", Act::RosterReturn, pages::unit::return_)
        .post("/roster/{department}/override", Act::RosterOverride, pages::unit::override_)
        .post("/roster/{department}/approval", Act::RosterApprove, pages::unit::approve)
        .public_get("/public/roster", pages::public::show)
}
