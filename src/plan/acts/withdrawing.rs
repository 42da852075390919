//! A department takes back an approval that it gave, and what the office's head
//! decides on that (TC-35).

use crate::access::case::Stuck;
use crate::access::{Act, Case as _, Seen};
use crate::audit::Say;
use crate::database::{Done, Write};
use crate::plan::approvals::{self, Approval};
use crate::plan::rules::Refusal;
use crate::plan::store;

use super::answering::approval_of;
use super::{At, not_own, plan_of};

/// A department takes back an approval that it gave. The plan stands, but nothing of
/// that department is accepted until the office's head has decided.
pub async fn withdraw_approval(
    mut write: Write,
    at: At,
    seen: Seen,
    reason: &str,
) -> Done<Refusal> {
    let plan = plan_of(&mut write, at.association).await?;
    let approval = approval_of(&mut write, &plan, at.id).await?;
    let act = Act::ApprovalWithdraw;
    let step = write.step(Some(approval), &seen, act).await?;
    store::withdrawals::note(&mut write, at.id, reason).await?;
    let title = approvals::title(&*write.scheme()?, &step.case.code);
    let say = Say::new(format!("撤回对“{title}”的审批意见")).because(reason);
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// The office's head lets the plan stand in spite of a withdrawal, with a reason.
pub async fn settle_withdrawal(
    mut write: Write,
    at: At,
    seen: Seen,
    reason: &str,
) -> Done<Refusal> {
    let plan = plan_of(&mut write, at.association).await?;
    let approval = approval_of(&mut write, &plan, at.id).await?;
    let act = Act::WithdrawalSettle;
    let step = write.step(Some(approval), &seen, act).await?;
    not_own(&write, &plan, None)?;
    if !step.case.is_unsettled() {
        return Err(Stuck::Closed(Approval::NAME, "撤回已处理").into());
    }
    store::withdrawals::note_settled(&mut write, at.id, reason).await?;
    let title = approvals::title(&*write.scheme()?, &step.case.code);
    let department = &step.case.department_name;
    let sentence = format!("{department}撤回“{title}”的审批意见，决定方案继续实施");
    let say = Say::new(sentence).because(reason);
    let told = write.apply(step, say).await?;
    write.finish(told).await
}
