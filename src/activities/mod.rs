//! 重大业务活动 (scheme 五(三); MA-1 to MA-3): what an association undertakes
//! while the reform lasts goes through procedure — registered by it or its unit's
//! clerk, approved by the unit's leader, by the office where required.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::documents::leaving::Leaves as _;
use crate::paths::activities::{
    ACTIVITIES, ACTIVITY, ALLOWANCE, APPROVAL, FORM, NEW_ACTIVITY, RECORDS, REFUSAL, RESULT, RETURN,
};
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::{deeds, edit::EditPage, list::ListPage, show::ShowPage};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(ACTIVITIES, Act::ActivityRead, show::<ListPage>)
        .tables::<ListPage>(ACTIVITIES, Act::ActivityRead)
        .get(NEW_ACTIVITY, Act::ActivitySave, show::<EditPage>)
        .post(NEW_ACTIVITY, Act::ActivitySave, pages::edit::save)
        .get(ACTIVITY, Act::ActivityRead, show::<ShowPage>)
        .get(FORM, Act::ActivitySave, show::<EditPage>)
        .post(FORM, Act::ActivitySave, pages::edit::save)
        .post(RECORDS, Act::ActivityNote, deeds::note)
        .post(APPROVAL, Act::ActivityApprove, deeds::approve)
        .post(RETURN, Act::ActivityReturn, deeds::return_)
        .post(ALLOWANCE, Act::ActivityAllow, deeds::allow)
        .post(REFUSAL, Act::ActivityRefuse, deeds::refuse)
        .post(RESULT, Act::ActivityFinish, deeds::finish)
}
