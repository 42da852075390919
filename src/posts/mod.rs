//! 任职清理 (scheme 三(四); domain 8): who holds posts in associations and what
//! becomes of it. The survey tells how it was; from the register's opening on this
//! room is the one place that tells how it is.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::paths::posts as paths;
use crate::web::{Program, Routes};

/// The room's routes. Entering and mending a person are posted to `progress`,
/// because T4-03 may have to be opened again with it (PE-18).
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::AFFECTED, Act::SettingsRead, pages::affected::show)
        .get(paths::FOUNDING, Act::FoundingRead, pages::founding::show)
        .post(paths::FOUNDING, Act::FoundingSave, pages::founding::save)
        .get(paths::OVERVIEW, Act::PostsOverview, pages::overview::show)
        .get(paths::POSTS, Act::PostsRead, pages::ledger::show)
        .post(paths::OPENING, Act::PostsOpen, pages::ledger::open)
        .post(paths::DECLARATION, Act::PostsDeclare, pages::ledger::declare)
        .post(paths::RETURN, Act::PostsReturn, pages::ledger::return_)
        .get(paths::NEW_POST, Act::PostSave, pages::edit::new)
        .get(paths::POST, Act::PostRead, pages::person::show)
        .get(paths::POST_FORM, Act::PostSave, pages::edit::show)
        .post(paths::LIMIT, Act::PostClear, pages::deeds::limit)
        .post(paths::RESIGNATION, Act::PostClear, pages::deeds::resign)
        .post(paths::CHOICE, Act::PostClear, pages::deeds::choose)
        .post(paths::STAY, Act::PostClear, pages::deeds::stay)
        .post(paths::PLACEMENT, Act::PostClear, pages::deeds::place)
        .post(paths::RECOVERY, Act::PostClear, pages::deeds::recover)
        .post(paths::REQUEST, Act::PostAsk, pages::deeds::ask)
        .post(paths::APPROVAL, Act::PostDecide, pages::deeds::decide)
}
