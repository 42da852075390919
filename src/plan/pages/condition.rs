//! One condition of a reply: how the unit fulfilled it, whether the office agrees.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::database::Db;
use crate::paths;
use crate::plan::acts::{self, AtCondition};
use crate::plan::conditions::ConditionState;
use crate::plan::store::Plan;
use crate::plan::store::conditions::{self, Condition};
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

use super::views::{offers, open, refused};

#[derive(Template)]
#[template(path = "plan/condition.html")]
struct ConditionPage {
    page: Page,
    form: Form,
    plan: Plan,
    condition: Condition,
    tag: &'static str,
    may_report: bool,
    may_confirm: bool,
    may_return: bool,
}

fn number(allowed: &Allowed) -> Result<i64, Error> {
    allowed
        .param("condition")?
        .parse()
        .map_err(|_| Error::Missing)
}

async fn page(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    form: Form,
) -> Result<ConditionPage, Error> {
    let id = number(allowed)?;
    let plan = open(db, allowed).await?.plan;
    let condition = conditions::of_plan(db, plan.id)
        .await?
        .into_iter()
        .find(|condition| condition.id == id)
        .ok_or(Error::Missing)?;
    let reported = condition.state == ConditionState::Reported;
    Ok(ConditionPage {
        page: allowed.page("批复条件的落实"),
        tag: condition.state.tag(condition.due, app.clock.today()),
        may_report: condition.state.is_open() && offers(allowed, &plan, Act::ConditionReport),
        may_confirm: reported && offers(allowed, &plan, Act::ConditionConfirm),
        may_return: reported && offers(allowed, &plan, Act::ConditionReturn),
        condition,
        plan,
        form,
    })
}

/// The condition.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&page(db, &app, &allowed, Form::default()).await?)
}

async fn again(app: &App, allowed: &Allowed, form: Form) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &page(db, app, allowed, form).await?,
    )
}

fn at(allowed: &Allowed, form: &mut Form) -> Result<(AtCondition, String), Error> {
    let at = AtCondition {
        association: allowed.association()?,
        id: number(allowed)?,
        version: form.version()?,
    };
    let path = paths::plan::CONDITION.at(at.association, at.id);
    Ok((at, path))
}

/// The unit reports it fulfilled.
pub async fn report(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let (at, path) = at(&allowed, &mut form)?;
    let note = form
        .text("note", "落实情况", 1_000)
        .required("请写明条件如何落实。");
    let document = form.text("document_number", "文号", 60).optional();
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let act = Act::ConditionReport;
    let who = allowed.who(&form, format!("{path}?done={}", act.name()));
    let (note, document) = (note.take(&clean), document.take(&clean));
    let said = (note.as_str(), document.as_deref());
    match acts::report_condition(&app.database, &who, at, said).await? {
        Ok(()) => Ok(redirect(&path, act)),
        Err(refusal) => Err(refused(&refusal)),
    }
}

/// The office agrees.
pub async fn confirm(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let (at, path) = at(&allowed, &mut form)?;
    let act = Act::ConditionConfirm;
    let who = allowed.who(&form, format!("{path}?done={}", act.name()));
    match acts::answer_condition(&app.database, &who, at, None).await? {
        Ok(()) => Ok(redirect(&path, act)),
        Err(refusal) => Err(refused(&refusal)),
    }
}

/// The office sends it back.
pub async fn return_(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let (at, path) = at(&allowed, &mut form)?;
    let reason = form
        .text("reason", "退回理由", 500)
        .required("请写明退回理由。");
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let act = Act::ConditionReturn;
    let who = allowed.who(&form, format!("{path}?done={}", act.name()));
    let reason = reason.take(&clean);
    match acts::answer_condition(&app.database, &who, at, Some(&reason)).await? {
        Ok(()) => Ok(redirect(&path, act)),
        Err(refusal) => Err(refused(&refusal)),
    }
}
