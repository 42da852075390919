//! 实施方案 (一会一方案): the confirmed survey → a plan in fifteen parts → prior
//! approvals in parallel → check → reply with number and conditions (scheme
//! 四·2·1, 五(二); domain 6). The room after it begins to carry the plan out.

pub mod acts;
pub mod approvals;
pub mod changes;
pub mod conditions;
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
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
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
        .merge(deciding(program))
        .merge(after_reply(program))
        .merge(notices(program))
}

/// From the unit's signature to the reply.
fn deciding(program: &Program) -> Routes {
    Routes::new(program)
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

/// What follows a reply: changes, conditions, withdrawals, suspension.
#[expect(clippy::too_many_lines, reason = "a table of routes")]
fn after_reply(program: &Program) -> Routes {
    Routes::new(program)
        .get(
            "/associations/{association}/plan/changes",
            Act::ChangeRequest,
            pages::change::changing,
        )
        .post(
            "/associations/{association}/plan/changes",
            Act::ChangeRequest,
            pages::change::change,
        )
        .get(
            "/associations/{association}/plan/change-rejection",
            Act::ChangeReject,
            pages::changing::rejecting,
        )
        .post(
            "/associations/{association}/plan/change-rejection",
            Act::ChangeReject,
            pages::changing::reject,
        )
        .get(
            "/associations/{association}/plan/suspension",
            Act::PlanSuspend,
            pages::changing::suspending,
        )
        .post(
            "/associations/{association}/plan/suspension",
            Act::PlanSuspend,
            pages::changing::suspend,
        )
        .get(
            "/associations/{association}/plan/resumption",
            Act::PlanResume,
            pages::changing::resuming,
        )
        .post(
            "/associations/{association}/plan/resumption",
            Act::PlanResume,
            pages::changing::resume,
        )
        .get(
            "/associations/{association}/plan/voiding",
            Act::PlanVoid,
            pages::changing::voiding,
        )
        .post(
            "/associations/{association}/plan/voiding",
            Act::PlanVoid,
            pages::changing::void,
        )
        .get(
            "/associations/{association}/plan/conditions/{condition}",
            Act::PlanRead,
            pages::condition::show,
        )
        .post(
            "/associations/{association}/plan/conditions/{condition}",
            Act::ConditionReport,
            pages::condition::report,
        )
        .post(
            "/associations/{association}/plan/conditions/{condition}/confirmation",
            Act::ConditionConfirm,
            pages::condition::confirm,
        )
        .post(
            "/associations/{association}/plan/conditions/{condition}/return",
            Act::ConditionReturn,
            pages::condition::return_,
        )
        .post(
            "/associations/{association}/plan/approvals/{approval}/withdrawal",
            Act::ApprovalWithdraw,
            pages::withdrawal::withdraw,
        )
        .post(
            "/associations/{association}/plan/approvals/{approval}/settlement",
            Act::WithdrawalSettle,
            pages::withdrawal::settle,
        )
}

/// Notices to linked departments.
fn notices(program: &Program) -> Routes {
    Routes::new(program)
        .get(
            "/associations/{association}/notices",
            Act::NoticeRead,
            pages::notices::show,
        )
        .post(
            "/associations/{association}/notices",
            Act::NoticeSend,
            pages::notices::send,
        )
        .post(
            "/associations/{association}/notices/{notice}/signature",
            Act::NoticeSign,
            pages::notices::sign,
        )
        .post(
            "/associations/{association}/notices/{notice}",
            Act::NoticeAnswer,
            pages::notices::answer,
        )
}
