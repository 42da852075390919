//! Sending, checking, sending back, replying.

use chrono::{Datelike as _, NaiveDate};

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::numbers::{self, Series};
use crate::database::{Database, Write};
use crate::plan::approvals::{self, Approval};
use crate::plan::conditions;
use crate::plan::findings;
use crate::plan::reply::{self, Letter};
use crate::plan::rules::{Refusal, State};
use crate::plan::store::{self, Plan, Reply, Signed};
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::scheme::Scheme;

use super::{Outcome, Seen, demands, judged, take};

/// Signs and sends the plan in the unit's name; the round is frozen.
pub async fn submit(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    seen: Seen,
    request_number: &str,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let (plan, to) = match take(&mut write, seen, Act::PlanSubmit).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let approvals = store::approvals::lock(&mut write, plan.id).await?;
    if let Err(refusal) = may_submit(scheme, &plan, &approvals, who.today()) {
        return Ok(Err(refusal));
    }
    let round = if plan.state == State::Returned {
        plan.round + 1
    } else {
        plan.round
    };
    let signed = Signed {
        round,
        request_number,
        content: &plan.content.0,
        account: who.actor.account,
        department: who.actor.department(),
        at: who.request.now.to_utc(),
    };
    store::freeze(&mut write, plan.id, &signed).await?;
    store::move_to(&mut write, plan.id, (plan.state, to)).await?;
    registry::set_stage(&mut write, plan.association, Stage::PlanSubmitted).await?;
    let sentence = format!("报送实施方案（第{round}次，{request_number}）");
    let record = Record::new(Act::PlanSubmit, "plan", plan.id, sentence)
        .in_file_of(plan.association)
        .changed("state", plan.state.key(), to.key());
    write.record(record).await?;
    Ok(Ok(()))
}

/// Whether the plan may be submitted: no error, every approval asked for.
pub fn may_submit(
    scheme: &Scheme,
    plan: &Plan,
    approvals: &[Approval],
    on: NaiveDate,
) -> Result<(), Refusal> {
    let errors = findings::errors(&judged(scheme, plan, approvals, on));
    if errors > 0 {
        return Err(Refusal::Errors(errors));
    }
    if !plan.unnotified.is_empty() {
        return Err(Refusal::Unnotified(plan.unnotified.clone()));
    }
    approvals::all_asked(scheme, &demands(scheme, plan), approvals, on)
}

/// Finds the plan complete and hands it to the office's head.
pub async fn check(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    seen: Seen,
    opinion: &str,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let (plan, to) = match take(&mut write, seen, Act::PlanCheck).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let approvals = store::approvals::lock(&mut write, plan.id).await?;
    if let Err(refusal) =
        approvals::all_approved(scheme, &demands(scheme, &plan), &approvals, who.today())
    {
        return Ok(Err(refusal));
    }
    store::mark_checked(&mut write, plan.id, who.request.now.to_utc()).await?;
    store::move_to(&mut write, plan.id, (plan.state, to)).await?;
    let record = Record::new(
        Act::PlanCheck,
        "plan",
        plan.id,
        "受理实施方案，转负责人审批",
    )
    .in_file_of(plan.association)
    .with_opinion(opinion)
    .changed("state", plan.state.key(), to.key());
    write.record(record).await?;
    Ok(Ok(()))
}

/// Sends the plan back with reasons, each tied to a part.
pub async fn return_(
    database: &Database,
    who: &Who,
    seen: Seen,
    reasons: &[(String, String)],
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let (plan, to) = match take(&mut write, seen, Act::PlanReturn).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if reasons.is_empty() || reasons.iter().any(|(_, words)| words.trim().is_empty()) {
        return Ok(Err(Refusal::NoReason));
    }
    let by = (who.actor.account, who.request.now.to_utc());
    store::add_reasons(&mut write, (plan.id, plan.round), reasons, by).await?;
    store::move_to(&mut write, plan.id, (plan.state, to)).await?;
    registry::set_stage(&mut write, plan.association, Stage::PlanDraft).await?;
    let words: Vec<String> = reasons
        .iter()
        .map(|(part, words)| format!("{part}：{words}"))
        .collect();
    let record = Record::new(Act::PlanReturn, "plan", plan.id, "退回实施方案补正")
        .in_file_of(plan.association)
        .with_opinion(&words.join("；"))
        .changed("state", plan.state.key(), to.key());
    write.record(record).await?;
    Ok(Ok(()))
}

/// Replies to the plan: the number is taken in this transaction (TC-38), the
/// conditions of prior approvals come before the office's own.
pub async fn approve(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    seen: Seen,
    (own, opinion): (&[String], &str),
) -> Outcome<String> {
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
    let approvals = store::approvals::lock(&mut write, plan.id).await?;
    if let Err(refusal) =
        approvals::all_approved(scheme, &demands(scheme, &plan), &approvals, who.today())
    {
        return Ok(Err(refusal));
    }
    let demanded: Vec<String> = approvals::conditions(&approvals, who.today())
        .into_iter()
        .chain(own.iter().cloned())
        .collect();
    let year = who.today().year();
    let serial = numbers::take(write.connection(), campaign, Series::Reply, year).await?;
    let number = reply::number(&scheme.campaign.reply_prefix, year, serial);
    let letter = letter(scheme, &plan, &demanded);
    let sealed = Reply {
        serial: (year, serial),
        number: &number,
        text: &letter.text(),
        conditions: &demanded,
        on: who.today(),
        account: who.actor.account,
    };
    store::seal(&mut write, plan.id, &sealed).await?;
    let end = scheme.campaign.parameters.implement_due;
    let tasks: Vec<(String, NaiveDate)> = demanded
        .iter()
        .map(|words| (words.clone(), conditions::due(words, who.today(), end)))
        .collect();
    let file = (plan.id, plan.association);
    store::conditions::add(&mut write, file, &tasks).await?;
    store::move_to(&mut write, plan.id, (plan.state, to)).await?;
    registry::set_stage(&mut write, plan.association, Stage::PlanApproved).await?;
    let record = Record::new(
        Act::PlanApprove,
        "plan",
        plan.id,
        format!("批复实施方案（{number}）"),
    )
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
