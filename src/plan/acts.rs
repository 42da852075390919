//! Writing, asking, sending, checking, deciding. Each act locks the plan first,
//! then its approvals, so that two people never both decide (TC-37).

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Write, WriteError};
use crate::ids::AssociationId;
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::scheme::{Answers, Scheme, plan::Part};

use super::approvals::{self, Approval, Demand, demanded};
use super::derive::{self, Basis};
use super::findings::{self, Finding, Subject};
use super::reply::{self, Letter};
use super::rules::{Refusal, State, next};
use super::store::{self, Plan, Reply, Signed};

mod answering;
pub mod beginning;

pub use answering::{Answer, answer_approval, request_approvals};
pub use beginning::{Begun, begin_in};

/// What a refused or failed act gives.
pub type Outcome<T> = Result<Result<T, Refusal>, WriteError>;
/// The plan in the address, and its version that the person was looking at.
pub type Seen = (AssociationId, i32);

/// Findings of a plan on a day.
#[must_use]
pub fn judged(scheme: &Scheme, plan: &Plan, approvals: &[Approval], on: chrono::NaiveDate) -> Vec<Finding> {
    findings::findings(&Subject {
        scheme,
        survey: &plan.survey.0,
        outdated: plan.outdated,
        content: &plan.content.0,
        linked: &plan.linked,
        exceptions: &approvals::exceptions(scheme, &plan.content.0, approvals, on),
        on,
    })
}

/// Prior approvals that a plan needs.
#[must_use]
pub fn demands(scheme: &Scheme, plan: &Plan) -> Vec<Demand> {
    demanded(scheme, &plan.survey.0, &plan.content.0)
}

/// Begins the plan with what the confirmed survey says.
pub async fn create(database: &Database, scheme: &Scheme, who: &Who, association: AssociationId) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let campaign = write.campaign();
    let Some(ground) = store::ground(write.connection(), campaign, association).await? else {
        return Ok(Err(Refusal::NotListed));
    };
    if ground.stage > Stage::Listed {
        return Ok(Err(Refusal::Exists));
    }
    if ground.stage != Stage::Listed {
        return Ok(Err(Refusal::NotListed));
    }
    let (Some(survey_id), Some(survey)) = (ground.survey_id, ground.survey) else {
        return Ok(Err(Refusal::NoSurvey));
    };
    let content = derive::content(&Basis {
        scheme,
        survey: &survey.0,
        association: &ground.name,
        unit: &ground.unit_name,
        linked: &ground.linked,
        on: who.today(),
    });
    let Some(id) = store::add(write.connection(), campaign, association, survey_id, &content).await? else {
        return Ok(Err(Refusal::Exists));
    };
    let demands = demanded(scheme, &survey.0, &content);
    store::approvals::add(write.connection(), campaign, (id, association), &demands).await?;
    registry::set_stage(write.connection(), campaign, association, Stage::PlanDraft).await?;
    let sentence = format!("编制实施方案,按摸底情况生成{}项脱钩事项", content.rows("PL-2").len());
    write.record(Record::new(Act::PlanCreate, "plan", id, sentence).in_file_of(association)).await?;
    Ok(Ok(()))
}

/// Locks the plan on the version seen, if the act is open; gives the next state.
async fn take(write: &mut Write, (association, seen): Seen, act: Act) -> Result<Result<(Plan, State), Refusal>, sqlx::Error> {
    let campaign = write.campaign();
    let Some(plan) = store::lock(write.connection(), campaign, association).await? else {
        return Ok(Err(Refusal::NotBegun));
    };
    if plan.version != seen {
        return Ok(Err(Refusal::Stale(last_hand(&plan), plan.version)));
    }
    Ok(match next(plan.state, act) {
        Some(to) => Ok((plan, to)),
        None => Err(Refusal::Closed(plan.state)),
    })
}

/// Who most likely changed it: its state tells in whose hands it was.
fn last_hand(plan: &Plan) -> String {
    match plan.state {
        State::Draft => "其他经办人".to_owned(),
        State::Submitted => plan.submitted_name.clone().unwrap_or_else(|| "报送单位".to_owned()),
        State::Returned | State::UnderReview => "脱钩办".to_owned(),
        State::Approved | State::Implementing | State::Closed => {
            plan.replied_name.clone().unwrap_or_else(|| "脱钩办".to_owned())
        }
    }
}

