//! The acts on the survey's own page.

use std::collections::BTreeMap;

use axum::extract::State as Extract;

use crate::survey::acts;
use crate::survey::rules::Explanations;
use crate::web::{Allowed, Answer, App, Form};

use super::overview::{OverviewPage, REASON};

/// Explains the warnings that are filled in.
pub async fn explain(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let mut sentences = BTreeMap::new();
    for check in &app.scheme.survey.checks {
        let code = check.code();
        if form.raw(code).is_none() {
            continue;
        }
        let sentence = form
            .text(code, "说明", 500)
            .check(
                |text| text.chars().count() >= 4,
                "请用一句话说明原因或安排。",
            )
            .optional();
        sentences.insert(code.to_owned(), sentence);
    }
    let run = async |write, clean, seen| {
        let typed = sentences.into_iter();
        let sentences: Explanations = typed
            .filter_map(|(code, slot)| Some((code, slot.take(&clean)?)))
            .collect();
        acts::explain(write, id, seen, &sentences).await
    };
    allowed.act::<OverviewPage, _, _>(&app, form, run).await
}

/// Signs and sends the survey.
pub async fn submit(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.association()?;
    let run = async |write, _, seen| acts::submit(write, id, seen).await;
    allowed.act::<OverviewPage, _, _>(&app, form, run).await
}

/// Confirms the survey.
pub async fn confirm(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.association()?;
    let run = async |write, _, seen| acts::confirm(write, id, seen).await;
    allowed.act::<OverviewPage, _, _>(&app, form, run).await
}

/// Begins a new edition.
pub async fn reopen(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let reason = REASON.read(&mut form);
    let run = async |write, clean, seen| acts::reopen(write, id, seen, &reason.take(&clean)).await;
    allowed.act::<OverviewPage, _, _>(&app, form, run).await
}
