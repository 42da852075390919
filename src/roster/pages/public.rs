//! The published list for anybody: no personal data, no menu (LI-7).

use askama::Template;
use axum::extract::{Request, State as Extract};
use axum::response::Response;

use crate::roster::pages::published::Lists;
use crate::web::list::Query;
use crate::web::page::{Page, PageSeed};
use crate::web::{App, Error, html};

#[derive(Template)]
#[template(path = "roster/public.html")]
struct PublicPage {
    page: Page,
    lists: Lists,
    shows_units: bool,
}

/// The list.
pub async fn show(Extract(app): Extract<App>, request: Request) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let query = Query::of(request.uri().path(), request.uri().query());
    let lists = Lists::load(db, &query).await?;
    html(&PublicPage {
        page: PageSeed::new(&app, None, request.uri()).page("公开的脱钩名单"),
        lists,
        shows_units: false,
    })
}
