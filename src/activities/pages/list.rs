//! An association's major activities.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::access::Act;
use crate::activities::store::{self, Activity};
use crate::registry::store::{self as registry, Brief};
use crate::web::answer::money;
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, html};

#[derive(Template)]
#[template(path = "activities/list.html")]
struct ListPage {
    page: Page,
    association: Brief,
    rows: Vec<Row>,
    may_add: bool,
}

struct Row {
    activity: Activity,
    amount: Option<String>,
}

/// The list.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let id = allowed.association()?;
    let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
    let rows = store::activities(db, id).await?;
    html(&ListPage {
        page: allowed.page(format!("{}重大业务活动", association.name)),
        association,
        may_add: allowed.may(Act::ActivitySave),
        rows: rows
            .into_iter()
            .map(|activity| Row {
                amount: activity.amount_cents.map(money::show),
                activity,
            })
            .collect(),
    })
}
