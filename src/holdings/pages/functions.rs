//! 职能台账: functions stripped, kept by law, handed over; services to be purchased.

use axum::extract::State;
use axum::response::Response;

use crate::web::{Allowed, App, Error, html};

use super::sheets::{self, RegisterPage};

/// The page.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let id = allowed.association()?;
    let (association, source) = super::load(db, id).await?;
    let book = source.book(&app.scheme);
    html(&RegisterPage {
        page: allowed.page(format!("{}职能台账", association.name)),
        title: "职能台账",
        lead: "行政职能的剥离和依法保留、适合由协会承担职能的移交和监管、拟购买的服务。摸底调查和批复的方案为底数，办理结果逐项登记。",
        sums: Vec::new(),
        begun: !source.survey.0.is_empty(),
        sheets: vec![
            sheets::functions(&book, id.0),
            sheets::transfers(&book, id.0),
            sheets::purchases(&book, id.0),
        ],
        refusal: None,
        ready: Vec::new(),
        may_submit: false,
        association,
    })
}
