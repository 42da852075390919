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
use crate::paths::plan as paths;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(
            paths::WAITING_APPROVALS,
            Act::ApprovalList,
            pages::waiting::show,
        )
        .get(paths::PLAN, Act::PlanRead, pages::show::show)
        .post(paths::PLAN, Act::PlanCreate, pages::show::create)
        .get(paths::PART, Act::PlanSave, pages::part::show)
        .post(paths::PART, Act::PlanSave, pages::part::save)
        .post(
            paths::APPROVALS,
            Act::ApprovalRequest,
            pages::deciding::request,
        )
        .get(paths::APPROVAL, Act::PlanRead, pages::answer::show)
        .post(paths::APPROVAL, Act::ApprovalAnswer, pages::answer::answer)
        .merge(deciding(program))
        .merge(after_reply(program))
        .merge(notices(program))
}

/// From the unit's signature to the reply.
fn deciding(program: &Program) -> Routes {
    Routes::new(program)
        .post(paths::SUBMISSION, Act::PlanSubmit, pages::deciding::submit)
        .post(paths::CHECK, Act::PlanCheck, pages::deciding::check)
        .get(paths::RETURN, Act::PlanReturn, pages::deciding::returning)
        .post(paths::RETURN, Act::PlanReturn, pages::deciding::return_)
        .get(
            paths::NEW_REPLY,
            Act::PlanApprove,
            pages::deciding::approving,
        )
        .post(paths::REPLY, Act::PlanApprove, pages::deciding::approve)
        .get(paths::REPLY, Act::PlanRead, pages::reply::show)
}

/// What follows a reply: changes, conditions, withdrawals, suspension.
fn after_reply(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::CHANGES, Act::ChangeRequest, pages::change::changing)
        .post(paths::CHANGES, Act::ChangeRequest, pages::change::change)
        .get(
            paths::CHANGE_REJECTION,
            Act::ChangeReject,
            pages::changing::rejecting,
        )
        .post(
            paths::CHANGE_REJECTION,
            Act::ChangeReject,
            pages::changing::reject,
        )
        .get(
            paths::SUSPENSION,
            Act::PlanSuspend,
            pages::changing::suspending,
        )
        .post(
            paths::SUSPENSION,
            Act::PlanSuspend,
            pages::changing::suspend,
        )
        .get(
            paths::RESUMPTION,
            Act::PlanResume,
            pages::changing::resuming,
        )
        .post(paths::RESUMPTION, Act::PlanResume, pages::changing::resume)
        .get(paths::VOIDING, Act::PlanVoid, pages::changing::voiding)
        .post(paths::VOIDING, Act::PlanVoid, pages::changing::void)
        .get(paths::CONDITION, Act::PlanRead, pages::condition::show)
        .post(
            paths::CONDITION,
            Act::ConditionReport,
            pages::condition::report,
        )
        .post(
            paths::CONDITION_CONFIRMATION,
            Act::ConditionConfirm,
            pages::condition::confirm,
        )
        .post(
            paths::CONDITION_RETURN,
            Act::ConditionReturn,
            pages::condition::return_,
        )
        .post(
            paths::APPROVAL_WITHDRAWAL,
            Act::ApprovalWithdraw,
            pages::withdrawal::withdraw,
        )
        .post(
            paths::WITHDRAWAL_SETTLEMENT,
            Act::WithdrawalSettle,
            pages::withdrawal::settle,
        )
}

/// Notices to linked departments.
fn notices(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::NOTICES, Act::NoticeRead, pages::notices::show)
        .post(paths::NOTICES, Act::NoticeSend, pages::notices::send)
        .post(
            paths::NOTICE_SIGNATURE,
            Act::NoticeSign,
            pages::notices::sign,
        )
        .post(paths::NOTICE, Act::NoticeAnswer, pages::notices::answer)
}
