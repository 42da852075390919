//! The state machine of a plan and why an act is not open (domain 6.3). What belongs
//! to a plan has its own machine beside its own rules: `approvals`, `changes`,
//! `conditions`, `notices`; PL-1 to PL-15 are `draft::rules::findings`.

use chrono::NaiveDate;

use crate::access::Act;
use crate::access::case::{Holder, Steps};
use crate::database::Explain;

use super::draft::rules::TIMETABLE;

crate::words! {
    /// State of a plan.
    pub enum State {
        /// Being written.
        Draft = "draft", "编制中，尚未报送", Going;
        /// Complete; the unit's leader signs it or sends it back.
        ForSignature = "for_signature", "已填报，待单位负责人签发", Going;
        /// With the office, waiting for prior approvals.
        Submitted = "submitted", "已报送，待脱钩办受理", Going;
        /// Complete; the office's head decides.
        UnderReview = "under_review", "已受理，待脱钩办负责人审批", Going;
        /// Sent back with reasons.
        Returned = "returned", "已退回，待补正", Soon;
        /// The office has replied (批复).
        Approved = "approved", "已批复，待启动实施", Done;
        /// The five tracks are being carried out.
        Implementing = "implementing", "实施中", Going;
        /// Being carried out; a change waits for the office.
        ChangePending = "change_pending", "实施中，变更待批", Going;
        /// Evaluated and closed.
        Closed = "closed", "已办结", Done;
        /// The association is no more (注销、撤销、合并), or off the list (撤出).
        Terminated = "terminated", "已终止", Void;
    }
}

impl State {
    /// The plan is in the unit's hands.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::ForSignature | Self::Returned)
    }

    /// The five tracks are under way.
    #[must_use]
    pub const fn is_carried_out(self) -> bool {
        matches!(self, Self::Implementing | Self::ChangePending)
    }

    /// The conditions of the reply are being fulfilled.
    #[must_use]
    pub const fn is_followed(self) -> bool {
        matches!(
            self,
            Self::Approved | Self::Implementing | Self::ChangePending
        )
    }

    /// The office has replied, and the reply stands.
    #[must_use]
    pub const fn is_replied(self) -> bool {
        matches!(
            self,
            Self::Approved | Self::Implementing | Self::ChangePending | Self::Closed
        )
    }
}

