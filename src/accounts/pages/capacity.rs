//! Choosing in which capacity to act, for people who hold several.

use askama::Template;
use axum::RequestExt as _;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::accounts::acts;
use crate::paths;
use crate::scheme::Choice;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, guard, html, redirect};

#[derive(Template)]
#[template(path = "accounts/capacity.html")]
struct CapacityPage {
    page: Page,
    form: Form,
    capacities: Vec<Choice>,
}

fn view(allowed: &Allowed, form: Form) -> CapacityPage {
    let capacities = allowed
        .actor()
        .held
        .iter()
        .map(|held| Choice {
            value: held.id.to_string(),
            label: match &held.on_behalf_of {
                Some(principal) => {
                    format!(
                        "{}·{}（代行{principal}）",
                        held.department_name,
                        held.role.label()
                    )
                }
                None => format!("{}·{}", held.department_name, held.role.label()),
            },
        })
        .collect();
    CapacityPage {
        page: allowed.page(Act::CapacitySwitch.label()),
        form,
        capacities,
    }
}

/// The capacities held.
pub async fn show(allowed: Allowed) -> Result<Response, Error> {
    let current = allowed.actor().capacity.id.to_string();
    html(&view(
        &allowed,
        Form::filled(vec![("capacity".to_owned(), current)]),
    ))
}

/// Goes on in another one.
pub async fn switch(
    State(app): State<App>,
    allowed: Allowed,
    request: Request<Body>,
) -> Result<Response, Error> {
    let token = guard::token(&app, request.headers()).ok_or(Error::Missing)?;
    let mut form: Form = request.extract_with_state(&app).await?;
    let wanted = form.value("capacity");
    form.knows("capacity");
    let chosen = allowed
        .actor()
        .held
        .iter()
        .find(|held| held.id.to_string() == wanted)
        .cloned();
    if chosen.is_none() {
        form.fail("capacity", "身份", "选项无效，请从所列身份中选择。");
    }
    let (Ok(_), Some(chosen)) = (form.done(), chosen) else {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view(&allowed, form));
    };
    acts::switch_capacity(
        &app.database,
        &allowed.who(&form, paths::dashboard::WORKBENCH.at()),
        &token,
        &chosen,
    )
    .await?;
    Ok(redirect(
        paths::dashboard::WORKBENCH.at(),
        Act::CapacitySwitch,
    ))
}
