//! The office approves a change. What stops it is told on the plan's page.

use axum::extract::State as Extract;

use crate::crossings::plan_change;
use crate::plan::pages::show::ShowPage;
use crate::web::ask::{self, Ask};
use crate::web::{Allowed, Answer, App, Form};

const OPINION: Ask<String> = ask::longtext("opinion", "意见", 500);

/// Approves the change that waits; the checklist's dates follow.
pub async fn approve(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let opinion = OPINION.if_filled(&mut form);
    let run = async |write, clean, seen| {
        let opinion = opinion.take(&clean).unwrap_or_default();
        plan_change::approve_change(write, id, seen, &opinion).await
    };
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}
