//! 重大业务活动 (scheme 五(三); MA-1 to MA-3): what an association undertakes
//! while the reform lasts goes through procedure — registered by it or its unit's
//! clerk, approved by the unit's leader, by the office where required.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::paths::activities as paths;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::ACTIVITIES, Act::ActivityRead, pages::list::show)
        .get(paths::NEW_ACTIVITY, Act::ActivitySave, pages::edit::new)
        .post(paths::NEW_ACTIVITY, Act::ActivitySave, pages::edit::add)
        .get(paths::ACTIVITY, Act::ActivityRead, pages::show::show)
        .get(paths::FORM, Act::ActivitySave, pages::edit::show)
        .post(paths::FORM, Act::ActivitySave, pages::edit::save)
        .post(paths::RECORDS, Act::ActivityNote, pages::deeds::note)
        .post(paths::APPROVAL, Act::ActivityApprove, pages::deeds::approve)
        .post(paths::RETURN, Act::ActivityReturn, pages::deeds::return_)
        .post(paths::ALLOWANCE, Act::ActivityAllow, pages::deeds::allow)
        .post(paths::REFUSAL, Act::ActivityRefuse, pages::deeds::refuse)
        .post(paths::RESULT, Act::ActivityFinish, pages::deeds::finish)
}
