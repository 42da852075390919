//! Taking back an approval, and what the office's head decides on that (TC-35).

use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::paths;
use crate::plan::acts;
use crate::web::page::html_with;
use crate::web::{Allowed, App, Error, Form, redirect};

use super::answer;
use super::views::refused;

/// The department takes its approval back.
pub async fn withdraw(
    Extract(app): Extract<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    with_reason(&app, &allowed, form, Act::ApprovalWithdraw).await
}

/// The office's head lets the plan stand.
pub async fn settle(
    Extract(app): Extract<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    with_reason(&app, &allowed, form, Act::WithdrawalSettle).await
}

async fn with_reason(
    app: &App,
    allowed: &Allowed,
    mut form: Form,
    act: Act,
) -> Result<Response, Error> {
    let at = (allowed.association()?, allowed.approval()?);
    let reason = form.text("reason", "理由", 1_000).required("请写明理由。");
    let Ok(clean) = form.done() else {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &answer::page(&mut app.read().await?, app, allowed, form).await?,
        );
    };
    let path = paths::plan::APPROVAL.at(at.0, at.1);
    let who = allowed.who(&form, format!("{path}?done={}", act.name()));
    let reason = reason.take(&clean);
    let (database, scheme) = (&app.database, &app.scheme);
    let outcome = if act == Act::ApprovalWithdraw {
        acts::withdraw_approval(database, scheme, &who, at, &reason).await?
    } else {
        acts::settle_withdrawal(database, scheme, &who, at, &reason).await?
    };
    match outcome {
        Ok(()) => Ok(redirect(&path, act)),
        Err(refusal) => Err(refused(&refusal)),
    }
}