/// Saves one part. Changed exceptions must be approved anew.
pub async fn save_part(database: &Database, scheme: &Scheme, who: &Who, seen: Seen, (part, answers): (&Part, &Answers)) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let (plan, _) = match take(&mut write, seen, Act::PlanSave).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let campaign = write.campaign();
    let before = &plan.content.0;
    let mut after = before.clone();
    let mut record = Record::new(Act::PlanSave, "plan", plan.id, format!("修改实施方案“{}”部分", part.title));
    for question in &part.questions {
        let code = question.code();
        after.set(code, answers.get(code).cloned());
        // People to be settled are not repeated in the audit (domain 2.1).
        if code != "PL-10" {
            let value = |answers: &Answers| answers.get(code).cloned().unwrap_or_default();
            record = record.changed(code, value(before), value(&after));
        }
    }
    store::save(write.connection(), campaign, plan.id, &after).await?;
    if before.get(approvals::EXCEPTION) != after.get(approvals::EXCEPTION) {
        store::approvals::reset_exceptions(write.connection(), campaign, plan.id).await?;
    }
    settle_demands(&mut write, &plan, &demanded(scheme, &plan.survey.0, &after)).await?;
    write.record(record.in_file_of(plan.association)).await?;
    Ok(Ok(()))
}

/// Adds approvals newly demanded and closes those no longer so.
async fn settle_demands(write: &mut Write, plan: &Plan, demands: &[Demand]) -> Result<(), sqlx::Error> {
    let campaign = write.campaign();
    store::approvals::add(write.connection(), campaign, (plan.id, plan.association), demands).await?;
    store::approvals::drop_undemanded(write.connection(), campaign, plan.id, demands).await
}

/// Puts the plan on the newest confirmed survey; what it says stays (PL-1).
pub async fn rebase(database: &Database, scheme: &Scheme, who: &Who, seen: Seen) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let (plan, _) = match take(&mut write, seen, Act::PlanSave).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let campaign = write.campaign();
    store::rebase(write.connection(), campaign, plan.id).await?;
    let Some(plan) = store::lock(write.connection(), campaign, plan.association).await? else {
        return Ok(Err(Refusal::NotBegun));
    };
    settle_demands(&mut write, &plan, &demands(scheme, &plan)).await?;
    let sentence = format!("实施方案换用摸底调查第{}版", plan.edition);
    write.record(Record::new(Act::PlanSave, "plan", plan.id, sentence).in_file_of(plan.association)).await?;
    Ok(Ok(()))
}

/// Signs and sends the plan in the unit's name; the round is frozen.
pub async fn submit(database: &Database, scheme: &Scheme, who: &Who, seen: Seen, request_number: &str) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let (plan, to) = match take(&mut write, seen, Act::PlanSubmit).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let campaign = write.campaign();
    let approvals = store::approvals::lock(write.connection(), campaign, plan.id).await?;
    if let Err(refusal) = may_submit(scheme, &plan, &approvals, who.today()) {
        return Ok(Err(refusal));
    }
    let round = if plan.state == State::Returned { plan.round + 1 } else { plan.round };
    let signed = Signed {
        round,
        request_number,
        content: &plan.content.0,
        account: who.actor.account,
        department: who.actor.department(),
        at: who.request.now.to_utc(),
    };
    store::freeze(write.connection(), campaign, plan.id, &signed).await?;
    store::move_to(write.connection(), campaign, plan.id, (plan.state, to)).await?;
    registry::set_stage(write.connection(), campaign, plan.association, Stage::PlanSubmitted).await?;
    let sentence = format!("报送实施方案(第{round}次,{request_number})");
    let record = Record::new(Act::PlanSubmit, "plan", plan.id, sentence)
        .in_file_of(plan.association)
        .changed("state", plan.state.key(), to.key());
    write.record(record).await?;
    Ok(Ok(()))
}

/// Whether the plan may be submitted: no error, every approval asked for.
pub fn may_submit(scheme: &Scheme, plan: &Plan, approvals: &[Approval], on: chrono::NaiveDate) -> Result<(), Refusal> {
    let errors = findings::errors(&judged(scheme, plan, approvals, on));
    if errors > 0 {
        return Err(Refusal::Errors(errors));
    }
    approvals::all_asked(scheme, &demands(scheme, plan), approvals, on)
}

