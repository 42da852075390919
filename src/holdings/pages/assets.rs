//! 资产财务台账: assets with their balance, appropriations, rooms.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::holdings::acts;
use crate::web::page::html_with;
use crate::web::{Allowed, App, Error};

use super::sheets::{self, RegisterPage};

/// The page.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    page(&app, &allowed, None).await
}

/// The page, with why the registers could not be sent.
pub async fn page(
    app: &App,
    allowed: &Allowed,
    refusal: Option<String>,
) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let id = allowed.association()?;
    let (association, source) = super::load(db, id).await?;
    let book = source.book(&app.scheme);
    let ready: Vec<String> = acts::ready(&book)
        .into_iter()
        .map(|(entry, label)| format!("{}：{label}", entry.register.label()))
        .collect();
    let status = if refusal.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let view = RegisterPage {
        page: allowed.page(format!("{}资产财务台账", association.name)),
        title: "资产财务台账",
        lead: "资产的权属和处置、财政拨款、办公用房腾退。经办人登记，负责人报送，财政局和机关事务管理局审批。",
        sums: sheets::sums(&book),
        begun: !source.survey.0.is_empty(),
        sheets: vec![
            sheets::assets(&book, id.0),
            sheets::appropriations(&book, id.0),
            sheets::rooms(&book, id.0),
        ],
        refusal,
        may_submit: allowed.may(Act::HoldingsSubmit) && !ready.is_empty(),
        ready,
        association,
    };
    html_with(status, &view)
}
