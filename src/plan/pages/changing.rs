//! Suspending a plan, resuming it, declaring its reply void, refusing a change of
//! it: each on a page of its own that says what follows.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::paths::{self, Path};
use crate::plan::acts;
use crate::plan::rules::{MATTERS, Refusal};
use crate::plan::store::Plan;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

use super::views::{offers, open, refused};

#[derive(Template)]
#[template(path = "plan/reasoned.html")]
struct ReasonedPage {
    page: Page,
    form: Form,
    plan: Plan,
    action: String,
    what: &'static str,
    follows: &'static str,
    kind: &'static str,
}

/// The acts that need a reason and nothing else: address, act, what follows.
const REASONED: [(Path<1>, Act, &str); 4] = [
    (
        paths::plan::SUSPENSION,
        Act::PlanSuspend,
        "暂停期间方案的各项操作都不能办理，五分离事项的时限不变；恢复后继续办理。",
    ),
    (
        paths::plan::RESUMPTION,
        Act::PlanResume,
        "恢复后方案按暂停前的状态继续办理。",
    ),
    (
        paths::plan::VOIDING,
        Act::PlanVoid,
        "作废后文号保留，不再编给其他批复；批复条件随之作废，方案退回业务主管单位补正后重新报送。",
    ),
    (
        paths::plan::CHANGE_REJECTION,
        Act::ChangeReject,
        "不同意变更的，按原方案继续实施；正在报批的变更事项一并关闭。",
    ),
];

fn reasoned(allowed: &Allowed, plan: Plan, form: Form, act: Act) -> Result<ReasonedPage, Error> {
    let (path, _, follows) = REASONED
        .into_iter()
        .find(|(_, known, _)| *known == act)
        .ok_or(Error::Missing)?;
    Ok(ReasonedPage {
        page: allowed.page(act.label()),
        action: path.at(plan.association),
        what: act.label(),
        follows,
        kind: if act == Act::PlanResume {
            "primary"
        } else {
            "danger"
        },
        plan,
        form,
    })
}

async fn ask_reason(app: &App, allowed: &Allowed, act: Act) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let plan = open(db, allowed).await?.plan;
    if !offers(allowed, &plan, act) {
        return Err(refused(&Refusal::Closed(plan.state)));
    }
    html(&reasoned(allowed, plan, Form::default(), act)?)
}

async fn act_with_reason(
    app: &App,
    allowed: &Allowed,
    mut form: Form,
    act: Act,
) -> Result<Response, Error> {
    let seen = (allowed.association()?, form.version()?);
    let reason = form.text("reason", "理由", 1_000).required("请写明理由。");
    let Ok(clean) = form.done() else {
        let plan = open(&mut app.read().await?, allowed).await?.plan;
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &reasoned(allowed, plan, form, act)?,
        );
    };
    let path = paths::plan::PLAN.at(seen.0);
    let who = allowed.who(&form, format!("{path}?done={}", act.name()));
    let reason = reason.take(&clean);
    let outcome = match act {
        Act::PlanVoid => acts::void_reply(&app.database, &who, seen, (MATTERS, &reason)).await?,
        Act::ChangeReject => acts::reject_change(&app.database, &who, seen, &reason).await?,
        _ => acts::suspend(&app.database, &who, seen, (act, &reason)).await?,
    };
    match outcome {
        Ok(()) => Ok(redirect(&path, act)),
        Err(refusal) => Err(refused(&refusal)),
    }
}

/// Why it is to be suspended.
pub async fn suspending(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    ask_reason(&app, &allowed, Act::PlanSuspend).await
}

/// Suspends.
pub async fn suspend(
    Extract(app): Extract<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    act_with_reason(&app, &allowed, form, Act::PlanSuspend).await
}

/// Why it is to go on.
pub async fn resuming(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    ask_reason(&app, &allowed, Act::PlanResume).await
}

/// Resumes.
pub async fn resume(
    Extract(app): Extract<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    act_with_reason(&app, &allowed, form, Act::PlanResume).await
}

/// Why the reply is void.
pub async fn voiding(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    ask_reason(&app, &allowed, Act::PlanVoid).await
}

/// Declares it void.
pub async fn void(
    Extract(app): Extract<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    act_with_reason(&app, &allowed, form, Act::PlanVoid).await
}

/// Why the change is refused.
pub async fn rejecting(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    ask_reason(&app, &allowed, Act::ChangeReject).await
}

/// Refuses the change.
pub async fn reject(
    Extract(app): Extract<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    act_with_reason(&app, &allowed, form, Act::ChangeReject).await
}
