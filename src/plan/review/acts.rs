//! Sending, checking, sending back, replying.

use chrono::{Datelike as _, NaiveDate};

use crate::access::case::{Step, Subject};
use crate::access::{Act, Actor, Case as _, Seen};
use crate::accounts::store::{choices, departments};
use crate::audit::Say;
use crate::database::numbers::{self, Series};
use crate::database::{Db, Done, Write};
use crate::ids::AssociationId;
use crate::plan::acts::{not_own, take};
use crate::plan::approvals::acts::demands;
use crate::plan::approvals::rules::{self as approvals, Approval};
use crate::plan::approvals::store as asked;
use crate::plan::conditions::rules as conditions;
use crate::plan::conditions::store as tasks;
use crate::plan::draft::acts::judged;
use crate::plan::draft::rules::findings;
use crate::plan::rules::Refusal;
use crate::plan::store::Plan;
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::scheme::Scheme;
use crate::workgroups::store::workgroups;

use super::rules::cover::{self, Answered, Cover};
use super::rules::marks::Marks;
use super::rules::{self, Letter};
use super::store::{self, Reply, Signed, marks};

/// Signs and sends the plan in the unit's name; the round is frozen. What was marked goes
/// to the departments with it, and what rested goes on with a new clock (6.3).
pub async fn submit(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    request_number: &str,
) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, Act::PlanSubmit).await?;
    let plan = &step.case;
    let approvals = asked::lock(&mut write, plan.id).await?;
    let scheme = write.scheme()?;
    may_submit(&scheme, plan, &approvals, write.today())?;
    let again = plan.was_sent();
    let round = if again { plan.round + 1 } else { plan.round };
    let sent = approvals::sending(&demands(&scheme, plan), &approvals, again);
    asked::send(&mut write, &sent).await?;
    let cover = cover(&mut write, plan, &approvals).await?;
    let signed = Signed {
        round,
        request_number,
        content: &plan.content.0,
        cover: &cover,
        department: write.actor().map_or(plan.unit, Actor::department),
    };
    store::freeze(&mut write, plan.id, &signed).await?;
    registry::set_stage(&mut write, association, Stage::PlanSubmitted).await?;
    let asked = match sent.asked.len() {
        0 => String::new(),
        count => format!("，报请{count}项前置审批"),
    };
    let say = Say::new(format!(
        "报送实施方案（第{round}次，{request_number}）{asked}"
    ));
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// What stands around the plan as it is signed.
async fn cover(
    write: &mut Write,
    plan: &Plan,
    approvals: &[Approval],
) -> Result<Cover, sqlx::Error> {
    let signatory = write.name().to_owned();
    let on = write.today();
    let mut cover = standing(write, plan, (approvals, on)).await?;
    cover.signatory = signatory;
    Ok(cover)
}

/// What would stand around the plan if it were signed now; nobody has signed it.
pub async fn standing(
    db: &mut Db,
    plan: &Plan,
    (approvals, on): (&[Approval], NaiveDate),
) -> Result<Cover, sqlx::Error> {
    let group = workgroups(db, Some(plan.unit)).await?.remove(&plan.unit.0);
    let group = group.unwrap_or_default().content;
    let departments = choices(db).await?;
    let asked = in_full(db, approvals).await?;
    Ok(Cover {
        association: plan.association_name.clone(),
        unit: plan.unit_name.clone(),
        signatory: String::new(),
        liaison: group.liaison_name,
        phone: group.liaison_phone,
        answers: approvals
            .iter()
            .zip(asked)
            .map(|(each, asked)| Answered {
                department: asked,
                ..Answered::of(each, on)
            })
            .collect(),
        departments: cover::named(&departments, [&plan.content.0, &plan.survey.0]),
    })
}

/// Whom each approval was asked of, by its full name, as a letter says it.
async fn in_full(db: &mut Db, approvals: &[Approval]) -> Result<Vec<String>, sqlx::Error> {
    let known = departments(db).await?;
    let name = |approval: &Approval| {
        let known = known.iter().find(|known| known.id == approval.department);
        known.map_or_else(
            || approval.department_name.clone(),
            |known| known.name.clone(),
        )
    };
    Ok(approvals.iter().map(name).collect())
}

/// Who gets a copy of a reply: the departments that were asked, each once.
pub async fn copies(db: &mut Db, approvals: &[Approval]) -> Result<Vec<String>, sqlx::Error> {
    let asked = in_full(db, approvals).await?;
    let once = cover::once(asked.iter().map(String::as_str)).into_iter();
    Ok(once.map(str::to_owned).collect())
}

/// Takes the plan back while nobody has opened the check: the office has neither taken it
/// on, nor remarked on it, nor returned it. What departments have answered stays; what is
/// still asked of them rests (FD-4).
pub async fn recall(mut write: Write, association: AssociationId, seen: Seen) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, Act::PlanRecall).await?;
    if is_opened(&mut write, &step.case).await? {
        return Err(Refusal::Opened.into());
    }
    let resting = asked::rest(&mut write, step.id()).await?;
    registry::set_stage(&mut write, association, Stage::PlanDraft).await?;
    let rest = match resting {
        0 => String::new(),
        _ => format!("，{resting}项报请暂停办理，待方案重新报送"),
    };
    let say = Say::new(format!("取回实施方案（第{}次报送）{rest}", step.case.round));
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Whether the office has remarked on what was sent.
pub async fn is_opened(db: &mut Db, plan: &Plan) -> Result<bool, sqlx::Error> {
    let of = Subject {
        kind: Plan::KIND,
        id: plan.id,
    };
    store::remarked(db, plan.association, (of, Act::PlanSubmit)).await
}

