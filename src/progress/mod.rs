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
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
#[expect(clippy::too_many_lines, reason = "a table of routes")]
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .post(
            "/associations/{association}/plan/beginning",
            Act::PlanBegin,
            pages::beginning::begin,
        )
        .get(
            "/associations/{association}/progress",
            Act::ProgressRead,
            pages::overview::show,
        )
        .get(
            "/associations/{association}/progress/revision",
            Act::ProgressRead,
            pages::revision::show,
        )
        .post(
            "/associations/{association}/progress/revision",
            Act::RevisionApply,
            pages::revision::apply,
        )
        .get(
            "/associations/{association}/progress/{item}",
            Act::ProgressRead,
            pages::item::show,
        )
        .post(
            "/associations/{association}/progress/{item}",
            Act::ItemSave,
            pages::deeds::save,
        )
        .post(
            "/associations/{association}/progress/{item}/report",
            Act::ItemReport,
            pages::deeds::report,
        )
        .post(
            "/associations/{association}/progress/{item}/verify",
            Act::ItemVerify,
            pages::deeds::verify,
        )
        .post(
            "/associations/{association}/progress/{item}/return",
            Act::ItemReturn,
            pages::deeds::return_,
        )
        .post(
            "/associations/{association}/progress/{item}/accept",
            Act::ItemAccept,
            pages::deeds::accept,
        )
        .post(
            "/associations/{association}/progress/{item}/exemption",
            Act::ExemptionAsk,
            pages::deeds::ask_exemption,
        )
        .post(
            "/associations/{association}/progress/{item}/exempt",
            Act::ItemExempt,
            pages::deeds::exempt,
        )
        .merge(moving(program))
        .upload(
            "/associations/{association}/progress/{item}/evidence",
            Act::EvidenceAttach,
            pages::evidence::attach,
        )
        .post(
            "/associations/{association}/progress/{item}/evidence/{evidence}/removal",
            Act::EvidenceDetach,
            pages::evidence::detach,
        )
        // PE-18: who is entered after the clean-up opens T4-03 again.
        .post(
            "/associations/{association}/posts/new",
            Act::PostSave,
            pages::posts::add,
        )
        .post(
            "/associations/{association}/posts/{post}/edit",
            Act::PostSave,
            pages::posts::save,
        )
        .get(
            "/associations/{association}/files/{file}",
            Act::FileRead,
            documents::file,
        )
}

/// Dates that move.
fn moving(program: &Program) -> Routes {
    Routes::new(program)
        .post(
            "/associations/{association}/plan/change-approval",
            Act::ChangeApprove,
            pages::dates::approve_change,
        )
        .get(
            "/associations/{association}/progress/{item}/extension",
            Act::ProgressRead,
            pages::dates::show,
        )
        .post(
            "/associations/{association}/progress/{item}/extension",
            Act::ExtensionAsk,
            pages::dates::ask,
        )
        .post(
            "/associations/{association}/rooms/{row}/delay",
            Act::DelayApprove,
            pages::dates::delay,
        )
        .post(
            "/associations/{association}/progress/{item}/extension/decision",
            Act::ExtensionDecide,
            pages::dates::decide,
        )
}
