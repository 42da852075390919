//! One's own phrases: the list from which they are copied, and where it is kept.

use askama::Template;
use axum::extract::State;

use crate::access::Act;
use crate::paths;
use crate::web::ask::{self, Ask};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::acts;
use super::rules::{LONGEST, STANDARD};
use super::store::{self, Phrase};

const WORDS: Ask<String> = ask::wide("words", "常用语", LONGEST)
    .hint("一句话，只有您本人能看到；不要写个人信息")
    .must("请填写常用语。");

/// The list.
#[derive(Template)]
#[template(path = "phrases/list.html")]
pub struct ListPage {
    page: Page,
    form: Form,
    own: Vec<Phrase>,
}

impl View for ListPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let account = look.allowed.actor().account;
        Ok(Self {
            page: look.allowed.page("常用语"),
            form: form.unwrap_or_default(),
            own: store::of(look.db, account).await?,
        })
    }

    fn address(_: &Allowed) -> Result<String, Error> {
        Ok(paths::phrases::PHRASES.to_string())
    }
}

/// Keeps one.
pub async fn add(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let words = WORDS.read(&mut form);
    let run = async |write, clean, _| acts::add(write, &words.take(&clean)).await;
    allowed.act::<ListPage, _, _>(&app, form, run).await
}

/// Takes one off the list.
pub async fn remove(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.number("phrase")?;
    let run = async |write, _, _| acts::remove(write, id).await;
    allowed.act::<ListPage, _, _>(&app, form, run).await
}