/// Finds the plan complete and hands it to the office's head.
pub async fn check(database: &Database, scheme: &Scheme, who: &Who, seen: Seen, opinion: &str) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let (plan, to) = match take(&mut write, seen, Act::PlanCheck).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let campaign = write.campaign();
    let approvals = store::approvals::lock(write.connection(), campaign, plan.id).await?;
    if let Err(refusal) = approvals::all_approved(scheme, &demands(scheme, &plan), &approvals, who.today()) {
        return Ok(Err(refusal));
    }
    store::mark_checked(write.connection(), campaign, plan.id, who.request.now.to_utc()).await?;
    store::move_to(write.connection(), campaign, plan.id, (plan.state, to)).await?;
    let record = Record::new(Act::PlanCheck, "plan", plan.id, "受理实施方案,转负责人审批")
        .in_file_of(plan.association)
        .with_opinion(opinion)
        .changed("state", plan.state.key(), to.key());
    write.record(record).await?;
    Ok(Ok(()))
}

/// Sends the plan back with reasons, each tied to a part.
pub async fn return_(database: &Database, who: &Who, seen: Seen, reasons: &[(String, String)]) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let (plan, to) = match take(&mut write, seen, Act::PlanReturn).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if reasons.is_empty() || reasons.iter().any(|(_, words)| words.trim().is_empty()) {
        return Ok(Err(Refusal::NoReason));
    }
    let campaign = write.campaign();
    let by = (who.actor.account, who.request.now.to_utc());
    store::add_reasons(write.connection(), campaign, (plan.id, plan.round), reasons, by).await?;
    store::move_to(write.connection(), campaign, plan.id, (plan.state, to)).await?;
    registry::set_stage(write.connection(), campaign, plan.association, Stage::PlanDraft).await?;
    let words: Vec<String> = reasons.iter().map(|(part, words)| format!("{part}:{words}")).collect();
    let record = Record::new(Act::PlanReturn, "plan", plan.id, "退回实施方案补正")
        .in_file_of(plan.association)
        .with_opinion(&words.join(";"))
        .changed("state", plan.state.key(), to.key());
    write.record(record).await?;
    Ok(Ok(()))
}

/// Replies to the plan: the number is taken in this transaction (TC-38), the
/// conditions of prior approvals come before the office's own.
pub async fn approve(database: &Database, scheme: &Scheme, who: &Who, seen: Seen, (conditions, opinion): (&[String], &str)) -> Outcome<String> {
    let mut write = Write::begin(database, who).await?;
    let (plan, to) = match take(&mut write, seen, Act::PlanApprove).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    // TC-36: decided again under the lock, for what the policy saw may have changed.
    if plan.submitted_by == Some(who.actor.account) || who.actor.belongs_to_unit(plan.unit) {
        return Ok(Err(Refusal::OwnPlan));
    }
    let campaign = write.campaign();
    let approvals = store::approvals::lock(write.connection(), campaign, plan.id).await?;
    if let Err(refusal) = approvals::all_approved(scheme, &demands(scheme, &plan), &approvals, who.today()) {
        return Ok(Err(refusal));
    }
    let conditions: Vec<String> =
        approvals::conditions(&approvals, who.today()).into_iter().chain(conditions.iter().cloned()).collect();
    let year = chrono::Datelike::year(&who.today());
    let serial = store::take_number(write.connection(), campaign, year).await?;
    let number = reply::number(&scheme.campaign.reply_prefix, year, serial);
    let letter = letter(scheme, &plan, &conditions);
    let sealed = Reply {
        serial: (year, serial),
        number: &number,
        text: &letter.text(),
        conditions: &conditions,
        on: who.today(),
        account: who.actor.account,
    };
    store::seal(write.connection(), campaign, plan.id, &sealed).await?;
    store::move_to(write.connection(), campaign, plan.id, (plan.state, to)).await?;
    registry::set_stage(write.connection(), campaign, plan.association, Stage::PlanApproved).await?;
    let record = Record::new(Act::PlanApprove, "plan", plan.id, format!("批复实施方案({number})"))
        .in_file_of(plan.association)
        .with_opinion(opinion)
        .changed("state", plan.state.key(), to.key());
    write.record(record).await?;
    Ok(Ok(number))
}

/// The reply to a plan with these conditions.
#[must_use]
pub fn letter(scheme: &Scheme, plan: &Plan, conditions: &[String]) -> Letter {
    Letter::to(&reply::Request {
        unit: &plan.unit_name,
        association: &plan.association_name,
        request_number: plan.request_number.as_deref().unwrap_or_default(),
        conditions,
        due: scheme.campaign.parameters.implement_due,
    })
}
