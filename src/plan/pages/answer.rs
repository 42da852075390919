//! A prior approval: what is asked and why, and the department's answer.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::database::Db;
use crate::paths;
use crate::plan::acts::{self, Answer};
use crate::plan::approvals::{self, Approval, ApprovalState, Verdict};
use crate::plan::store::Plan;
use crate::scheme::Choice;
use crate::web::answer::questions::{ShownAnswer, shown};
use crate::web::form::Slot;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

use super::views::{self, open, refused};

#[derive(Template)]
#[template(path = "plan/answer.html")]
pub(super) struct AnswerPage {
    page: Page,
    form: Form,
    plan: Plan,
    approval: Approval,
    title: String,
    document: String,
    basis: String,
    asked: String,
    triggers: Vec<ShownAnswer>,
    verdicts: Vec<Choice>,
    may_answer: bool,
    may_withdraw: bool,
    may_settle: bool,
    refusal: Option<String>,
}

pub(super) async fn page(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    form: Form,
) -> Result<AnswerPage, Error> {
    let id = allowed.approval()?;
    let opened = open(db, allowed).await?;
    let approval = opened
        .approvals
        .iter()
        .find(|approval| approval.id == id)
        .cloned()
        .ok_or(Error::Missing)?;
    let ordered = app.scheme.approval(&approval.code);
    let waits = approval.state == ApprovalState::Requested;
    let readable = views::readable(&app.scheme, &opened.plan.content.0, opened.persons);
    let triggers = approvals::triggers(&approval.code)
        .iter()
        .filter_map(|code| app.scheme.question(code))
        .flat_map(|question| {
            let source = if question.code().starts_with("PL-") {
                &readable
            } else {
                &opened.plan.survey.0
            };
            shown(std::slice::from_ref(question), source, &opened.departments)
        });
    let refusal = (allowed.may(Act::ApprovalAnswer)
        && !(waits && approvals::answerable(opened.plan.state)))
    .then(|| acts_refusal(&opened.plan, waits));
    Ok(AnswerPage {
        page: allowed.page("前置审批"),
        form,
        title: approvals::title(&app.scheme, &approval.code),
        document: ordered.map_or_else(
            || "延期批准".to_owned(),
            |approval| approval.document.clone(),
        ),
        basis: ordered.map_or_else(|| "三（三）".to_owned(), |approval| approval.basis.clone()),
        asked: asked(app, &approval),
        triggers: triggers.collect(),
        verdicts: Verdict::ALL
            .iter()
            .map(|verdict| Choice {
                value: verdict.key().to_owned(),
                label: verdict.label().to_owned(),
            })
            .collect(),
        may_withdraw: approval.state.is_approved()
            && !opened.plan.state.is_open()
            && allowed.may(Act::ApprovalWithdraw),
        may_settle: approval.is_unsettled() && allowed.may(Act::WithdrawalSettle),
        may_answer: allowed.may(Act::ApprovalAnswer) && refusal.is_none(),
        refusal,
        approval,
        plan: opened.plan,
    })
}

fn acts_refusal(plan: &Plan, waits: bool) -> String {
    use crate::plan::rules::Refusal;
    if waits {
        Refusal::Closed(plan.state).explain()
    } else {
        Refusal::NotAsked.explain()
    }
}

/// Since when it waits and until when the department has.
fn asked(app: &App, approval: &Approval) -> String {
    let Some(on) = approval.requested_on else {
        return "尚未报请".to_owned();
    };
    let days = app.scheme.campaign.parameters.prior_approval_sla_workdays;
    let until = approvals::workdays_after(&app.scheme.campaign, on, days);
    format!("{on}报请，应于{until}前（{days}个工作日内）答复")
}

/// The approval.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&page(db, &app, &allowed, Form::default()).await?)
}

/// What the form said, each waiting for the proof that nothing failed.
struct Typed {
    verdict: Slot<String>,
    number: Slot<String>,
    date: Slot<chrono::NaiveDate>,
    opinion: Slot<Option<String>>,
    conditions: Slot<Option<String>>,
    expires: Slot<Option<chrono::NaiveDate>>,
}

fn read(form: &mut Form, today: chrono::NaiveDate) -> Typed {
    let keys = Verdict::ALL.map(Verdict::key);
    let chosen = Verdict::from_key(&form.value("verdict"));
    let typed = Typed {
        verdict: form
            .choice("verdict", "审批结果", &keys)
            .required("请选择审批结果。"),
        number: form
            .text("document_number", "文号", 60)
            .required("请填写批复或复函文号。"),
        date: form
            .date("document_date", "日期")
            .check(|day| *day <= today, "日期不能晚于今天。")
            .required("请填写批复或复函日期。"),
        opinion: form.text("opinion", "意见", 1_000).optional(),
        conditions: form.text("conditions", "条件", 1_000).optional(),
        expires: form
            .date("expires_on", "有效期至")
            .check(|day| *day >= today, "有效期不能早于今天。")
            .optional(),
    };
    let blank = |form: &Form, name| form.value(name).trim().is_empty();
    if chosen == Some(Verdict::OnConditions) && blank(form, "conditions") {
        form.fail("conditions", "条件", "附条件同意的，请写明条件。");
    }
    if chosen == Some(Verdict::Refuse) && blank(form, "opinion") {
        form.fail("opinion", "意见", "不同意的，请写明理由。");
    }
    if chosen.is_some_and(|verdict| verdict != Verdict::OnConditions) && !blank(form, "conditions")
    {
        form.fail("conditions", "条件", "写了条件的，请选择“附条件同意”。");
    }
    typed
}

/// Answers the approval.
pub async fn answer(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let at = (allowed.association()?, allowed.approval()?);
    let typed = read(&mut form, app.clock.today());
    let Ok(clean) = form.done() else {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &page(&mut app.read().await?, &app, &allowed, form).await?,
        );
    };
    let answer = Answer {
        verdict: Verdict::from_key(&typed.verdict.take(&clean)).ok_or(Error::Missing)?,
        document_number: typed.number.take(&clean),
        document_date: typed.date.take(&clean),
        opinion: typed.opinion.take(&clean),
        conditions: typed.conditions.take(&clean),
        expires_on: typed.expires.take(&clean),
    };
    let path = paths::plan::WAITING_APPROVALS.at();
    let who = allowed.who(&form, format!("{path}?done={}", Act::ApprovalAnswer.name()));
    match acts::answer_approval(&app.database, &app.scheme, &who, at, &answer).await? {
        Ok(()) => Ok(redirect(path, Act::ApprovalAnswer)),
        Err(refusal) => Err(refused(&refusal)),
    }
}
