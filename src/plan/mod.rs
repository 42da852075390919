//! 实施方案 (一会一方案): the confirmed survey → a plan in fifteen parts → prior
//! approvals in parallel → check → reply with number and conditions (scheme
//! 四·2·1, 五(二); domain 6). Each machine has its rules, SQL, acts and pages side by
//! side; what they share of the plan itself stands beside them.

pub mod approvals;
pub mod changes;
pub mod conditions;
pub mod draft;
pub mod notices;
pub mod review;

pub mod acts;
pub mod pages;
pub mod rules;
#[cfg(test)]
mod samples;
pub mod store;

use crate::access::Act;
use crate::documents::leaving::Leaves as _;
use crate::documents::papers::Papers as _;
use crate::paths::plan as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

use approvals::pages::{self as asked, AnswerPage};
use changes::pages::reasoned::{self, ReasonedPage};
use changes::pages::{approval, change};
use conditions::pages::{self as condition, ConditionPage};
use draft::pages::{self as part, PartPage};
use notices::pages::{self as told, NoticesPage};
use notices::paper::NoticePaper;
use pages::ledger::Replies;
use pages::papers::{PlanPaper, ReplyPaper, RequestPaper};
use pages::waiting::WaitingPage;
use review::pages::{self as deciding, ApprovePage};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::WAITING_APPROVALS, Act::ApprovalList, show::<WaitingPage>)
        .tables::<WaitingPage>(paths::WAITING_APPROVALS, Act::ApprovalList)
        .ledger::<Replies>(paths::REPLIES, Act::ReplyList)
        .get(paths::PLAN, Act::PlanRead, pages::show::show)
        .post(paths::PLAN, Act::PlanCreate, pages::show::create)
        .docx_at::<PlanPaper>(paths::PLAN_FILE, Act::PlanRead)
        .paper::<RequestPaper>(paths::REQUEST, Act::PlanRead)
        .get(paths::PART, Act::PlanSave, show::<PartPage>)
        .post(paths::PART, Act::PlanSave, part::save)
        .post(paths::APPROVALS, Act::ApprovalRequest, asked::request)
        .post(paths::APPROVAL_MARKS, Act::ApprovalMark, asked::mark)
        .post(paths::APPROVAL_UNMARKING, Act::ApprovalUnmark, asked::unmark)
        .get(paths::APPROVAL, Act::PlanRead, show::<AnswerPage>)
        .post(paths::APPROVAL, Act::ApprovalAnswer, asked::answer)
        .post(paths::APPROVAL_WITHDRAWAL, Act::ApprovalWithdraw, asked::withdraw)
        .post(paths::WITHDRAWAL_SETTLEMENT, Act::WithdrawalSettle, asked::settle)
        .post(paths::PASSING, Act::PlanPass, part::pass)
        .post(paths::BACK, Act::PlanBack, part::back)
        .post(paths::SUBMISSION, Act::PlanSubmit, deciding::submit)
        .post(paths::RECALL, Act::PlanRecall, deciding::recall)
        .post(paths::CHECK, Act::PlanCheck, deciding::check)
        .post(paths::MARKS, Act::PlanMark, deciding::mark)
        .post(paths::RETURN, Act::PlanReturn, deciding::return_)
        .get(paths::NEW_REPLY, Act::PlanApprove, show::<ApprovePage>)
        .post(paths::REPLY, Act::PlanApprove, deciding::approve)
        .paper::<ReplyPaper>(paths::REPLY, Act::PlanRead)
        .docx_at::<ReplyPaper>(paths::REPLY_FILE, Act::PlanRead)
        .post(paths::BEGINNING, Act::PlanBegin, deciding::begin)
        .get(paths::CHANGES, Act::ChangeRequest, change::changing)
        .post(paths::CHANGES, Act::ChangeRequest, change::change)
        .post(paths::CHANGE_APPROVAL, Act::ChangeApprove, approval::approve)
        .get(paths::CHANGE_REJECTION, Act::ChangeReject, show::<ReasonedPage>)
        .post(paths::CHANGE_REJECTION, Act::ChangeReject, reasoned::act)
        .get(paths::SUSPENSION, Act::PlanSuspend, show::<ReasonedPage>)
        .post(paths::SUSPENSION, Act::PlanSuspend, reasoned::act)
        .get(paths::RESUMPTION, Act::PlanResume, show::<ReasonedPage>)
        .post(paths::RESUMPTION, Act::PlanResume, reasoned::act)
        .get(paths::VOIDING, Act::PlanVoid, show::<ReasonedPage>)
        .post(paths::VOIDING, Act::PlanVoid, reasoned::act)
        .get(paths::CONDITION, Act::PlanRead, show::<ConditionPage>)
        .post(paths::CONDITION, Act::ConditionReport, condition::report)
        .post(paths::CONDITION_RECALL, Act::ConditionRecall, condition::recall)
        .post(paths::CONDITION_CONFIRMATION, Act::ConditionConfirm, condition::confirm)
        .post(paths::CONDITION_RETURN, Act::ConditionReturn, condition::return_)
        .get(paths::NOTICES, Act::NoticeRead, show::<NoticesPage>)
        .post(paths::NOTICES, Act::NoticeSend, told::send)
        .post(paths::NOTICE_SIGNATURE, Act::NoticeSign, told::sign)
        .docx::<NoticePaper>(paths::NOTICE, Act::NoticeRead)
        .post(paths::NOTICE, Act::NoticeAnswer, told::answer)
}
