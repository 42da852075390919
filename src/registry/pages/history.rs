//! Who did what and when, in words.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::access::Act;
use crate::clock::stamp;
use crate::registry::store;
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, html};

/// Acts shown; a whole campaign leaves fewer on one association.
const ACTS: i64 = 1_000;

#[derive(Template)]
#[template(path = "registry/history.html")]
struct HistoryPage {
    page: Page,
    id: i64,
    name: String,
    entries: Vec<Entry>,
    may_read_settings: bool,
}

struct Entry {
    when: String,
    who: String,
    department: String,
    role: String,
    sentence: String,
    opinion: Option<String>,
    basis: Option<i64>,
}

/// The case file, newest first.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let id = allowed.association()?;
    let (pool, campaign) = (app.database.pool(), app.database.campaign().0);
    let brief = store::brief(pool, campaign, id)
        .await?
        .ok_or(Error::Missing)?;
    let entries = store::history(pool, campaign, id, ACTS)
        .await?
        .into_iter()
        .map(|row| Entry {
            when: stamp(row.at),
            who: row.who,
            department: row.department,
            role: row.role,
            sentence: row.sentence,
            opinion: row.opinion,
            basis: row.snapshot_id,
        })
        .collect();
    html(&HistoryPage {
        page: allowed.page(format!("{}的办理历史", brief.name)),
        id: id.0,
        name: brief.name,
        entries,
        may_read_settings: allowed.may(Act::SettingsRead),
    })
}
