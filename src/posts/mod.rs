//! 任职清理 (scheme 三(四); domain 8): who holds posts in associations and what
//! becomes of it. The survey tells how it was; from the register's opening on this
//! room is the one place that tells how it is.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::documents::leaving::Leaves as _;
use crate::paths::posts as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::affected::AffectedPage;
use pages::deeds::perform;
use pages::edit::{self, EditPage};
use pages::ledger_file::LedgerFile;
use pages::overview::OverviewPage;
use pages::{founding::FoundingPage, ledger::LedgerPage, person::PersonPage};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::AFFECTED, Act::SettingsRead, show::<AffectedPage>)
        .get(paths::FOUNDING, Act::FoundingRead, show::<FoundingPage>)
        .post(paths::FOUNDING, Act::FoundingSave, pages::founding::save)
        .get(paths::OVERVIEW, Act::PostsOverview, show::<OverviewPage>)
        .ledger_on_reason::<LedgerFile>(paths::OVERVIEW, Act::PostsTake)
        .get(paths::POSTS, Act::PostsRead, show::<LedgerPage>)
        .post(paths::OPENING, Act::PostsOpen, pages::ledger::open)
        .post(paths::DECLARATION, Act::PostsDeclare, pages::ledger::declare)
        .post(paths::RETURN, Act::PostsReturn, pages::ledger::return_)
        .get(paths::NEW_POST, Act::PostSave, show::<EditPage>)
        .post(paths::NEW_POST, Act::PostSave, edit::add)
        .get(paths::POST, Act::PostRead, show::<PersonPage>)
        .get(paths::POST_FORM, Act::PostSave, show::<EditPage>)
        .post(paths::POST_FORM, Act::PostSave, edit::save)
        .post(paths::LIMIT, Act::PostClear, perform)
        .post(paths::RESIGNATION, Act::PostClear, perform)
        .post(paths::CHOICE, Act::PostClear, perform)
        .post(paths::STAY, Act::PostClear, perform)
        .post(paths::PLACEMENT, Act::PostClear, perform)
        .post(paths::RECOVERY, Act::PostClear, perform)
        .post(paths::INSURANCE, Act::PostClear, perform)
        .post(paths::REQUEST, Act::PostAsk, perform)
        .post(paths::APPROVAL, Act::PostDecide, perform)
}
