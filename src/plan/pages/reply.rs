//! The reply as the document that was signed.

use askama::Template;

use crate::clock::chinese_date;
use crate::paths;
use crate::plan::reply::{self, Letter};
use crate::plan::store;
use crate::web::page::Page;
use crate::web::{Allowed, Error, Form, Look, View};

/// The reply; there is none before the office has decided.
#[derive(Template)]
#[template(path = "plan/reply.html")]
pub struct ReplyPage {
    page: Page,
    association: i64,
    name: String,
    red_head: String,
    number: String,
    letter: Letter,
    date: String,
}

impl View for ReplyPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let plan = store::plan(look.db, look.allowed.association()?)
            .await?
            .ok_or(Error::Missing)?;
        let (Some(number), Some(text), Some(on)) =
            (plan.reply_number, plan.reply_text, plan.replied_on)
        else {
            return Err(Error::Missing);
        };
        Ok(Self {
            page: look.allowed.page(format!("批复 {number}")),
            association: plan.association.0,
            name: plan.association_name,
            red_head: reply::office(&look.app.scheme.campaign.region_name),
            number,
            letter: Letter::read(&text),
            date: chinese_date(on),
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::plan::REPLY.at(allowed.association()?))
    }
}
