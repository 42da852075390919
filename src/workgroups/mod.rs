//! 脱钩改革工作组, 专职工作人员, 时间表, 风险预案 (scheme 五(二), 六; PH-01 to
//! PH-04): a unit's clerk writes them, its leader reports them part by part, the
//! office reads them or sends a part back.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::paths::workgroups::{FORM, READING, REPORT, RETURN, WORKGROUP, WORKGROUPS};
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::{edit::EditPage, unit::UnitPage};

/// The room's routes.
#[must_use]
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(WORKGROUPS, Act::WorkgroupRead, pages::list::show)
        .get(WORKGROUP, Act::WorkgroupRead, show::<UnitPage>)
        .get(FORM, Act::WorkgroupSave, show::<EditPage>)
        .post(FORM, Act::WorkgroupSave, pages::edit::save)
        .post(REPORT, Act::WorkgroupReport, pages::unit::report)
        .post(READING, Act::WorkgroupNote, pages::unit::note)
        .post(RETURN, Act::WorkgroupReturn, pages::unit::return_)
}
