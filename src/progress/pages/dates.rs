//! A later date of an item, and the office's yes to a change of the plan: both
//! move deadlines, so both belong to this room.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;

use crate::access::Act;
use crate::database::Db;
use crate::holdings;
use crate::paths;
use crate::progress::acts::At;
use crate::progress::dates::{self, Decision};
use crate::progress::rules::{Item, Refusal};
use crate::progress::store;
use crate::progress::store::extensions::{self, Extension};
use crate::registry::store::{self as registry, Brief};
use crate::scheme::Choice;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, Answer, App, Error, Form, html, redirect};

#[derive(Template)]
#[template(path = "progress/extension.html")]
struct ExtensionPage {
    page: Page,
    form: Form,
    association: Brief,
    item: Item,
    text: String,
    asked: Option<Extension>,
    before: Vec<Extension>,
    verdicts: Vec<Choice>,
    may_ask: bool,
    may_decide: bool,
}

async fn page(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    form: Form,
) -> Result<ExtensionPage, Error> {
    let id = allowed.association()?;
    let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
    let item = store::item(db, id, allowed.item()?)
        .await?
        .ok_or(Error::Missing)?;
    let (mut asked, before): (Vec<_>, Vec<_>) = extensions::of_item(db, item.id)
        .await?
        .into_iter()
        .partition(|extension| extension.state == "asked");
    let asked = asked.pop();
    Ok(ExtensionPage {
        page: allowed.page(format!("{}延期", item.measure)),
        form,
        association,
        text: app
            .scheme
            .measure(&item.measure)
            .map(|measure| measure.text.clone())
            .unwrap_or_default(),
        may_ask: asked.is_none() && !item.state.resolved() && allowed.may(Act::ExtensionAsk),
        may_decide: asked.is_some() && allowed.may(Act::ExtensionDecide),
        verdicts: [("grant", "同意延期"), ("refuse", "不同意延期")]
            .into_iter()
            .map(|(value, label)| Choice {
                value: value.to_owned(),
                label: label.to_owned(),
            })
            .collect(),
        asked,
        before,
        item,
    })
}

/// What was asked for an item and decided.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
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

fn at(allowed: &Allowed, form: &mut Form) -> Result<(At, String), Error> {
    let at = At {
        association: allowed.association()?,
        item: allowed.item()?,
        version: form.version()?,
    };
    let path = paths::progress::EXTENSION.at(at.association, at.item);
    Ok((at, path))
}

fn finish(outcome: Result<(), Refusal>, path: &str, act: Act) -> Result<Response, Error> {
    match outcome {
        Ok(()) => Ok(redirect(path, act)),
        Err(Refusal::Missing) => Err(Error::Missing),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}

/// Asks for a later date.
pub async fn ask(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let (at, path) = at(&allowed, &mut form)?;
    let item = store::item(&mut app.read().await?, at.association, at.item)
        .await?
        .ok_or(Error::Missing)?;
    let deadline = item.deadline;
    let wanted = form
        .date("wanted", "申请延至")
        .check(move |day: &NaiveDate| *day > deadline, "须晚于现在的时限。")
        .required("请填写申请延至的日期。");
    let reason = form
        .text("reason", "理由", 1_000)
        .required("请写明延期的理由和依据。");
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let act = Act::ExtensionAsk;
    let who = allowed.who(&form, format!("{path}?done={}", act.name()));
    let reason = reason.take(&clean);
    let asked = (wanted.take(&clean), reason.as_str());
    finish(
        dates::ask_extension(&app.database, &who, at, asked).await?,
        &path,
        act,
    )
}

/// Decides on it.
pub async fn decide(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let (at, path) = at(&allowed, &mut form)?;
    let verdict = form
        .choice("verdict", "决定", &["grant", "refuse"])
        .required("请选择同意或不同意。");
    let number = form
        .text("document_number", "文号", 60)
        .required("请填写批准或复函的文号。");
    let opinion = form.text("opinion", "意见", 1_000).optional();
    if form.value("verdict") == "refuse" && form.value("opinion").trim().is_empty() {
        form.fail("opinion", "意见", "不同意的，请写明理由。");
    }
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let decision = Decision {
        granted: verdict.take(&clean) == "grant",
        document_number: number.take(&clean),
        opinion: opinion.take(&clean),
    };
    let act = Act::ExtensionDecide;
    let who = allowed.who(&form, format!("{path}?done={}", act.name()));
    finish(
        dates::decide_extension(&app.database, &who, at, &decision).await?,
        &path,
        act,
    )
}

/// Approves the change of a plan; the checklist's dates follow.
pub async fn approve_change(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let seen = (allowed.association()?, form.version()?);
    let opinion = form.text("opinion", "意见", 500).optional();
    let Ok(clean) = form.done() else {
        return Err(Error::Malformed(
            "审批意见最多500字，请返回上一页精简后重新提交。",
        ));
    };
    let path = paths::plan::PLAN.at(seen.0);
    let act = Act::ChangeApprove;
    let who = allowed.who(&form, format!("{path}?done={}", act.name()));
    let opinion = opinion.take(&clean).unwrap_or_default();
    match dates::approve_change(&app.database, &app.scheme, &who, seen, &opinion).await? {
        Ok(_) => Ok(redirect(&path, act)),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}

/// Grants the delay of a room (TC-32).
pub async fn delay(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    holdings::pages::deeds::decide(&app, &allowed, form, dates::approve_delay).await
}
