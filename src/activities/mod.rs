//! 重大业务活动 (scheme 五(三); MA-1 to MA-3): what an association undertakes
//! while the reform lasts goes through procedure — registered by it or its unit's
//! clerk, approved by the unit's leader, by the office where required.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::web::{Program, Routes};

/// The room's routes.
#[expect(clippy::too_many_lines, reason = "a table of routes")]
#[must_use]
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(
            "/associations/{association}/activities",
            Act::ActivityRead,
            pages::list::show,
        )
        .get(
            "/associations/{association}/activities/new",
            Act::ActivitySave,
            pages::edit::new,
        )
        .post(
            "/associations/{association}/activities/new",
            Act::ActivitySave,
            pages::edit::add,
        )
        .get(
            "/associations/{association}/activities/{activity}",
            Act::ActivityRead,
            pages::show::show,
        )
        .get(
            "/associations/{association}/activities/{activity}/edit",
            Act::ActivitySave,
            pages::edit::show,
        )
        .post(
            "/associations/{association}/activities/{activity}/edit",
            Act::ActivitySave,
            pages::edit::save,
        )
        .post(
            "/associations/{association}/activities/{activity}/records",
            Act::ActivityNote,
            pages::deeds::note,
        )
        .post(
            "/associations/{association}/activities/{activity}/approval",
            Act::ActivityApprove,
            pages::deeds::approve,
        )
        .post(
            "/associations/{association}/activities/{activity}/return",
            Act::ActivityReturn,
            pages::deeds::return_,
        )
        .post(
            "/associations/{association}/activities/{activity}/allowance",
            Act::ActivityAllow,
            pages::deeds::allow,
        )
        .post(
            "/associations/{association}/activities/{activity}/refusal",
            Act::ActivityRefuse,
            pages::deeds::refuse,
        )
        .post(
            "/associations/{association}/activities/{activity}/result",
            Act::ActivityFinish,
            pages::deeds::finish,
        )
}
