//! 实施方案 (一会一方案): the confirmed survey → a plan in fifteen parts → prior
//! approvals in parallel → check → reply with number and conditions (scheme
//! 四·2·1, 五(二); domain 6). The room after it begins to carry the plan out.

pub mod acts;
pub mod approvals;
pub mod derive;
pub mod diff;
pub mod findings;
pub mod reply;
pub mod rules;
pub mod store;

pub mod pages;
#[cfg(test)]
mod samples;

use crate::access::Act;
use crate::web::{App, Routes};

/// The room's routes.
#[must_use]
pub fn routes(app: &App) -> Routes {
    Routes::new(app)
        .get("/approvals", Act::ApprovalList, pages::waiting::show)
        .get(
            "/associations/{association}/plan",
            Act::PlanRead,
            pages::show::show,
        )
        .post(
            "/associations/{association}/plan",
            Act::PlanCreate,
            pages::show::create,
        )
        .get(
            "/associations/{association}/plan/parts/{part}",
            Act::PlanSave,
            pages::part::show,
        )
        .post(
            "/associations/{association}/plan/parts/{part}",
            Act::PlanSave,
            pages::part::save,
        )
        .post(
            "/associations/{association}/plan/approvals",
            Act::ApprovalRequest,
            pages::deciding::request,
        )
        .get(
            "/associations/{association}/plan/approvals/{approval}",
            Act::PlanRead,
            pages::answer::show,
        )
        .post(
            "/associations/{association}/plan/approvals/{approval}",
            Act::ApprovalAnswer,
            pages::answer::answer,
        )
        .merge(deciding(app))
}

/// From the unit's signature to the reply.
fn deciding(app: &App) -> Routes {
    Routes::new(app)
        .post(
            "/associations/{association}/plan/submission",
            Act::PlanSubmit,
            pages::deciding::submit,
        )
        .post(
            "/associations/{association}/plan/check",
            Act::PlanCheck,
            pages::deciding::check,
        )
        .get(
            "/associations/{association}/plan/return",
            Act::PlanReturn,
            pages::deciding::returning,
        )
        .post(
            "/associations/{association}/plan/return",
            Act::PlanReturn,
            pages::deciding::return_,
        )
        .get(
            "/associations/{association}/plan/reply/new",
            Act::PlanApprove,
            pages::deciding::approving,
        )
        .post(
            "/associations/{association}/plan/reply",
            Act::PlanApprove,
            pages::deciding::approve,
        )
        .get(
            "/associations/{association}/plan/reply",
            Act::PlanRead,
            pages::reply::show,
        )
}
