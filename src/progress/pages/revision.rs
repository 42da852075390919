//! What a new edition of the survey does to the checklist, and applying it (TC-39).

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::access::Act;
use crate::paths;
use crate::progress::revising::{self, Proposed};
use crate::progress::rules::Item;
use crate::progress::store::revisions::{self, Applied};
use crate::registry::store::{self as registry, Brief};
use crate::scheme::Scheme;
use crate::scheme::persons::is_personal;
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, Form, html, redirect};

#[derive(Template)]
#[template(path = "progress/revision.html")]
struct RevisionPage {
    page: Page,
    association: Brief,
    proposed: Option<View>,
    applied: Vec<Applied>,
    may: bool,
}

struct View {
    from: i32,
    edition: i32,
    confirmed: String,
    added: Vec<Line>,
    lapsed: Vec<Line>,
    kept: Vec<Line>,
    same: usize,
    uncovered: Vec<String>,
    empty: bool,
}

struct Line {
    code: String,
    text: String,
    state: String,
}

/// The page.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let id = allowed.association()?;
    let db = &mut app.read().await?;
    let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
    let today = app.clock.today();
    let applied = revisions::applied(db, id).await?;
    let on = (id, applied.as_slice());
    let proposed = revising::proposed(db, &app.scheme, on, today).await?;
    let names = allowed.actor().reads_persons_of(association.department);
    html(&RevisionPage {
        page: allowed.page("按新版摸底调查调整清单"),
        may: association.exit_kind.is_none() && allowed.may(Act::RevisionApply),
        proposed: proposed.map(|proposed| view(&app.scheme, &proposed, names)),
        applied,
        association,
    })
}

fn view(scheme: &Scheme, proposed: &Proposed, names: bool) -> View {
    let revision = &proposed.revision;
    let text = |measure: &str, label: &str| {
        let text = scheme
            .measure(measure)
            .map_or("", |measure| measure.text.as_str());
        if label.is_empty() {
            text.to_owned()
        } else {
            format!("{text}：{label}")
        }
    };
    let line = |item: &Item, state: String| {
        let label = if names {
            item.label.clone()
        } else {
            item.public_label()
        };
        Line {
            code: item.measure.clone(),
            text: text(&item.measure, &label),
            state,
        }
    };
    let stands = |items: &[Item]| {
        items
            .iter()
            .map(|item| line(item, item.state.label().to_owned()))
            .collect::<Vec<_>>()
    };
    let fresh = proposed.items.iter().map(|item| Line {
        code: item.measure.clone(),
        text: text(
            &item.measure,
            if names || !is_personal(&item.object) {
                &item.label
            } else {
                "人员"
            },
        ),
        state: format!("时限{}", item.due.day),
    });
    let again = revision
        .revived
        .iter()
        .map(|item| line(item, "恢复办理".to_owned()));
    View {
        from: proposed.from,
        edition: proposed.survey.edition,
        confirmed: crate::clock::chinese_date(proposed.survey.confirmed_on),
        added: fresh.chain(again).collect(),
        lapsed: stands(&revision.lapsed),
        kept: stands(&revision.kept),
        same: revision.same,
        uncovered: proposed.uncovered.clone(),
        empty: revision.is_empty(),
    }
}

/// Applies it.
pub async fn apply(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let id = allowed.association()?;
    let edition = form.version()?;
    let path = paths::progress::REVISION.at(id);
    let who = allowed.who(&form, path.clone());
    if revising::apply(&app.database, &app.scheme, &who, (id, edition)).await? {
        Ok(redirect(&path, Act::RevisionApply))
    } else {
        Err(Error::Conflict(
            "清单已按此版摸底调查调整，或者摸底调查已有更新的版本，请刷新页面核对。".to_owned(),
        ))
    }
}
