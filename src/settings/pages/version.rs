//! The parameters as they stood for some act.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::scheme::parameters::Values;
use crate::settings::store;
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, html};

use super::list::{GroupView, groups};

#[derive(Template)]
#[template(path = "settings/version.html")]
struct VersionPage {
    page: Page,
    number: i64,
    first_on: String,
    groups: Vec<GroupView>,
}

/// A version by its number.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let number = allowed.number("version")?;
    let snapshot = store::snapshot(db, number).await?.ok_or(Error::Missing)?;
    let values: Values = serde_json::from_value(snapshot.parameters).map_err(Error::internal)?;
    html(&VersionPage {
        page: allowed.page(format!("参数第{number}版")),
        number,
        first_on: snapshot.first_on.to_string(),
        groups: groups(&values, &app.scheme.campaign.defaults, &[]),
    })
}
