//! All exits within reach.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::Response;

use crate::access::Scope as Reach;
use crate::exits::store::{self, Listed};
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, html};

#[derive(Template)]
#[template(path = "exits/list.html")]
struct ListPage {
    page: Page,
    rows: Vec<Listed>,
}

/// The list.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let reach = Reach::of(allowed.actor());
    let rows = store::cases(db, reach).await?;
    html(&ListPage {
        page: allowed.page("协会退出"),
        rows,
    })
}
