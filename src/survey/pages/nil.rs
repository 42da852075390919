//! 零报告 of a unit without associations. Its button stands on the workbench; this page
//! says why it could not be filed.

use askama::Template;
use axum::extract::State as Extract;

use crate::paths;
use crate::survey::acts;
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

/// The page.
#[derive(Template)]
#[template(path = "survey/nil.html")]
pub struct NilPage {
    page: Page,
    form: Form,
}

impl View for NilPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        Ok(Self {
            page: look.allowed.page("摸底调查零报告"),
            form: form.unwrap_or_default(),
        })
    }

    fn address(_: &Allowed) -> Result<String, Error> {
        Ok(paths::dashboard::WORKBENCH.at().to_owned())
    }
}

/// Files the report.
pub async fn report(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let run = async |write, _, seen| acts::report_nil(write, seen).await;
    allowed.act::<NilPage, _, _>(&app, form, run).await
}
