//! The acts on the survey's own page.

use std::collections::BTreeMap;

use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::paths;
use crate::survey::acts;
use crate::survey::rules::Refusal;
use crate::web::page::html_with;
use crate::web::{Allowed, App, Error, Form, redirect};

use super::overview::view;

/// Explains the warnings that are filled in.
pub async fn explain(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let id = allowed.association()?;
    let mut sentences = BTreeMap::new();
    for check in &app.scheme.survey.checks {
        let code = check.code();
        if form.raw(code).is_none() {
            continue;
        }
        let sentence = form
            .text(code, "说明", 500)
            .check(
                |text| text.chars().count() >= 4,
                "请用一句话说明原因或安排。",
            )
            .optional();
        sentences.insert(code.to_owned(), sentence);
    }
    let Ok(clean) = form.done() else {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &view(&mut app.read().await?, &app, &allowed, form).await?,
        );
    };
    let sentences: BTreeMap<String, String> = sentences
        .into_iter()
        .filter_map(|(code, slot)| Some((code, slot.take(&clean)?)))
        .collect();
    let path = paths::survey::SURVEY.at(id);
    let outcome = acts::explain(
        &app.database,
        &allowed.who(&form, path.clone()),
        id,
        &sentences,
    )
    .await?;
    finish(outcome, &path, Act::SurveyExplain)
}

/// Every act answers alike: back to the survey, or 409 with the reason.
fn finish(outcome: Result<(), Refusal>, path: &str, act: Act) -> Result<Response, Error> {
    match outcome {
        Ok(()) => Ok(redirect(path, act)),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}

/// Signs and sends the survey.
pub async fn submit(
    Extract(app): Extract<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    let id = allowed.association()?;
    let path = paths::survey::SURVEY.at(id);
    let outcome = acts::submit(
        &app.database,
        &app.scheme,
        &allowed.who(&form, path.clone()),
        id,
    )
    .await?;
    finish(outcome, &path, Act::SurveySubmit)
}

/// Confirms the survey.
pub async fn confirm(
    Extract(app): Extract<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    let id = allowed.association()?;
    let path = paths::survey::SURVEY.at(id);
    let outcome = acts::confirm(&app.database, &allowed.who(&form, path.clone()), id).await?;
    finish(outcome, &path, Act::SurveyConfirm)
}

/// Begins a new edition.
pub async fn reopen(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let id = allowed.association()?;
    let reason = form
        .text("reason", "理由", 500)
        .required("请写明重新开启的理由。");
    let Ok(clean) = form.done() else {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &view(&mut app.read().await?, &app, &allowed, form).await?,
        );
    };
    let path = paths::survey::SURVEY.at(id);
    let outcome = acts::reopen(
        &app.database,
        &allowed.who(&form, path.clone()),
        id,
        &reason.take(&clean),
    )
    .await?;
    finish(outcome, &path, Act::SurveyReopen)
}