/// From a state, by an act, to a state.
pub const STEPS: Steps<State> = &[
    (State::Draft, Act::PlanCreate, State::Draft),
    (State::Draft, Act::PlanSave, State::Draft),
    (State::Returned, Act::PlanSave, State::Returned),
    (State::Draft, Act::ApprovalRequest, State::Draft),
    (State::Draft, Act::ApprovalMark, State::Draft),
    (State::Returned, Act::ApprovalMark, State::Returned),
    // Clerk and leader hand it over to each other; who writes in it takes it back.
    (State::Draft, Act::PlanPass, State::ForSignature),
    (State::Returned, Act::PlanPass, State::ForSignature),
    (State::ForSignature, Act::PlanBack, State::Draft),
    (State::ForSignature, Act::PlanSave, State::Draft),
    // A department refuses what a plan that was never sent had asked for.
    (State::ForSignature, Act::ApprovalAnswer, State::Draft),
    (State::ForSignature, Act::PlanSubmit, State::Submitted),
    (State::Draft, Act::PlanSubmit, State::Submitted),
    (State::Returned, Act::PlanSubmit, State::Submitted),
    // Taken back while nobody of the office has opened the check.
    (State::Submitted, Act::PlanRecall, State::Draft),
    (State::Submitted, Act::PlanCheck, State::UnderReview),
    (State::Submitted, Act::PlanMark, State::Submitted),
    (State::UnderReview, Act::PlanMark, State::UnderReview),
    (State::Submitted, Act::PlanReturn, State::Returned),
    (State::UnderReview, Act::PlanReturn, State::Returned),
    (State::UnderReview, Act::PlanApprove, State::Approved),
    (State::Submitted, Act::CorrectionAsk, State::Submitted),
    (State::UnderReview, Act::CorrectionAsk, State::UnderReview),
    (State::Approved, Act::CorrectionAsk, State::Approved),
    (State::Approved, Act::PlanBegin, State::Implementing),
    // Any state before closed ends with the association (6.3: exit).
    (State::Draft, Act::ExitDecide, State::Terminated),
    (State::ForSignature, Act::ExitDecide, State::Terminated),
    (State::Submitted, Act::ExitDecide, State::Terminated),
    (State::UnderReview, Act::ExitDecide, State::Terminated),
    (State::Returned, Act::ExitDecide, State::Terminated),
    (State::Approved, Act::ExitDecide, State::Terminated),
    (State::Implementing, Act::ExitDecide, State::Terminated),
    (State::ChangePending, Act::ExitDecide, State::Terminated),
    // So does it with a withdrawal from the list (LI-8): the reply was right and stays,
    // the plan is frozen; voiding is for a reply that was wrong.
    (State::Draft, Act::RosterAmend, State::Terminated),
    (State::ForSignature, Act::RosterAmend, State::Terminated),
    (State::Submitted, Act::RosterAmend, State::Terminated),
    (State::UnderReview, Act::RosterAmend, State::Terminated),
    (State::Returned, Act::RosterAmend, State::Terminated),
    (State::Approved, Act::RosterAmend, State::Terminated),
    (State::Implementing, Act::RosterAmend, State::Terminated),
    (State::ChangePending, Act::RosterAmend, State::Terminated),
    // What the unit signed reads otherwise now.
    (State::Submitted, Act::SignatureVoid, State::Returned),
    (State::UnderReview, Act::SignatureVoid, State::Returned),
    // A reply found wrong goes back, its number stays taken.
    (State::Approved, Act::PlanVoid, State::Returned),
    (
        State::Implementing,
        Act::ChangeRequest,
        State::ChangePending,
    ),
    (
        State::ChangePending,
        Act::ChangeApprove,
        State::Implementing,
    ),
    (State::ChangePending, Act::ChangeReject, State::Implementing),
    // Suspending leaves the state as it is: nothing moves until it is resumed.
    (State::Draft, Act::PlanSuspend, State::Draft),
    (State::ForSignature, Act::PlanSuspend, State::ForSignature),
    (State::Submitted, Act::PlanSuspend, State::Submitted),
    (State::UnderReview, Act::PlanSuspend, State::UnderReview),
    (State::Returned, Act::PlanSuspend, State::Returned),
    (State::Approved, Act::PlanSuspend, State::Approved),
    (State::Implementing, Act::PlanSuspend, State::Implementing),
    (State::ChangePending, Act::PlanSuspend, State::ChangePending),
    (State::Draft, Act::PlanResume, State::Draft),
    (State::ForSignature, Act::PlanResume, State::ForSignature),
    (State::Submitted, Act::PlanResume, State::Submitted),
    (State::UnderReview, Act::PlanResume, State::UnderReview),
    (State::Returned, Act::PlanResume, State::Returned),
    (State::Approved, Act::PlanResume, State::Approved),
    (State::Implementing, Act::PlanResume, State::Implementing),
    (State::ChangePending, Act::PlanResume, State::ChangePending),
];

/// On whose desk it lies.
#[must_use]
pub const fn holder(state: State) -> &'static [Holder] {
    match state {
        // The clerk writes until it is complete and sent to the leader for signature.
        State::Draft | State::Returned => const { &[Holder::clerk(Act::PlanSave)] },
        State::ForSignature => const { &[Holder::leader(Act::PlanSubmit)] },
        // While departments have not answered it is with them.
        State::Submitted => const { &[Holder::office(Act::PlanCheck).complete()] },
        State::UnderReview => const { &[Holder::head(Act::PlanApprove).complete()] },
        State::Approved => const { &[Holder::leader(Act::PlanBegin)] },
        // Its items, its change, are on desks of their own.
        State::Implementing | State::ChangePending | State::Closed | State::Terminated => &[],
    }
}

/// Whether a suspension stands in the way: only resuming and leaving are open in it.
#[must_use]
pub fn held_up(suspended: bool, act: Act) -> bool {
    match act {
        Act::PlanResume => !suspended,
        // An association can leave, or leave the list, whatever became of its plan.
        Act::ExitDecide | Act::RosterAmend => false,
        _ => suspended,
    }
}

/// Whether an act waits while the association's leaving lies with civil affairs, which
/// suspends likewise (FD-4).
#[must_use]
pub fn waits_for_exit(act: Act) -> bool {
    let leaves = matches!(act, Act::ExitDecide | Act::RosterAmend);
    !leaves && !matches!(act, Act::PlanSuspend | Act::PlanResume)
}

