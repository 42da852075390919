//! The acts on a plan as a whole: asking departments, sending, checking,
//! sending back, replying.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::database::Db;
use crate::paths;
use crate::plan::acts;
use crate::plan::reply::{self, Letter};
use crate::plan::rules::{self, Refusal};
use crate::plan::{approvals, store::Plan};
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

use super::show;
use super::views::{self, open, refused};

#[derive(Template)]
#[template(path = "plan/return.html")]
struct ReturnPage {
    page: Page,
    form: Form,
    plan: Plan,
    parts: Vec<ReturnPart>,
}

struct ReturnPart {
    code: String,
    reason: String,
    title: String,
}

#[derive(Template)]
#[template(path = "plan/approve.html")]
struct ApprovePage {
    page: Page,
    form: Form,
    plan: Plan,
    red_head: String,
    number: String,
    letter: Letter,
    copied: Vec<String>,
}

fn path(allowed: &Allowed) -> Result<String, Error> {
    Ok(paths::plan::PLAN.at(allowed.association()?))
}

fn finish<T>(outcome: Result<T, Refusal>, path: &str, act: Act) -> Result<Response, Error> {
    match outcome {
        Ok(_) => Ok(redirect(path, act)),
        Err(refusal) => Err(refused(&refusal)),
    }
}

/// Asks for all prior approvals at once.
pub async fn request(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let (path, seen) = (path(&allowed)?, (allowed.association()?, form.version()?));
    let who = allowed.who(
        &form,
        format!("{path}?done={}", Act::ApprovalRequest.name()),
    );
    finish(
        acts::request_approvals(&app.database, &app.scheme, &who, seen).await?,
        &path,
        Act::ApprovalRequest,
    )
}

/// Signs and sends the plan.
pub async fn submit(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let (path, seen) = (path(&allowed)?, (allowed.association()?, form.version()?));
    let number = form
        .text("request_number", "请示文号", 60)
        .required("请填写请示文号。");
    let Ok(clean) = form.done() else {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &show::view(&mut app.read().await?, &app, &allowed, form).await?,
        );
    };
    let who = allowed.who(&form, format!("{path}?done={}", Act::PlanSubmit.name()));
    let outcome =
        acts::submit(&app.database, &app.scheme, &who, seen, &number.take(&clean)).await?;
    finish(outcome, &path, Act::PlanSubmit)
}

/// Finds the plan complete.
pub async fn check(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let (path, seen) = (path(&allowed)?, (allowed.association()?, form.version()?));
    let opinion = form.text("opinion", "受理意见", 500).optional();
    let Ok(clean) = form.done() else {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &show::view(&mut app.read().await?, &app, &allowed, form).await?,
        );
    };
    let who = allowed.who(&form, format!("{path}?done={}", Act::PlanCheck.name()));
    let opinion = opinion.take(&clean).unwrap_or_default();
    finish(
        acts::check(&app.database, &app.scheme, &who, seen, &opinion).await?,
        &path,
        Act::PlanCheck,
    )
}

async fn return_page(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    form: Form,
) -> Result<ReturnPage, Error> {
    let opened = open(db, allowed).await?;
    if rules::next(opened.plan.state, Act::PlanReturn).is_none() {
        return Err(refused(&Refusal::Closed(opened.plan.state)));
    }
    let parts = views::parts(&app.scheme, &opened);
    Ok(ReturnPage {
        page: allowed.page("退回实施方案"),
        form,
        parts: parts
            .into_iter()
            .map(|part| ReturnPart {
                reason: format!("{}-reason", part.code),
                code: part.code,
                title: part.heading,
            })
            .collect(),
        plan: opened.plan,
    })
}

/// The form for a return.
pub async fn returning(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&return_page(db, &app, &allowed, Form::default()).await?)
}

/// Sends the plan back: a tick and a reason for each part to be mended.
pub async fn return_(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let (path, seen) = (path(&allowed)?, (allowed.association()?, form.version()?));
    let mut slots = Vec::new();
    for part in &app.scheme.plan.parts {
        let name = format!("{}-reason", part.code);
        let ticked = form.tick(&part.code);
        let slot = form.text(&name, &part.title, 500).optional();
        let written = !form.value(&name).trim().is_empty();
        if ticked && !written {
            form.fail(&name, &part.title, "请写明退回理由。");
        } else if written && !ticked {
            form.fail(
                &part.code,
                &part.title,
                "写了理由，请同时勾选该部分，或删去理由。",
            );
        }
        slots.push((part.code.clone(), slot));
    }
    if form.errors().is_empty()
        && app
            .scheme
            .plan
            .parts
            .iter()
            .all(|part| form.value(&part.code).is_empty())
    {
        form.fail("form", "退回理由", Refusal::NoReason.explain());
    }
    let Ok(clean) = form.done() else {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &return_page(&mut app.read().await?, &app, &allowed, form).await?,
        );
    };
    let reasons: Vec<(String, String)> = slots
        .into_iter()
        .filter_map(|(part, slot)| Some((part, slot.take(&clean)?)))
        .collect();
    let who = allowed.who(&form, format!("{path}?done={}", Act::PlanReturn.name()));
    finish(
        acts::return_(&app.database, &who, seen, &reasons).await?,
        &path,
        Act::PlanReturn,
    )
}

/// The office's own conditions, one a line.
fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

async fn approve_page(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    form: Form,
) -> Result<ApprovePage, Error> {
    let opened = open(db, allowed).await?;
    if rules::next(opened.plan.state, Act::PlanApprove).is_none() {
        return Err(refused(&Refusal::Closed(opened.plan.state)));
    }
    let copied = approvals::conditions(&opened.approvals, app.clock.today());
    let conditions: Vec<String> = copied
        .iter()
        .cloned()
        .chain(lines(&form.value("conditions")))
        .collect();
    let year = chrono::Datelike::year(&app.clock.today());
    Ok(ApprovePage {
        page: allowed.page("批复实施方案"),
        red_head: reply::office(&app.scheme.campaign.region_name),
        number: format!(
            "{}〔{year}〕×号（批复时编定）",
            app.scheme.campaign.reply_prefix
        ),
        letter: acts::letter(&app.scheme, &opened.plan, &conditions),
        copied,
        form,
        plan: opened.plan,
    })
}

/// The reply as it would be, with a place for the office's own conditions.
pub async fn approving(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&approve_page(db, &app, &allowed, Form::default()).await?)
}

/// Replies to the plan.
pub async fn approve(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let seen = (allowed.association()?, form.version()?);
    let conditions = form.text("conditions", "补充条件", 2_000).optional();
    let opinion = form.text("opinion", "审批意见", 500).optional();
    if form.pressed("_preview").is_some() {
        return html(&approve_page(&mut app.read().await?, &app, &allowed, form).await?);
    }
    let Ok(clean) = form.done() else {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &approve_page(&mut app.read().await?, &app, &allowed, form).await?,
        );
    };
    let conditions = lines(&conditions.take(&clean).unwrap_or_default());
    let opinion = opinion.take(&clean).unwrap_or_default();
    let path = paths::plan::REPLY.at(seen.0);
    let who = allowed.who(&form, format!("{path}?done={}", Act::PlanApprove.name()));
    let outcome = acts::approve(
        &app.database,
        &app.scheme,
        &who,
        seen,
        (&conditions, &opinion),
    )
    .await?;
    finish(outcome, &path, Act::PlanApprove)
}
