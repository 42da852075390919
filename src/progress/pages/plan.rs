//! What the plan's page sends and the checklist follows: implementation begins, a change
//! is approved. What stops it is told on the plan's page.

use axum::extract::State;

use crate::paths;
use crate::plan::pages::show::ShowPage;
use crate::progress::acts::{beginning, changing};
use crate::web::ask::{self, Ask};
use crate::web::{Allowed, Answer, App, Form};

const OPINION: Ask<String> = ask::longtext("opinion", "意见", 500);

/// Begins implementation and makes the checklist.
pub async fn begin(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.association()?;
    let landing = paths::progress::PROGRESS.at(id);
    let run = async |write, _, seen| beginning::begin(write, id, seen).await;
    allowed
        .act_and_go::<ShowPage, _, _>(&app, form, landing, run)
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
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}
