//! Writing, asking, sending, checking, deciding. Each act locks the plan first,
//! then its approvals, so that two people never both decide (TC-37).

use crate::access::case::{Step, Stuck};
use crate::access::{Act, Case as _, Seen};
use crate::audit::Say;
use crate::database::{Done, Write};
use crate::ids::{AccountId, AssociationId};
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::scheme::{Answers, Scheme, plan::Part};

use super::approvals::{self, Approval, Demand, demanded};
use super::derive::{self, Basis};
use super::findings::{self, Finding, Subject};
use super::rules::{MATTERS, PEOPLE, Refusal, held_up};
use super::store::{self, Plan};

mod answering;
mod beginning;
mod changing;
mod deciding;
mod ending;
mod following;
mod notifying;
mod withdrawing;

pub use answering::{Answer, answer_approval, request_approvals};
pub use beginning::{Begun, begin_step};
pub use changing::{
    Changed, approve_change_step, reject_change, request_change, suspend, void_reply,
};
pub use deciding::{approve, check, letter, may_submit, return_, submit};
pub use ending::{Ended, terminate_in};
pub use following::{answer_condition, report_condition};
pub use notifying::{answer_notice, send_notice, sign_notice};
pub use withdrawing::{settle_withdrawal, withdraw_approval};

/// A prior approval, a condition or a notice about an association.
#[derive(Debug, Clone, Copy)]
pub struct At {
    /// The association.
    pub association: AssociationId,
    /// The approval, condition or notice.
    pub id: i64,
}

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
pub async fn create(mut write: Write, association: AssociationId, seen: Seen) -> Done<Refusal> {
    let found = store::lock(&mut write, association).await?;
    let opening = write.opening::<Plan>(found, &seen, Act::PlanCreate).await?;
    let Some(ground) = store::ground(&mut write, association).await? else {
        return Err(Refusal::NotListed.into());
    };
    if ground.stage > Stage::Listed {
        return Err(Refusal::Exists.into());
    }
    if ground.stage != Stage::Listed {
        return Err(Refusal::NotListed.into());
    }
    let (Some(survey_id), Some(survey)) = (ground.survey_id, ground.survey) else {
        return Err(Refusal::NoSurvey.into());
    };
    let scheme = write.scheme()?;
    let content = derive::content(&Basis {
        scheme: &scheme,
        survey: &survey.0,
        association: &ground.name,
        unit: &ground.unit_name,
        linked: &ground.linked,
        on: write.today(),
    });
    let made = store::add(&mut write, association, survey_id, &content).await?;
    let id = made.ok_or(Refusal::Exists)?;
    let demands = demanded(&scheme, &survey.0, &content);
    store::approvals::add(&mut write, (id, association), &demands).await?;
    registry::set_stage(&mut write, association, Stage::PlanDraft).await?;
    let say = Say::new(format!(
        "编制实施方案，按摸底情况生成{}项脱钩事项",
        content.rows(MATTERS).len()
    ));
    let told = write.apply(opening.of(id, Some(association)), say).await?;
    write.finish(told).await
}

/// The plan under lock, as seen, and the step of an act that no suspension holds up.
async fn take(
    write: &mut Write,
    association: AssociationId,
    seen: &Seen,
    act: Act,
) -> Done<Refusal, Step<Plan>> {
    let found = store::lock(write, association).await?;
    let step = write.step(found, seen, act).await?;
    let suspended = step.case.suspended_on.is_some();
    if held_up(suspended, act) {
        return Err(Refusal::Suspended(suspended).into());
    }
    Ok(step)
}

/// The plan under lock, for an act on what belongs to it.
async fn plan_of(write: &mut Write, association: AssociationId) -> Done<Refusal, Plan> {
    let found = store::lock(write, association).await?;
    Ok(found.ok_or(Stuck::Missing(Plan::NAME))?)
}

/// TC-36: who sent it, or is of the unit, does not decide. Asked again under the lock,
/// for what the policy saw may have changed.
fn not_own(write: &Write, plan: &Plan, sender: Option<AccountId>) -> Result<(), Refusal> {
    let of_unit = write
        .actor()
        .is_some_and(|actor| actor.belongs_to_unit(plan.unit));
    if of_unit || (sender.is_some() && sender == write.account()) {
        Err(Refusal::OwnPlan)
    } else {
        Ok(())
    }
}

/// Saves one part. Changed exceptions must be approved anew.
pub async fn save_part(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    part: &Part,
    answers: &Answers,
) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, Act::PlanSave).await?;
    let before = &step.case.content.0;
    let mut after = before.clone();
    let mut say = Say::new(format!("修改实施方案“{}”部分", part.title));
    for question in &part.questions {
        let code = question.code();
        after.set(code, answers.get(code).cloned());
        // People to be settled are not repeated in the audit (domain 2.1).
        if code != PEOPLE {
            let value = |answers: &Answers| answers.get(code).cloned().unwrap_or_default();
            say = say.changed(code, value(before), value(&after));
        }
    }
    store::save(&mut write, step.id(), &after).await?;
    if before.get(approvals::EXCEPTION) != after.get(approvals::EXCEPTION) {
        store::approvals::reset_exceptions(&mut write, step.id()).await?;
    }
    let demands = demanded(&*write.scheme()?, &step.case.survey.0, &after);
    settle_demands(&mut write, &step.case, &demands).await?;
    let told = write.apply(step, say).await?;
    write.finish(told).await
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
pub async fn rebase(mut write: Write, association: AssociationId, seen: Seen) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, Act::PlanSave).await?;
    store::rebase(&mut write, step.id()).await?;
    let plan = plan_of(&mut write, association).await?;
    let demands = demands(&*write.scheme()?, &plan);
    settle_demands(&mut write, &plan, &demands).await?;
    let say = Say::new(format!("实施方案换用摸底调查第{}版", plan.edition));
    let told = write.apply(step, say).await?;
    write.finish(told).await
}
