//! Asking departments and their answers. All are asked at once; a refusal sends
//! the plan back and closes the others (TC-66).

use chrono::NaiveDate;

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Write};
use crate::ids::AssociationId;
use crate::plan::approvals::{self, Verdict};
use crate::plan::rules::{MATTERS, Refusal, State};
use crate::plan::store::approvals::Decided;
use crate::plan::store::{self, Plan};
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::scheme::Scheme;

use super::{Outcome, Seen, demands, settle_demands, take};

/// Asks for every approval that is demanded and not there; says how many.
pub async fn request_approvals(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    seen: Seen,
) -> Outcome<usize> {
    let mut write = Write::begin(database, who).await?;
    let (plan, _) = match take(&mut write, seen, Act::ApprovalRequest).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let demands = demands(scheme, &plan);
    settle_demands(&mut write, &plan, &demands).await?;
    let found = store::approvals::lock(&mut write, plan.id).await?;
    let unplaced = approvals::unplaced(scheme, &demands, &found);
    if !unplaced.is_empty() {
        return Ok(Err(Refusal::NoDepartment(unplaced)));
    }
    let asked = approvals::to_ask(&demands, &found, who.today());
    if asked.is_empty() {
        return Ok(Err(Refusal::NothingToAsk));
    }
    store::approvals::request(&mut write, &asked, (who.today(), who.actor.account)).await?;
    let names: Vec<String> = found
        .iter()
        .filter(|approval| asked.contains(&approval.id))
        .map(|approval| format!("{}（{}）", approval.code, approval.department_name))
        .collect();
    let sentence = format!("报请有关部门批准：{}", names.join("、"));
    write
        .record(
            Record::new(Act::ApprovalRequest, "plan", plan.id, sentence)
                .in_file_of(plan.association),
        )
        .await?;
    Ok(Ok(asked.len()))
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
            state: self.verdict.state(),
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

/// Answers a prior approval.
pub async fn answer_approval(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    (association, id): (AssociationId, i64),
    answer: &Answer,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let Some(plan) = store::lock(&mut write, association).await? else {
        return Ok(Err(Refusal::NotBegun));
    };
    let found = store::approvals::lock(&mut write, plan.id).await?;
    let Some(approval) = found.iter().find(|approval| approval.id == id) else {
        return Ok(Err(Refusal::NotAsked));
    };
    if !approvals::answerable(plan.state) {
        return Ok(Err(Refusal::Closed(plan.state)));
    }
    if !answer.is_complete() {
        return Ok(Err(Refusal::NoWords));
    }
    let decided = answer.decided();
    let by = (who.today(), who.actor.account);
    if !store::approvals::decide(&mut write, id, &decided, by).await? {
        return Ok(Err(Refusal::NotAsked));
    }
    let title = approvals::title(scheme, &approval.code);
    let verdict = answer.verdict.label();
    let sentence = format!(
        "对“{title}”出具审批意见：{verdict}（{}）",
        answer.document_number
    );
    let mut records = vec![
        Record::new(Act::ApprovalAnswer, "approval", id, sentence)
            .in_file_of(association)
            .with_opinion(
                decided
                    .opinion
                    .as_deref()
                    .or(decided.conditions.as_deref())
                    .unwrap_or_default(),
            )
            .changed("state", approval.state.key(), decided.state.key()),
    ];
    // A refused change leaves the plan as it is; the office's head decides.
    if answer.verdict == Verdict::Refuse && plan.state != State::ChangePending {
        let why = format!(
            "{}不同意“{title}”：{}",
            approval.department_name,
            decided.opinion.as_deref().unwrap_or_default()
        );
        records.push(send_back(&mut write, who, &plan, why).await?);
    }
    write.record_all(records).await?;
    Ok(Ok(()))
}

/// TC-66: back to the unit if it was not there; what is pending is closed.
async fn send_back(
    write: &mut Write,
    who: &Who,
    plan: &Plan,
    why: String,
) -> Result<Record, sqlx::Error> {
    let closed = store::approvals::close_pending(write, plan.id).await?;
    let mut record = Record::new(
        Act::PlanReturn,
        "plan",
        plan.id,
        format!("前置审批未获同意，方案退回补正，其余{closed}项待批事项不再需要"),
    )
    .in_file_of(plan.association)
    .with_opinion(&why);
    if let Some(to) = approvals::after_refusal(plan.state) {
        // The reasons of a refused approval stand with the matters.
        let reasons = [(MATTERS.to_owned(), why)];
        let by = (who.actor.account, who.request.now.to_utc());
        store::add_reasons(write, (plan.id, plan.round), &reasons, by).await?;
        store::move_to(write, plan.id, (plan.state, to)).await?;
        registry::set_stage(write, plan.association, Stage::PlanDraft).await?;
        record = record.changed("state", plan.state.key(), to.key());
    }
    Ok(record)
}
