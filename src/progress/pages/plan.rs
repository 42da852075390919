//! What the plan's page sends and the checklist follows: implementation begins, a change
//! is approved. Where that is stopped, a page says why and leads back to the plan.

use askama::Template;
use axum::extract::State;

use crate::paths;
use crate::progress::acts::{beginning, changing};
use crate::registry::store::{self as registry, Brief};
use crate::web::ask::{self, Ask};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

const OPINION: Ask<String> = ask::longtext("opinion", "意见", 500);

/// The page.
#[derive(Template)]
#[template(path = "progress/plan.html")]
pub struct PlanPage {
    page: Page,
    form: Form,
    association: Brief,
}

impl View for PlanPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (id, act) = (look.allowed.association()?, look.allowed.gate_act());
        Ok(Self {
            page: look.allowed.page(act.label()),
            form: form.unwrap_or_default(),
            association: registry::brief(look.db, id).await?.ok_or(Error::Missing)?,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::plan::PLAN.at(allowed.association()?))
    }
}

/// Begins implementation and makes the checklist.
pub async fn begin(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.association()?;
    let landing = paths::progress::PROGRESS.at(id);
    let run = async |write, _, seen| beginning::begin(write, id, seen).await;
    allowed
        .act_and_go::<PlanPage, _, _>(&app, form, landing, run)
        .await
}

/// Approves the change of a plan; the checklist's dates follow.
pub async fn approve_change(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let opinion = OPINION.if_filled(&mut form);
    let run = async |write, clean, seen| {
        let opinion = opinion.take(&clean).unwrap_or_default();
        changing::approve_change(write, id, seen, &opinion).await
    };
    allowed.act::<PlanPage, _, _>(&app, form, run).await
}
