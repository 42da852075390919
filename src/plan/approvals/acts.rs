//! Asking departments, their answers, and answers that are taken back. All are asked at
//! once, and of a plan that was sent before only as it is sent again (FD-4); a refusal
//! sends the plan back, and the others rest (TC-66); what stands on an approval that was
//! taken back waits for the office's head (TC-35).

use chrono::NaiveDate;

use crate::access::case::{Stuck, Subject};
use crate::access::{Act, Case, Seen};
use crate::audit::{Record, Say};
use crate::database::{Done, Told, Write};
use crate::ids::AssociationId;
use crate::plan::acts::{At, not_own, plan_of, take};
use crate::plan::draft::rules::MATTERS;
use crate::plan::review::rules::marks::Marks;
use crate::plan::review::store::add_reasons;
use crate::plan::rules::{Refusal, State};
use crate::plan::store::{Plan, closed};
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::scheme::Scheme;

use super::rules::{self, Approval, ApprovalState, Demand, Verdict, demanded};
use super::store::{self, Decided, withdrawals};

/// Prior approvals that a plan needs.
#[must_use]
pub fn demands(scheme: &Scheme, plan: &Plan) -> Vec<Demand> {
    demanded(scheme, &plan.survey.0, &plan.content.0)
}

/// Adds approvals newly demanded and closes those no longer so.
pub(in crate::plan) async fn settle_demands(
    write: &mut Write,
    plan: &Plan,
    demands: &[Demand],
) -> Result<(), sqlx::Error> {
    store::add(write, (plan.id, plan.association), demands).await?;
    store::drop_undemanded(write, (plan.id, plan.was_sent()), demands).await
}

/// Asks for every approval that is demanded and not there: at once while the plan was
/// never sent; of one that was, with its next submission (FD-4).
pub async fn request_approvals(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    act: Act,
) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, act).await?;
    if act != rules::asking(step.case.was_sent()) {
        return Err(closed(&step.case).into());
    }
    let scheme = write.scheme()?;
    let demands = demands(&scheme, &step.case);
    settle_demands(&mut write, &step.case, &demands).await?;
    let found = store::lock(&mut write, step.id()).await?;
    let unplaced = rules::unplaced(&scheme, &demands, &found);
    if !unplaced.is_empty() {
        return Err(Refusal::NoDepartment(unplaced).into());
    }
    let asked = rules::to_ask(&demands, &found, write.today());
    if asked.is_empty() {
        return Err(Refusal::NothingToAsk.into());
    }
    let verb = if act == Act::ApprovalMark {
        store::mark(&mut write, &asked).await?;
        "标明随方案重新报请"
    } else {
        store::request(&mut write, &asked).await?;
        "报请"
    };
    let names: Vec<String> = found
        .iter()
        .filter(|approval| asked.contains(&approval.id))
        .map(|approval| format!("{}（{}）", approval.code, approval.department_name))
        .collect();
    let say = Say::new(format!("{verb}有关部门批准：{}", names.join("、")));
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Takes the mark from an approval that was to be asked for with the next submission.
pub async fn unmark(mut write: Write, at: At, seen: Seen) -> Done<Refusal> {
    let plan = plan_of(&mut write, at.association).await?;
    let approval = approval_of(&mut write, &plan, at.id).await?;
    let act = Act::ApprovalUnmark;
    let step = write.step(Some(approval), &seen, act).await?;
    if !plan.open(Act::ApprovalMark) {
        return Err(closed(&plan).into());
    }
    let title = rules::title(&*write.scheme()?, &step.case.code);
    let say = Say::new(format!("“{title}”不再随方案重新报请"));
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// A department's answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// 同意, 附条件同意, 不同意.
    pub verdict: Verdict,
    /// Number of the answer.
    pub document_number: String,
    /// Its date.
    pub document_date: NaiveDate,
    /// The department's words; a refusal needs them.
    pub opinion: Option<String>,
    /// The conditions, where there are any.
    pub conditions: Option<String>,
    /// Until when it holds.
    pub expires_on: Option<NaiveDate>,
}

impl Answer {
    /// Conditions and refusals need words.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        match self.verdict {
            Verdict::Agree => true,
            Verdict::OnConditions => self.conditions.is_some(),
            Verdict::Refuse => self.opinion.is_some(),
        }
    }

    /// As it is kept: conditions and a term only where they mean something.
    fn decided(&self) -> Decided {
        Decided {
            document_number: self.document_number.clone(),
            document_date: self.document_date,
            opinion: self.opinion.clone(),
            conditions: self
                .conditions
                .clone()
                .filter(|_| self.verdict == Verdict::OnConditions),
            expires_on: self.expires_on.filter(|_| self.verdict != Verdict::Refuse),
        }
    }
}

