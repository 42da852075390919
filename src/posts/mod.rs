//! 任职清理 (scheme 三(四); domain 8): who holds posts in associations and what
//! becomes of it. The survey tells how it was; from the register's opening on this
//! room is the one place that tells how it is.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::web::{Program, Routes};

/// The room's routes. Entering and mending a person are posted to `progress`,
/// because T4-03 may have to be opened again with it (PE-18).
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get("/settings/{parameter}/affected", Act::SettingsRead, pages::affected::show)
        .get("/associations/{association}/founding", Act::FoundingRead, pages::founding::show)
        .post("/associations/{association}/founding", Act::FoundingSave, pages::founding::save)
        .get("/posts", Act::PostsOverview, pages::overview::show)
        .get("/associations/{association}/posts", Act::PostsRead, pages::ledger::show)
        .post("/associations/{association}/posts/opening", Act::PostsOpen, pages::ledger::open)
        .post("/associations/{association}/posts/declaration", Act::PostsDeclare, pages::ledger::declare)
        .post("/associations/{association}/posts/return", Act::PostsReturn, pages::ledger::return_)
        .get("/associations/{association}/posts/new", Act::PostSave, pages::edit::new)
        .get("/associations/{association}/posts/{post}", Act::PostRead, pages::person::show)
        .get("/associations/{association}/posts/{post}/edit", Act::PostSave, pages::edit::show)
        .post("/associations/{association}/posts/{post}/limit", Act::PostClear, pages::deeds::limit)
        .post("/associations/{association}/posts/{post}/resignation", Act::PostClear, pages::deeds::resign)
        .post("/associations/{association}/posts/{post}/choice", Act::PostClear, pages::deeds::choose)
        .post("/associations/{association}/posts/{post}/stay", Act::PostClear, pages::deeds::stay)
        .post("/associations/{association}/posts/{post}/placement", Act::PostClear, pages::deeds::place)
        .post("/associations/{association}/posts/{post}/recovery", Act::PostClear, pages::deeds::recover)
        .post("/associations/{association}/posts/{post}/request", Act::PostAsk, pages::deeds::ask)
        .post("/associations/{association}/posts/{post}/approval", Act::PostDecide, pages::deeds::decide)
}
