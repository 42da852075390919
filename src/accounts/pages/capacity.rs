//! Choosing in which capacity to act, for people who hold several.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;

use crate::access::Act;
use crate::accounts::acts;
use crate::paths;
use crate::scheme::Choice;
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View, guard};

/// The field of the capacity chosen. `capacity` is the one that the page was opened in.
const HELD: &str = "held";

/// The capacities held.
#[derive(Template)]
#[template(path = "accounts/capacity.html")]
pub struct CapacityPage {
    page: Page,
    form: Form,
    capacities: Vec<Choice>,
}

impl View for CapacityPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let actor = look.allowed.actor();
        let label = |held: &crate::access::Capacity| {
            let (department, role) = (&held.department_name, held.role.label());
            let whose = held.on_behalf_of.as_ref();
            let whose = whose.map(|principal| format!("（代行{principal}）"));
            format!("{department}·{role}{}", whose.unwrap_or_default())
        };
        let capacities = actor.held.iter();
        let current = || vec![(HELD.to_owned(), actor.capacity.id.to_string())];
        Ok(Self {
            page: look.allowed.page(Act::CapacitySwitch.label()),
            form: form.unwrap_or_else(|| Form::filled(current())),
            capacities: capacities
                .map(|held| Choice::from((held.id.to_string(), label(held))))
                .collect(),
        })
    }

    fn address(_: &Allowed) -> Result<String, Error> {
        Ok(paths::dashboard::WORKBENCH.to_string())
    }
}

/// Goes on in another one.
pub async fn switch(
    State(app): State<App>,
    allowed: Allowed,
    headers: HeaderMap,
    mut form: Form,
) -> Answer {
    let token = guard::token(&app, &headers).ok_or(Error::Missing)?;
    let wanted = form.value(HELD);
    form.knows(HELD);
    let mut held = allowed.actor().held.iter();
    let chosen = held.find(|held| held.id.to_string() == wanted);
    if chosen.is_none() {
        form.fail(HELD, "身份", "选项无效，请从所列身份中选择。");
    }
    let chosen = chosen.unwrap_or(&allowed.actor().capacity);
    let run = async |write, _, _| acts::switch_capacity(write, &token, chosen).await;
    allowed.act::<CapacityPage, _, _>(&app, form, run).await
}