/// Why an act is not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is one already.
    Exists,
    /// The association is not on the published list.
    NotListed,
    /// The survey is not confirmed.
    NoSurvey,
    /// This many errors, and in which parts: their titles with how many.
    Errors(usize, Vec<String>),
    /// Prior approvals that have not been asked for: their titles.
    Unasked(Vec<String>),
    /// Prior approvals that are not there yet: their titles.
    Unapproved(Vec<String>),
    /// Every prior approval has been asked for.
    NothingToAsk,
    /// The request rests until the plan is sent again (FD-4).
    AtRest,
    /// No department has the competence.
    NoDepartment(Vec<String>),
    /// An approval with conditions has none, or a refusal no reason.
    NoWords,
    /// The office has remarked on it: what was sent is not taken back any more.
    Opened,
    /// A return needs a reason.
    NoReason,
    /// Parts that the office wants mended: their titles.
    Remarked(Vec<String>),
    /// The plan is the person's own (TC-36).
    OwnPlan,
    /// It is suspended, or is not.
    Suspended(bool),
    /// The association's leaving lies with civil affairs.
    ExitPending,
    /// Departments with a tie that were not sent a notice (五(二)).
    Unnotified(Vec<String>),
    /// A change changes nothing.
    NothingChanged,
    /// A date that a reply gives lies before it, or after the batch's final day (FD-2): of what.
    ReplyDate(String, NaiveDate),
    /// The change names an item whose day the scheme fixes.
    LegalDay(String),
    /// Supporting documents that are not out, and no word of why the reply goes before them
    /// (PD-7): how many.
    DocumentsFirst(usize),
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::Exists => "实施方案已经编制，请刷新页面。".to_owned(),
            Self::DocumentsFirst(count) => format!(
                "还有{count}项配套文件没有印发；方案要求先出台配套文件，先行批复的请在审批意见中说明。"
            ),
            Self::NotListed => {
                "协会尚未列入已发布的脱钩名单，名单发布后再编制实施方案。".to_owned()
            }
            Self::NoSurvey => "摸底调查尚未确认，请先完成摸底调查。".to_owned(),
            Self::Errors(count, parts) => format!(
                "还有{count}处错误或漏填（{}），请按核查结果逐条更正。",
                parts.join("、")
            ),
            Self::Unasked(titles) => format!(
                "以下事项尚未报请有关部门批准：{}。请经办人先报请。",
                titles.join("、")
            ),
            Self::Unapproved(titles) => {
                format!("以下前置审批尚未批准或已过有效期：{}。", titles.join("、"))
            }
            Self::AtRest => {
                "方案正由业务主管单位修改，本项报请暂停办理；方案重新报送后，再请出具意见。"
                    .to_owned()
            }
            Self::NothingToAsk => "没有需要报请的前置审批。".to_owned(),
            Self::NoDepartment(titles) => {
                format!(
                    "以下事项没有找到有权批准的部门：{}。请联系系统管理员登记部门职责。",
                    titles.join("、")
                )
            }
            Self::NoWords => "附条件的请写明条件，不同意的请写明理由。".to_owned(),
            Self::Opened => {
                "脱钩办已经对这次报送提出意见，不能取回；需要修改的，请脱钩办退回。".to_owned()
            }
            Self::NoReason => "请至少在一个部分写明需要补正的内容，再退回。".to_owned(),
            Self::Remarked(titles) => format!(
                "以下部分要求补正：{}。请退回补正，或者删去这些意见后再办理。",
                titles.join("、")
            ),
            Self::OwnPlan => {
                "您是报送人，或在报送单位任经办人、负责人，须由其他负责人决定。".to_owned()
            }
            Self::Suspended(true) => "方案已暂停办理，恢复后才能继续。".to_owned(),
            Self::Suspended(false) => "方案没有暂停，请刷新页面。".to_owned(),
            Self::ExitPending => {
                "协会退出正待登记管理机关决定，方案暂停办理；不予退出的，恢复办理。".to_owned()
            }
            Self::Unnotified(names) => format!(
                "以下有关系的部门尚未通报：{}。请先发送通报。",
                names.join("、")
            ),
            Self::NothingChanged => "变更后的内容与原方案相同，请先修改再报送。".to_owned(),
            Self::ReplyDate(item, last) => format!(
                "{item}的时限应不早于批复日期、不晚于{last}；确需更晚的，按“例外与延期申请”办理。"
            ),
            Self::LegalDay(item) => format!(
                "{item}的时限由方案规定，不能通过变更方案推迟；确需延期的，请在该事项页面向有关部门申请延期。"
            ),
        }
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::NoReason => Some(("form", "退回理由")),
            Self::LegalDay(_) => Some((TIMETABLE, "时间步骤")),
            Self::DocumentsFirst(_) => Some(("opinion", "审批意见")),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
