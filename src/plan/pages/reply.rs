//! The reply as the document that was signed.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::Response;

use crate::clock::chinese_date;
use crate::plan::reply::{self, Letter};
use crate::plan::store;
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, html};

#[derive(Template)]
#[template(path = "plan/reply.html")]
struct ReplyPage {
    page: Page,
    association: i64,
    name: String,
    red_head: String,
    number: String,
    letter: Letter,
    date: String,
}

/// The reply; there is none before the office has decided.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let plan = store::plan(db, allowed.association()?)
        .await?
        .ok_or(Error::Missing)?;
    let (Some(number), Some(text), Some(on)) =
        (plan.reply_number, plan.reply_text, plan.replied_on)
    else {
        return Err(Error::Missing);
    };
    html(&ReplyPage {
        page: allowed.page(format!("批复 {number}")),
        association: plan.association.0,
        name: plan.association_name,
        red_head: reply::office(&app.scheme.campaign.region_name),
        number,
        letter: Letter::read(&text),
        date: chinese_date(on),
    })
}
