//! 零报告 of a unit without associations.

use axum::extract::State as Extract;
use axum::response::Response;

use crate::access::Act;
use crate::paths;
use crate::survey::acts;
use crate::web::{Allowed, App, Error, Form, redirect};

/// Files the report.
pub async fn report(
    Extract(app): Extract<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    match acts::report_nil(
        &app.database,
        &allowed.who(&form, paths::dashboard::WORKBENCH.at()),
    )
    .await?
    {
        Ok(()) => Ok(redirect(paths::dashboard::WORKBENCH.at(), Act::NilReport)),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}
