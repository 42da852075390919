//! 脱钩名单: each unit recommends, the office decides, one list is published
//! (scheme 四·1·2; LI-1 to LI-11).

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::documents::leaving::Leaves as _;
use crate::documents::pages as documents;
use crate::documents::papers::Papers as _;
use crate::paths::roster as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::ledger::Roster;
use pages::ledger_units::Recommended;
use pages::objections::ObjectionsPage;
use pages::papers::{AmendmentPaper, RosterPaper};
use pages::{preview::PreviewPage, publish::PublishPage, unit::UnitPage};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::ROSTER, Act::RosterRead, pages::list::show)
        .ledger::<Roster>(paths::ROSTER, Act::RosterRead)
        .docx::<RosterPaper>(paths::ROSTER, Act::RosterRead)
        .docx::<AmendmentPaper>(paths::AMENDMENT, Act::RosterRead)
        .ledger::<Recommended>(paths::ALL_RECOMMENDATIONS, Act::RecommendList)
        .get(paths::PUBLICATION, Act::RosterPublish, show::<PublishPage>)
        .post(paths::PUBLICATION, Act::RosterPublish, pages::publish::publish)
        .get(paths::PREVIEW, Act::RosterPreview, show::<PreviewPage>)
        .get(paths::OBJECTIONS, Act::ObjectionRead, show::<ObjectionsPage>)
        .post(paths::OBJECTIONS, Act::ObjectionRecord, pages::objections::record)
        .upload(paths::OBJECTION_FILES, Act::ObjectionAttach, pages::objections::attach)
        .get(paths::OBJECTION_FILE, Act::FileRead, documents::file)
        .post(paths::OBJECTION, Act::ObjectionAnswer, pages::objections::answer)
        .get(paths::RECOMMENDATIONS, Act::RosterRead, show::<UnitPage>)
        .post(paths::RECOMMENDATIONS, Act::RosterSave, pages::unit::save)
        .post(paths::SUBMISSION, Act::RosterSubmit, pages::unit::submit)
        .post(paths::RECALL, Act::RecommendRecall, pages::unit::recall)
        .post(paths::RETURN, Act::RosterReturn, pages::unit::return_)
        .post(paths::OVERRIDE, Act::RosterOverride, pages::unit::override_)
        .post(paths::APPROVAL, Act::RosterApprove, pages::unit::approve)
        .public_get(paths::PUBLIC_ROSTER, pages::public::show)
}
