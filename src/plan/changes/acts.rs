//! Changing a plan under way, suspending and resuming it, and replies that are void.

use chrono::NaiveDate;

use crate::access::case::{Step, Subject};
use crate::access::{Act, Case as _, Seen};
use crate::audit::Say;
use crate::database::{Done, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::plan::acts::{not_own, plan_of, take};
use crate::plan::approvals::store as approvals;
use crate::plan::conditions::store as conditions;
use crate::plan::review::rules::marks::Marks;
use crate::plan::review::store::add_reasons;
use crate::plan::rules::Refusal;
use crate::plan::store::{Plan, closed};
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::scheme::Answers;

use super::rules::{self, CHANGEABLE};
use super::store::{self, Change, Voiding};

/// Asks for a change in the unit's name: what (the answers of one or
/// more parts) and why.
pub async fn request_change(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    answers: &Answers,
    reason: &str,
) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, Act::ChangeRequest).await?;
    let scheme = write.scheme()?;
    let before = &step.case.content.0;
    let after = rules::applied(before, answers);
    rules::allowed(&scheme, before, &after)?;
    let number = store::add(&mut write, step.id(), (before, &after), reason).await?;
    let asked = approvals::lock(&mut write, step.id()).await?;
    let competences = rules::competences(&scheme, before, &after, &asked);
    let file = (step.id(), association);
    approvals::ask_for_change(&mut write, file, &competences).await?;
    let items = rules::touched(before, &after, &CHANGEABLE);
    let sentence = format!(
        "申请第{number}次变更实施方案，涉及{}个事项，重新报请{}个部门批准",
        items.len(),
        competences.len()
    );
    let told = write
        .apply(step, Say::new(sentence).because(reason))
        .await?;
    write.finish(told).await
}

/// An approved change, for the act that moves the checklist with it.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The plan.
    pub plan: i64,
    /// The association.
    pub association: AssociationId,
    /// The responsible unit.
    pub unit: DepartmentId,
    /// The survey on which the plan rests.
    pub survey: Answers,
    /// What the plan said.
    pub before: Answers,
    /// What the plan says now.
    pub content: Answers,
    /// 第n次变更.
    pub number: i32,
    /// The day.
    pub on: NaiveDate,
}

/// The change that waits under lock, with the step of its plan; who asked for it does
/// not decide on it (TC-36).
async fn pending(
    write: &mut Write,
    association: AssociationId,
    seen: &Seen,
    act: Act,
) -> Done<Refusal, (Step<Plan>, Change)> {
    let step = take(write, association, seen, act).await?;
    let found = store::lock_pending(write, step.id()).await?;
    let change = found.ok_or_else(|| closed(&step.case))?;
    not_own(write, &step.case, Some(change.requested_by))?;
    Ok((step, change))
}

/// Approves the change that waits, as seen. The caller moves the deadlines of open items
/// and applies the step.
pub async fn approve_change_step(
    write: &mut Write,
    association: AssociationId,
    seen: &Seen,
    opinion: &str,
) -> Done<Refusal, (Step<Plan>, Changed)> {
    let act = Act::ChangeApprove;
    let (step, change) = pending(write, association, seen, act).await?;
    let asked = approvals::lock(write, step.id()).await?;
    rules::all_agreed(&asked)?;
    store::decide(write, &change, act, opinion).await?;
    store::adopt(write, step.id(), &change.content.0).await?;
    let changed = Changed {
        plan: step.id(),
        association,
        unit: step.case.unit,
        survey: step.case.survey.0.clone(),
        before: change.before.0,
        content: change.content.0,
        number: change.number,
        on: write.today(),
    };
    Ok((step, changed))
}

/// Refuses the change: the plan goes on as it was.
pub async fn reject_change(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    opinion: &str,
) -> Done<Refusal> {
    let act = Act::ChangeReject;
    let (step, change) = pending(&mut write, association, &seen, act).await?;
    store::decide(&mut write, &change, act, opinion).await?;
    approvals::close_pending(&mut write, step.id()).await?;
    let sentence = format!("不同意第{}次方案变更，按原方案实施", change.number);
    let told = write
        .apply(step, Say::new(sentence).because(opinion))
        .await?;
    write.finish(told).await
}

/// Suspends a plan as seen, or resumes it, with a reason. The caller has its items stand
/// still or go on, and applies the step.
pub async fn suspend_step(
    write: &mut Write,
    association: AssociationId,
    seen: &Seen,
    (act, reason): (Act, &str),
) -> Done<Refusal, (Step<Plan>, Say)> {
    let step = take(write, association, seen, act).await?;
    let since = (act == Act::PlanSuspend).then_some(reason);
    store::suspend(write, step.id(), since).await?;
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let (before, after) = (step.case.suspended_on, since.map(|_| write.today()));
    let say =
        Say::new(act.label())
            .because(reason)
            .changed("suspended_on", day(before), day(after));
    Ok((step, say))
}

/// Declares a reply void: its number stays taken, the plan goes back to the unit, which
/// is to mend this part.
pub async fn void_reply(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    part: &str,
    reason: &str,
) -> Done<Refusal> {
    let plan = plan_of(&mut write, association).await?;
    let now = Voiding::of(&mut write, &plan).await?;
    let (kind, id) = (Plan::KIND, plan.id);
    write.list(&seen, &now.seen, Subject { kind, id })?;
    let now = Seen::version(plan.version);
    let step = take(&mut write, association, &now, Act::PlanVoid).await?;
    store::void(&mut write, step.id(), reason).await?;
    conditions::void(&mut write, step.id()).await?;
    approvals::rest(&mut write, step.id()).await?;
    let reasons = Marks::to_mend(&[(part, reason)]);
    add_reasons(&mut write, &step.case, &reasons).await?;
    registry::set_stage(&mut write, association, Stage::PlanDraft).await?;
    let number = step.case.reply_number.as_deref().unwrap_or_default();
    let say = Say::new(format!("作废批复{number}，方案退回补正")).because(reason);
    let told = write.apply(step, say).await?;
    write.finish(told).await
}
