//! 暂存, asked and sent by the script of a long form: what one has typed oneself, and not saved.

use axum::extract::State as Extract;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::clock::stamp;
use crate::web::draft;
use crate::web::{Allowed, Answer, App, Error, Form};

/// What is not understood.
const MALFORMED: Error = Error::Malformed("暂存的内容无法识别，请刷新页面后重新填写。");

/// What one has typed into the form at `address` and not saved; 204 where that is nothing.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Answer {
    let address = allowed.query().get("address").unwrap_or_default();
    let Some(address) = draft::address(address) else {
        return Err(MALFORMED);
    };
    let mut db = app.read().await?;
    let now = app.clock.now().to_utc();
    let kept = draft::kept(&mut db, allowed.actor().account, address, now).await?;
    Ok(kept.map_or_else(nothing, |kept| {
        told(&json!({ "when": stamp(kept.kept_at), "fields": kept.fields.0 }))
    }))
}

/// Keeps it; nothing typed is nothing kept.
pub async fn keep(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let typed = form.value("fields");
    let sent = form.value("address");
    let (Some(address), Some(fields)) = (draft::address(&sent), draft::fields(&typed)) else {
        return Err(MALFORMED);
    };
    let account = allowed.actor().account;
    let now = app.clock.now().to_utc();
    if fields.is_empty() {
        draft::forget(&app.database, account, address).await?;
        return Ok(nothing());
    }
    draft::keep(&app.database, (account, address), &fields, now).await?;
    Ok(told(&json!({ "when": stamp(now) })))
}

fn told(kept: &Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (kind, kept.to_string()).into_response()
}

fn nothing() -> Response {
    StatusCode::NO_CONTENT.into_response()
}
