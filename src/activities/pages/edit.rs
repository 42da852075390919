//! The form of an activity: registering one, mending one that came back.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;

use crate::access::Act;
use crate::activities::acts::{self, At};
use crate::activities::rules::Kind;
use crate::activities::store::{self, Activity, Entry};
use crate::database::Db;
use crate::paths;
use crate::registry::store::{self as registry, Brief};
use crate::scheme::Choice;
use crate::web::answer::money;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

#[derive(Template)]
#[template(path = "activities/edit.html")]
struct EditPage {
    page: Page,
    form: Form,
    association: Brief,
    kinds: Vec<Choice>,
    version: i32,
    action: String,
    back: String,
}

async fn view(
    db: &mut Db,
    allowed: &Allowed,
    form: Form,
    activity: Option<(i64, i32)>,
) -> Result<EditPage, Error> {
    let id = allowed.association()?;
    let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
    let (title, action, back) = match activity {
        Some((number, _)) => (
            "修改重大业务活动",
            paths::activities::FORM.at(id, number),
            paths::activities::ACTIVITY.at(id, number),
        ),
        None => (
            "登记重大业务活动",
            paths::activities::NEW_ACTIVITY.at(id),
            paths::activities::ACTIVITIES.at(id),
        ),
    };
    Ok(EditPage {
        page: allowed.page(title),
        form,
        association,
        kinds: Kind::ALL
            .into_iter()
            .map(|kind| Choice {
                value: kind.key().to_owned(),
                label: kind.label().to_owned(),
            })
            .collect(),
        version: activity.map_or(0, |(_, version)| version),
        action,
        back,
    })
}

/// The empty form.
pub async fn new(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &allowed, Form::default(), None).await?)
}

/// Reads the form.
fn read(form: &mut Form, issued: NaiveDate) -> Option<Entry> {
    let kind = form
        .choice("kind", "类别", &Kind::ALL.map(Kind::key))
        .required("请选择类别。");
    let title = form
        .text("title", "活动内容", 100)
        .required("请填写活动内容。");
    let held_on = form
        .date("held_on", "活动日期")
        .check(
            |day| *day >= issued,
            "方案印发以前的活动不在登记范围内，请核对日期。",
        )
        .required("请填写活动日期。");
    let amount = form.money("amount", "涉及金额").optional();
    let procedure = form
        .text("procedure", "应履行的程序", 300)
        .required("请写明按什么规定应履行什么程序。");
    let candidates = form.text("candidates", "拟选负责人", 500).optional();
    let declared = form.tick("declared");
    let clean = form.done().ok()?;
    let kind = Kind::from_key(&kind.take(&clean)).unwrap_or(Kind::Other);
    let election = kind == Kind::Election;
    let names = candidates.take(&clean).unwrap_or_default();
    Some(Entry {
        kind,
        title: title.take(&clean),
        held_on: held_on.take(&clean),
        amount_cents: amount.take(&clean),
        procedure: procedure.take(&clean),
        candidates: names
            .split(['\n', '、', '，', ',', '；', ';'])
            .map(str::trim)
            .filter(|name| election && !name.is_empty())
            .map(str::to_owned)
            .collect(),
        declared: declared && election,
    })
}

/// Registers what was typed.
pub async fn add(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let Some(entry) = read(&mut form, app.scheme.campaign.parameters.issue_date) else {
        let view = view(&mut app.read().await?, &allowed, form, None).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let id = allowed.association()?;
    let who = allowed.who(&form, paths::activities::ACTIVITY.at(id, "{}"));
    let number = acts::register(&app.database, &who, id, &entry).await?;
    Ok(redirect(
        &paths::activities::ACTIVITY.at(id, number),
        Act::ActivitySave,
    ))
}

async fn found(db: &mut Db, allowed: &Allowed) -> Result<Activity, Error> {
    let number = allowed.number("activity")?;
    store::activity(db, allowed.association()?, number)
        .await?
        .ok_or(Error::Missing)
}

fn fill(activity: &Activity) -> Form {
    let mut form = Form::default();
    form.set("kind", activity.kind.key());
    form.set("title", activity.title.clone());
    form.set("held_on", activity.held_on.to_string());
    let amount = activity.amount_cents.map(money::show);
    form.set("amount", amount.unwrap_or_default());
    form.set("procedure", activity.procedure.clone());
    form.set("candidates", activity.candidates.join("、"));
    if activity.declared {
        form.set("declared", "yes");
    }
    form
}

/// The form of an activity.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let activity = found(db, &allowed).await?;
    let at = Some((activity.id, activity.version));
    html(&view(db, &allowed, fill(&activity), at).await?)
}

/// Saves what was typed.
pub async fn save(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let number = allowed.number("activity")?;
    let version = form.version()?;
    let Some(entry) = read(&mut form, app.scheme.campaign.parameters.issue_date) else {
        let view = view(
            &mut app.read().await?,
            &allowed,
            form,
            Some((number, version)),
        )
        .await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let at = At {
        association: allowed.association()?,
        activity: number,
        version,
    };
    let path = paths::activities::ACTIVITY.at(at.association, number);
    let who = allowed.who(&form, path.clone());
    match acts::save(&app.database, &who, at, &entry).await? {
        Ok(()) => Ok(redirect(&path, Act::ActivitySave)),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}
