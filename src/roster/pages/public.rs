//! The published list for anybody: no personal data, no menu (LI-7).

use askama::Template;
use axum::extract::{Request, State as Extract};
use axum::response::Response;

use crate::clock::chinese_date;
use crate::roster::store::{self, Published};
use crate::web::page::{Page, PageSeed};
use crate::web::{App, Error, html};

#[derive(Template)]
#[template(path = "roster/public.html")]
struct PublicPage {
    page: Page,
    rows: Vec<Published>,
    publications: Vec<String>,
}

/// The list.
pub async fn show(Extract(app): Extract<App>, request: Request) -> Result<Response, Error> {
    let rows = store::published(app.database.pool(), app.database.campaign().0).await?;
    html(&PublicPage {
        page: PageSeed::new(&app, None, request.uri()).page("脱钩名单"),
        publications: publications(&rows),
        rows,
    })
}

/// Title, number and date of each publication, once.
#[must_use]
pub fn publications(rows: &[Published]) -> Vec<String> {
    let mut named: Vec<String> = rows
        .iter()
        .map(|row| {
            format!(
                "{}（{}年第{}号，{}）",
                row.title,
                row.year,
                row.number,
                chinese_date(row.published_on)
            )
        })
        .collect();
    named.dedup();
    named
}
