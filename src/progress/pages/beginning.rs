//! The leader's button by which implementation begins. It stands on the plan's
//! page; the checklist that it makes is this room's.

use axum::extract::State;
use axum::response::Response;

use crate::access::Act;
use crate::paths;
use crate::plan::rules::Refusal;
use crate::progress::acts;
use crate::web::{Allowed, App, Error, Form, redirect};

/// Begins implementation and makes the checklist.
pub async fn begin(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let id = allowed.association()?;
    let version = form.version()?;
    if form.done().is_err() {
        return Err(Error::Malformed("页面已更新，请返回上一页刷新后重新提交。"));
    }
    let path = paths::progress::PROGRESS.at(id);
    let who = allowed.who(&form, format!("{path}?done={}", Act::PlanBegin.name()));
    match acts::begin(&app.database, &app.scheme, &who, (id, version)).await? {
        Ok(_) => Ok(redirect(&path, Act::PlanBegin)),
        Err(Refusal::Stale(name, _)) => Err(Error::Conflict(format!(
            "该方案刚由{name}处理，请刷新后再办。"
        ))),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}
