//! 脱钩改革工作组, 专职工作人员, 时间表, 风险预案 (scheme 五(二), 六; PH-01 to
//! PH-04): a unit's clerk writes them, its leader reports them part by part, the
//! office reads them or sends a part back.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get("/workgroups", Act::WorkgroupRead, pages::list::show)
        .get(
            "/workgroups/{department}",
            Act::WorkgroupRead,
            pages::unit::show,
        )
        .get(
            "/workgroups/{department}/edit",
            Act::WorkgroupSave,
            pages::edit::show,
        )
        .post(
            "/workgroups/{department}/edit",
            Act::WorkgroupSave,
            pages::edit::save,
        )
        .post(
            "/workgroups/{department}/report",
            Act::WorkgroupReport,
            pages::unit::report,
        )
        .post(
            "/workgroups/{department}/reading",
            Act::WorkgroupNote,
            pages::unit::note,
        )
        .post(
            "/workgroups/{department}/return",
            Act::WorkgroupReturn,
            pages::unit::return_,
        )
}
