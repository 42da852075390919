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
use super::rules::{MATTERS, PEOPLE, Refusal, State, held_up, next};
use super::store::{self, Plan};

mod answering;
mod beginning;
mod changing;
mod deciding;
mod ending;
mod following;
mod notifying;

pub use answering::{Answer, answer_approval, request_approvals};
pub use beginning::{Begun, begin_in};
pub use changing::{
    Changed, approve_change_in, reject_change, request_change, suspend, void_reply,
};
pub use deciding::{approve, check, letter, may_submit, return_, submit};
pub use ending::{Ended, terminate_in};
pub use following::{
    AtCondition, answer_condition, report_condition, settle_withdrawal, withdraw_approval,
};
pub use notifying::{answer_notice, send_notice, sign_notice};

/// What a refused or failed act gives.
pub type Outcome<T> = Result<Result<T, Refusal>, WriteError>;
/// The plan in the address, and its version that the person was looking at.
pub type Seen = (AssociationId, i32);

/// Findings of a plan on a day.
#[must_use]
pub fn judged(
    scheme: &Scheme,
    plan: &Plan,
    approvals: &[Approval],
    on: chrono::NaiveDate,
) -> Vec<Finding> {
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
pub async fn create(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    association: AssociationId,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let Some(ground) = store::ground(&mut write, association).await? else {
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
    let Some(id) = store::add(&mut write, association, survey_id, &content).await? else {
        return Ok(Err(Refusal::Exists));
    };
    let demands = demanded(scheme, &survey.0, &content);
    store::approvals::add(&mut write, (id, association), &demands).await?;
    registry::set_stage(&mut write, association, Stage::PlanDraft).await?;
    let sentence = format!(
        "编制实施方案，按摸底情况生成{}项脱钩事项",
        content.rows(MATTERS).len()
    );
    write
        .record(Record::new(Act::PlanCreate, "plan", id, sentence).in_file_of(association))
        .await?;
    Ok(Ok(()))
}

/// Locks the plan on the version seen, if the act is open; gives the next state.
async fn take(
    write: &mut Write,
    (association, seen): Seen,
    act: Act,
) -> Result<Result<(Plan, State), Refusal>, sqlx::Error> {
    let Some(plan) = store::lock(write, association).await? else {
        return Ok(Err(Refusal::NotBegun));
    };
    if plan.version != seen {
        return Ok(Err(Refusal::Stale(last_hand(&plan), plan.version)));
    }
    if held_up(plan.suspended_on.is_some(), act) {
        return Ok(Err(Refusal::Suspended(plan.suspended_on.is_some())));
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
        State::Submitted => plan
            .submitted_name
            .clone()
            .unwrap_or_else(|| "报送单位".to_owned()),
        State::Returned | State::UnderReview => "脱钩办".to_owned(),
        State::Approved
        | State::Implementing
        | State::ChangePending
        | State::Closed
        | State::Terminated => plan
            .replied_name
            .clone()
            .unwrap_or_else(|| "脱钩办".to_owned()),
    }
}

/// Saves one part. Changed exceptions must be approved anew.
pub async fn save_part(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    seen: Seen,
    (part, answers): (&Part, &Answers),
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let (plan, _) = match take(&mut write, seen, Act::PlanSave).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let before = &plan.content.0;
    let mut after = before.clone();
    let mut record = Record::new(
        Act::PlanSave,
        "plan",
        plan.id,
        format!("修改实施方案“{}”部分", part.title),
    );
    for question in &part.questions {
        let code = question.code();
        after.set(code, answers.get(code).cloned());
        // People to be settled are not repeated in the audit (domain 2.1).
        if code != PEOPLE {
            let value = |answers: &Answers| answers.get(code).cloned().unwrap_or_default();
            record = record.changed(code, value(before), value(&after));
        }
    }
    store::save(&mut write, plan.id, &after).await?;
    if before.get(approvals::EXCEPTION) != after.get(approvals::EXCEPTION) {
        store::approvals::reset_exceptions(&mut write, plan.id).await?;
    }
    settle_demands(&mut write, &plan, &demanded(scheme, &plan.survey.0, &after)).await?;
    write.record(record.in_file_of(plan.association)).await?;
    Ok(Ok(()))
}

/// Adds approvals newly demanded and closes those no longer so.
async fn settle_demands(
    write: &mut Write,
    plan: &Plan,
    demands: &[Demand],
) -> Result<(), sqlx::Error> {
    store::approvals::add(write, (plan.id, plan.association), demands).await?;
    store::approvals::drop_undemanded(write, plan.id, demands).await
}

/// Puts the plan on the newest confirmed survey; what it says stays (PL-1).
pub async fn rebase(database: &Database, scheme: &Scheme, who: &Who, seen: Seen) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let (plan, _) = match take(&mut write, seen, Act::PlanSave).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    store::rebase(&mut write, plan.id).await?;
    let Some(plan) = store::lock(&mut write, plan.association).await? else {
        return Ok(Err(Refusal::NotBegun));
    };
    settle_demands(&mut write, &plan, &demands(scheme, &plan)).await?;
    let sentence = format!("实施方案换用摸底调查第{}版", plan.edition);
    write
        .record(Record::new(Act::PlanSave, "plan", plan.id, sentence).in_file_of(plan.association))
        .await?;
    Ok(Ok(()))
}
