//! The register of one association as a ledger (EX-9); counts only for those who
//! may not read persons.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::database::Db;
use crate::paths;
use crate::posts::acts;
use crate::posts::rules::deeds::Refusal;
use crate::posts::rules::{CLEARED, Limits, Severity};
use crate::posts::store::{self, Register};
use crate::registry::rules::is_new;
use crate::registry::store::{self as registry, Brief};
use crate::survey::store as surveys;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

use super::{Row, TallyView, judged_of};

#[derive(Template)]
#[template(path = "posts/ledger.html")]
struct LedgerPage {
    page: Page,
    form: Form,
    association: Brief,
    register: Option<Register>,
    confirmed: bool,
    founded: bool,
    red: usize,
    later: bool,
    rows: Vec<Row>,
    tally: TallyView,
    names: bool,
    may: May,
    age_limit: i64,
}

/// The acts open to this person now.
struct May {
    open: bool,
    save: bool,
    declare: bool,
    return_: bool,
}

async fn view(db: &mut Db, app: &App, allowed: &Allowed, form: Form) -> Result<LedgerPage, Error> {
    let id = allowed.association()?;
    let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
    let register = store::register(db, id).await?;
    let survey = surveys::confirmed(db, id).await?;
    let judged = judged_of(db, app, id, register.as_ref()).await?;
    let limits = Limits::of(&app.scheme.campaign.parameters);
    let tally = TallyView::new(&judged, false);
    let names = allowed.actor().reads_persons_of(association.department);
    let later = match (&register, &survey) {
        (Some(register), Some(survey)) => survey.edition > register.survey_edition,
        _ => false,
    };
    let founded = is_new(&app.scheme.campaign, association.registered_on);
    let red = judged.iter().filter(|each| each.is_red()).count();
    let declared = register
        .as_ref()
        .map(|register| register.declared_on.is_some());
    let may = May {
        open: allowed.may(Act::PostsOpen)
            && (survey.is_some() || founded)
            && (register.is_none() || later),
        save: allowed.may(Act::PostSave) && register.is_some(),
        declare: allowed.may(Act::PostsDeclare) && declared == Some(false) && red == 0,
        return_: allowed.may(Act::PostsReturn) && declared == Some(true),
    };
    let home = (
        association.name.clone(),
        association.department_name.clone(),
    );
    let rows = if names {
        judged
            .into_iter()
            .map(|each| Row::new(each, home.clone(), &limits))
            .collect()
    } else {
        Vec::new()
    };
    Ok(LedgerPage {
        page: allowed.page(format!("{}任职清理台账", association.name)),
        form,
        confirmed: survey.is_some(),
        founded,
        red,
        age_limit: limits.age_limit,
        association,
        register,
        later,
        rows,
        tally,
        names,
        may,
    })
}

/// The ledger.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &app, &allowed, Form::default()).await?)
}

/// Opens it from the confirmed survey.
pub async fn open(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    if form.done().is_err() {
        let view = view(&mut app.read().await?, &app, &allowed, form).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    let id = allowed.association()?;
    let path = paths::posts::POSTS.at(id);
    let who = allowed.who(&form, path.clone());
    let association = registry::brief(&mut app.read().await?, id)
        .await?
        .ok_or(Error::Missing)?;
    let founded = is_new(&app.scheme.campaign, association.registered_on);
    match acts::open(&app.database, &who, (id, founded)).await? {
        Ok(_) => Ok(redirect(&path, Act::PostsOpen)),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}

async fn declared(
    app: &App,
    allowed: &Allowed,
    (form, version): (&Form, i32),
    (act, reason): (Act, Option<&str>),
) -> Result<Response, Error> {
    let id = allowed.association()?;
    let path = paths::posts::POSTS.at(id);
    let who = allowed.who(form, path.clone());
    let limits = Limits::of(&app.scheme.campaign.parameters);
    match acts::declare(&app.database, &who, (id, version), (reason, &limits)).await? {
        Ok(()) => Ok(redirect(&path, act)),
        Err(Refusal::NoRegister) => Err(Error::Missing),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}

/// The unit's leader declares it.
pub async fn declare(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let version = form.version()?;
    if form.done().is_err() {
        let view = view(db, &app, &allowed, form).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    let what = (Act::PostsDeclare, None);
    declared(&app, &allowed, (&form, version), what).await
}

/// The office sends it back.
pub async fn return_(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let version = form.version()?;
    let reason = form
        .text("return_reason", "退回的理由", 500)
        .required("请写明退回的理由；不要写人员姓名，可写“人员第n号”。");
    let Ok(clean) = form.done() else {
        let view = view(db, &app, &allowed, form).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let reason = reason.take(&clean);
    let what = (Act::PostsReturn, Some(reason.as_str()));
    declared(&app, &allowed, (&form, version), what).await
}
