//! 脱钩改革工作组, 专职工作人员, 时间表, 风险预案 (scheme 五(二), 六; PH-01 to
//! PH-04): a unit's clerk writes them, its leader reports them part by part, the
//! office reads them or sends a part back.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::paths::workgroups as paths;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::WORKGROUPS, Act::WorkgroupRead, pages::list::show)
        .get(paths::WORKGROUP, Act::WorkgroupRead, pages::unit::show)
        .get(paths::FORM, Act::WorkgroupSave, pages::edit::show)
        .post(paths::FORM, Act::WorkgroupSave, pages::edit::save)
        .post(paths::REPORT, Act::WorkgroupReport, pages::unit::report)
        .post(paths::READING, Act::WorkgroupNote, pages::unit::note)
        .post(paths::RETURN, Act::WorkgroupReturn, pages::unit::return_)
}
