//! 五分离清单: items from the scheme's measures, evidence, verification, traffic
//! light (scheme 三; domain 7, 9.2). A checklist begins with the plan's
//! implementation and ends when every item of the five tracks is resolved.

pub mod acts;
pub mod arithmetic;
pub mod begin;
pub mod counters;
pub mod dates;
pub mod deadlines;
pub mod lights;
pub mod pages;
pub mod registers;
pub mod relapse;
pub mod revising;
pub mod rules;
pub mod store;
pub mod windows;

use crate::access::Act;
use crate::documents::pages as documents;
use crate::paths::{posts, progress as paths};
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .post(paths::BEGINNING, Act::PlanBegin, pages::beginning::begin)
        .get(paths::PROGRESS, Act::ProgressRead, pages::overview::show)
        .get(paths::REVISION, Act::ProgressRead, pages::revision::show)
        .post(paths::REVISION, Act::RevisionApply, pages::revision::apply)
        .get(paths::ITEM, Act::ProgressRead, pages::item::show)
        .post(paths::ITEM, Act::ItemSave, pages::deeds::save)
        .post(paths::ITEM_REPORT, Act::ItemReport, pages::deeds::report)
        .post(
            paths::ITEM_VERIFICATION,
            Act::ItemVerify,
            pages::deeds::verify,
        )
        .post(paths::ITEM_RETURN, Act::ItemReturn, pages::deeds::return_)
        .post(
            paths::ITEM_ACCEPTANCE,
            Act::ItemAccept,
            pages::deeds::accept,
        )
        .post(
            paths::EXEMPTION_REQUEST,
            Act::ExemptionAsk,
            pages::deeds::ask_exemption,
        )
        .post(paths::EXEMPTION, Act::ItemExempt, pages::deeds::exempt)
        .merge(moving(program))
        .upload(
            paths::EVIDENCE,
            Act::EvidenceAttach,
            pages::evidence::attach,
        )
        .post(
            paths::EVIDENCE_REMOVAL,
            Act::EvidenceDetach,
            pages::evidence::detach,
        )
        // PE-18: who is entered after the clean-up opens T4-03 again.
        .post(posts::NEW_POST, Act::PostSave, pages::posts::add)
        .post(posts::POST_FORM, Act::PostSave, pages::posts::save)
        .get(paths::FILE, Act::FileRead, documents::file)
}

/// Dates that move.
fn moving(program: &Program) -> Routes {
    Routes::new(program)
        .post(
            paths::CHANGE_APPROVAL,
            Act::ChangeApprove,
            pages::dates::approve_change,
        )
        .get(paths::EXTENSION, Act::ProgressRead, pages::dates::show)
        .post(paths::EXTENSION, Act::ExtensionAsk, pages::dates::ask)
        .post(paths::ROOM_DELAY, Act::DelayApprove, pages::dates::delay)
        .post(
            paths::EXTENSION_DECISION,
            Act::ExtensionDecide,
            pages::dates::decide,
        )
}