/// Answers a prior approval: what was seen is the approval and the plan.
pub async fn answer_approval(
    mut write: Write,
    at: At,
    seen: Seen,
    answer: &Answer,
) -> Done<Refusal> {
    let plan = plan_of(&mut write, at.association).await?;
    let approval = approval_of(&mut write, &plan, at.id).await?;
    rests(&plan, &approval)?;
    let (now, id) = (approval.seen(plan.version), at.id);
    let kind = Approval::KIND;
    write.list(&seen, &now, Subject { kind, id })?;
    let version = Seen::version(approval.version);
    let act = Act::ApprovalAnswer;
    let step = write.step(Some(approval), &version, act).await?;
    if !rules::answerable(plan.state) {
        return Err(closed(&plan).into());
    }
    if !answer.is_complete() {
        return Err(Refusal::NoWords.into());
    }
    let decided = answer.decided();
    store::note_answer(&mut write, id, &decided).await?;
    let title = rules::title(&*write.scheme()?, &step.case.code);
    let sentence = format!(
        "对“{title}”出具审批意见：{}（{}）",
        answer.verdict.label(),
        answer.document_number
    );
    let words = decided.opinion.or(decided.conditions).unwrap_or_default();
    let say = Say::new(sentence).because(&words);
    let why = format!("{}不同意“{title}”：{words}", step.case.department_name);
    let mut told = write.apply(step.to(answer.verdict.state()), say).await?;
    // A refused change leaves the plan as it is; the office's head decides.
    if answer.verdict == Verdict::Refuse && plan.state != State::ChangePending {
        told = send_back(&mut write, plan, why).await?;
    }
    write.finish(told).await
}

/// An approval of a plan, both under lock.
async fn approval_of(write: &mut Write, plan: &Plan, id: i64) -> Done<Refusal, Approval> {
    let mut all = store::lock(write, plan.id).await?.into_iter();
    let found = all.find(|approval| approval.id == id);
    Ok(found.ok_or(Stuck::Missing(Approval::NAME))?)
}

/// FD-4: while the plan is with its unit nobody is asked, and nobody answers.
pub(super) fn rests(plan: &Plan, approval: &Approval) -> Result<(), Refusal> {
    let returned = plan.was_sent() && plan.state.is_open();
    let asked = approval.state == ApprovalState::Requested && returned;
    if asked || approval.state.waits_for_sending() {
        return Err(Refusal::AtRest);
    }
    Ok(())
}

/// TC-66: back to the unit if it was not there; what is asked beside it rests. A plan that
/// was never sent stays where it is, and so do its other requests.
async fn send_back(write: &mut Write, plan: Plan, why: String) -> Done<Refusal, Told> {
    if plan.state == State::ForSignature {
        let say = Say::new("前置审批未获同意，方案由经办人修改").because(&why);
        let version = Seen::version(plan.version);
        let step = write
            .step(Some(plan), &version, Act::ApprovalAnswer)
            .await?;
        return Ok(write.apply(step, say).await?);
    }
    let act = Act::PlanReturn;
    if !plan.open(act) {
        let sentence = "前置审批未获同意，由业务主管单位修改方案";
        let record = Record::new(act, Plan::KIND, plan.id, sentence).with_opinion(&why);
        return Ok(write.tell(record.in_file_of(plan.association)));
    }
    let resting = store::rest(write, plan.id).await?;
    let sentence = match resting {
        0 => "前置审批未获同意，方案退回补正".to_owned(),
        _ => format!("前置审批未获同意，方案退回补正，其余{resting}项报请暂停办理，待方案重新报送"),
    };
    let say = Say::new(sentence).because(&why);
    // The reasons of a refused approval stand with the matters.
    add_reasons(write, &plan, &Marks::to_mend(&[(MATTERS, &why)])).await?;
    registry::set_stage(write, plan.association, Stage::PlanDraft).await?;
    let version = Seen::version(plan.version);
    let step = write.step(Some(plan), &version, act).await?;
    Ok(write.apply(step, say).await?)
}

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
    withdrawals::note(&mut write, at.id, reason).await?;
    let title = rules::title(&*write.scheme()?, &step.case.code);
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
    withdrawals::note_settled(&mut write, at.id, reason).await?;
    let title = rules::title(&*write.scheme()?, &step.case.code);
    let department = &step.case.department_name;
    let sentence = format!("{department}撤回“{title}”的审批意见，决定方案继续实施");
    let say = Say::new(sentence).because(reason);
    let told = write.apply(step, say).await?;
    write.finish(told).await
}