/// Whether the plan may be submitted: no error, every approval asked for.
pub fn may_submit(
    scheme: &Scheme,
    plan: &Plan,
    approvals: &[Approval],
    on: NaiveDate,
) -> Result<(), Refusal> {
    let found = judged(scheme, plan, approvals, on);
    let errors = findings::errors(&found);
    if errors > 0 {
        return Err(Refusal::Errors(errors, findings::places(scheme, &found)));
    }
    if !plan.unnotified.is_empty() {
        return Err(Refusal::Unnotified(plan.unnotified.clone()));
    }
    approvals::all_asked(scheme, &demands(scheme, plan), approvals, on)
}

/// Keeps what the office found so far of each part. It is the office's own until it sends the
/// plan back, so the case file says how much was found, not what.
pub async fn mark(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    found: &Marks,
) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, Act::PlanMark).await?;
    marks::keep(&mut write, &step.case, found).await?;
    let say = Say::new(match found.told() {
        told if told.is_empty() => "审查实施方案".to_owned(),
        told => format!("审查实施方案：{told}"),
    });
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Finds the plan complete and hands it to the office's head, with what was found of each part.
pub async fn check(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    found: &Marks,
) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, Act::PlanCheck).await?;
    nothing_to_mend(&*write.scheme()?, found)?;
    approved(&mut write, &step.case).await?;
    marks::keep(&mut write, &step.case, &found.of_parts()).await?;
    store::mark_checked(&mut write, step.id()).await?;
    let say = Say::new("受理实施方案，转负责人审批").because(found.opinion());
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// What is to be mended is sent back; a plan is not taken on, nor replied to, beside it.
pub fn nothing_to_mend(scheme: &Scheme, found: &Marks) -> Result<(), Refusal> {
    match found.titles(scheme) {
        titles if titles.is_empty() => Ok(()),
        titles => Err(Refusal::Remarked(titles)),
    }
}

/// The plan's approvals under lock, all of them there and in force.
async fn approved(write: &mut Write, plan: &Plan) -> Done<Refusal, Vec<Approval>> {
    let approvals = asked::lock(write, plan.id).await?;
    let scheme = write.scheme()?;
    approvals::all_approved(&scheme, &demands(&scheme, plan), &approvals, write.today())?;
    Ok(approvals)
}

/// Sends the plan back with what is to be mended, part by part.
pub async fn return_(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    found: &Marks,
) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, Act::PlanReturn).await?;
    if found.remarks().next().is_none() {
        return Err(Refusal::NoReason.into());
    }
    marks::keep(&mut write, &step.case, found).await?;
    store::add_reasons(&mut write, &step.case, found).await?;
    asked::rest(&mut write, step.id()).await?;
    registry::set_stage(&mut write, association, Stage::PlanDraft).await?;
    let words = found.words(&*write.scheme()?);
    let say = Say::new("退回实施方案补正").because(&words);
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Replies to the plan: the number is taken in this transaction (TC-38), the
/// conditions of prior approvals come before the office's own. The caller gives dates and
/// applies the step.
pub async fn approve_step(
    write: &mut Write,
    association: AssociationId,
    seen: &Seen,
    own: &[String],
) -> Done<Refusal, (Step<Plan>, String)> {
    let step = take(write, association, seen, Act::PlanApprove).await?;
    let plan = &step.case;
    not_own(write, plan, plan.submitted_by)?;
    let approvals = approved(write, plan).await?;
    let (today, scheme) = (write.today(), write.scheme()?);
    nothing_to_mend(&scheme, &marks::of_round(write, plan).await?)?;
    let demanded: Vec<String> = approvals::conditions(&approvals, today)
        .into_iter()
        .chain(own.iter().cloned())
        .collect();
    registry::set_stage(write, association, Stage::PlanApproved).await?;
    let (campaign, year) = (write.campaign(), today.year());
    let serial = numbers::take(write.connection(), campaign, Series::Reply, year).await?;
    let number = rules::number(&scheme.campaign.reply_prefix, year, serial);
    let copies = copies(write, &approvals).await?;
    let sealed = Reply {
        serial: (year, serial),
        number: &number,
        text: &letter(&scheme, (plan, today), &demanded).text(),
        conditions: &demanded,
        copies: &copies,
    };
    store::seal(write, plan.id, &sealed).await?;
    let end = last_day(&scheme, today);
    let due: Vec<(String, NaiveDate)> = demanded
        .iter()
        .map(|words| (words.clone(), conditions::due(words, today, end)))
        .collect();
    tasks::add(write, (plan.id, association), &due).await?;
    Ok((step, number))
}

/// Until when all is done: the end of implementation, or of the batch where the reply
/// comes after that (FD-2).
fn last_day(scheme: &Scheme, on: NaiveDate) -> NaiveDate {
    let parameters = &scheme.campaign.parameters;
    if parameters.implement_due >= on {
        parameters.implement_due
    } else {
        parameters.batch_final_day.max(on)
    }
}

/// The reply to a plan with these conditions.
#[must_use]
pub fn letter(scheme: &Scheme, (plan, on): (&Plan, NaiveDate), conditions: &[String]) -> Letter {
    Letter::to(&rules::Request {
        unit: &plan.unit_name,
        association: &plan.association_name,
        request_number: plan.request_number.as_deref().unwrap_or_default(),
        conditions,
        due: last_day(scheme, on),
    })
}
