//! Writing a plan: begun from the survey, saved part by part, put on a newer survey.

use chrono::NaiveDate;

use crate::access::{Act, Seen};
use crate::audit::Say;
use crate::database::{Done, Write};
use crate::ids::AssociationId;
use crate::plan::acts::{plan_of, take};
use crate::plan::approvals::acts::{demands, settle_demands};
use crate::plan::approvals::rules::{self as approvals, Approval, demanded};
use crate::plan::approvals::store as asked;
use crate::plan::review::acts::may_submit;
use crate::plan::rules::Refusal;
use crate::plan::store::{self, Plan};
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::scheme::{Answers, Question, Scheme, plan::Part};

use super::rules::MATTERS;
use super::rules::derive::{self, Basis};
use super::rules::findings::{self, Finding, Subject};
use super::store as own;

/// Findings of a plan on a day.
#[must_use]
pub fn judged(scheme: &Scheme, plan: &Plan, approvals: &[Approval], on: NaiveDate) -> Vec<Finding> {
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

/// Begins the plan with what the confirmed survey says.
pub async fn create(mut write: Write, association: AssociationId, seen: Seen) -> Done<Refusal> {
    let found = store::lock(&mut write, association).await?;
    let opening = write.opening::<Plan>(found, &seen, Act::PlanCreate).await?;
    let Some(ground) = own::ground(&mut write, association).await? else {
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
    let made = own::add(&mut write, association, survey_id, &content).await?;
    let id = made.ok_or(Refusal::Exists)?;
    let demands = demanded(&scheme, &survey.0, &content);
    asked::add(&mut write, (id, association), &demands).await?;
    registry::set_stage(&mut write, association, Stage::PlanDraft).await?;
    let say = Say::new(format!(
        "编制实施方案，按摸底情况生成{}项脱钩事项",
        content.rows(MATTERS).len()
    ));
    let told = write.apply(opening.of(id, Some(association)), say).await?;
    write.finish(told).await
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
    for code in part.questions.iter().map(Question::code) {
        after.set(code, answers.get(code).cloned());
    }
    let scheme = write.scheme()?;
    let say = Say::new(format!("修改实施方案“{}”部分", part.title));
    let say = say.answers(&scheme, &part.questions, before, &after);
    own::save(&mut write, step.id(), &after).await?;
    if before.get(approvals::EXCEPTION) != after.get(approvals::EXCEPTION) {
        asked::reset_exceptions(&mut write, step.id()).await?;
    }
    let demands = demanded(&scheme, &step.case.survey.0, &after);
    settle_demands(&mut write, &step.case, &demands).await?;
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Sends the plan to the unit's leader for signature, once nothing is missing in it.
pub async fn pass(mut write: Write, association: AssociationId, seen: Seen) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, Act::PlanPass).await?;
    let approvals = asked::lock(&mut write, step.id()).await?;
    may_submit(&*write.scheme()?, &step.case, &approvals, write.today())?;
    own::note_passed(&mut write, step.id()).await?;
    let told = write
        .apply(step, Say::new("实施方案送单位负责人签发"))
        .await?;
    write.finish(told).await
}

/// The unit's leader sends it back to the clerk, with a reason.
pub async fn back(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    reason: &str,
) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, Act::PlanBack).await?;
    own::note_back(&mut write, step.id(), reason).await?;
    let say = Say::new("实施方案退回经办人修改").because(reason);
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Puts the plan on the newest confirmed survey; what it says stays (PL-1).
pub async fn rebase(mut write: Write, association: AssociationId, seen: Seen) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, Act::PlanSave).await?;
    own::rebase(&mut write, step.id()).await?;
    let plan = plan_of(&mut write, association).await?;
    let demands = demands(&*write.scheme()?, &plan);
    settle_demands(&mut write, &plan, &demands).await?;
    let say = Say::new(format!("实施方案换用摸底调查第{}版", plan.edition));
    let told = write.apply(step, say).await?;
    write.finish(told).await
}
