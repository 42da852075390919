//! 五分离清单: items from the scheme's measures, evidence, verification, traffic
//! light (scheme 三; domain 7, 9.2). A checklist begins with the plan's
//! implementation and ends when every item of the five tracks is resolved.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

pub use acts::windows;
pub use rules::lights;
pub use store::counters;

use crate::access::Act;
use crate::documents::leaving::Leaves as _;
use crate::documents::pages as documents;
use crate::paths::progress as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::{dates, deeds, evidence, item::ItemPage, overview::OverviewPage};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::PROGRESS, Act::ProgressRead, show::<OverviewPage>)
        .tables::<OverviewPage>(paths::PROGRESS, Act::ProgressRead)
        .get(paths::REVISION, Act::ProgressRead, show::<pages::revision::RevisionPage>)
        .post(paths::REVISION, Act::RevisionApply, pages::revision::apply)
        .get(paths::ITEM, Act::ProgressRead, show::<ItemPage>)
        .upload(paths::ITEM, Act::ItemSave, evidence::save)
        .get(paths::TOGETHER, Act::ProgressRead, show::<pages::together::TogetherPage>)
        .upload(paths::TOGETHER, Act::ItemSave, pages::picks::save)
        .upload(paths::PASSING, Act::ItemPass, pages::picks::pass)
        .post(paths::REPORT, Act::ItemReport, pages::picks::report)
        .upload(paths::ITEM_PASSING, Act::ItemPass, evidence::pass)
        .post(paths::ITEM_BACK, Act::ItemBack, deeds::back)
        .post(paths::ITEM_TAKING_BACK, Act::ItemRecall, deeds::recall)
        .post(paths::ITEM_REPORT, Act::ItemReport, deeds::report)
        .post(paths::ITEM_VERIFICATION, Act::ItemVerify, deeds::verify)
        .post(paths::ITEM_RETURN, Act::ItemReturn, deeds::return_)
        .post(paths::ITEM_ACCEPTANCE, Act::ItemAccept, deeds::accept)
        .post(paths::EXEMPTION_REQUEST, Act::ExemptionAsk, deeds::ask_exemption)
        .post(paths::EXEMPTION, Act::ItemExempt, deeds::exempt)
        .get(paths::EXTENSION, Act::ProgressRead, show::<dates::ExtensionPage>)
        .post(paths::EXTENSION, Act::ExtensionAsk, dates::ask)
        .post(paths::EXTENSION_DECISION, Act::ExtensionDecide, dates::decide)
        .upload(paths::EVIDENCE, Act::EvidenceAttach, evidence::attach)
        .upload(paths::EVIDENCE_REMOVAL, Act::EvidenceDetach, evidence::detach)
        .get(paths::FILE, Act::FileRead, documents::file)
        .get(paths::FILE_VIEW, Act::FileRead, documents::view)
}
