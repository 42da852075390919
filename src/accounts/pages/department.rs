//! A department's name: put right, or changed from a day on.

use askama::Template;
use axum::extract::State;

use crate::access::Act;
use crate::accounts::acts;
use crate::accounts::store::names::{self, Named, Valid};
use crate::ids::DepartmentId;
use crate::paths;
use crate::scheme::Choice;
use crate::web::conflict::{Line, Theirs};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::because;
use super::departments::{NAME, SHORT_NAME};

const PERIODS: &[Column<Valid>] = &[
    table::words("名称", |valid: &Valid| (&valid.name).into()).head(),
    table::words("简称", |valid: &Valid| (&valid.short_name).into()),
    table::short("起", |valid: &Valid| valid.since.into()),
    table::short("止", |valid: &Valid| match valid.until {
        Some(until) => until.into(),
        None => Cell::plain("现行"),
    }),
    table::words("依据", |valid: &Valid| (&valid.document).into()),
];

/// The form.
#[derive(Template)]
#[template(path = "accounts/department.html")]
pub struct DepartmentPage {
    page: Page,
    form: Form,
    id: DepartmentId,
    named: Named,
    periods: Table,
    bases: Vec<Choice>,
}

fn current(named: &Named) -> Vec<(Line, String)> {
    let mut lines = vec![
        (NAME.into(), named.name.clone()),
        (SHORT_NAME.into(), named.short_name.clone()),
    ];
    lines.extend(because::lines());
    lines
}

impl View for DepartmentPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let id = look.allowed.department()?;
        let named = names::named(look.db, id).await?.ok_or(Error::Missing)?;
        let periods = names::valid(look.db, id).await?;
        Ok(Self {
            page: look.allowed.page(format!("修改{}", named.name)),
            form: form.unwrap_or_else(|| Form::of_lines(current(&named))),
            id,
            periods: Table::of("历次名称", look.allowed.actor(), PERIODS, &periods),
            bases: because::bases(),
            named,
        })
    }

    fn theirs(&self) -> Option<Theirs> {
        Some(Theirs::lines(self.named.version, current(&self.named)))
    }

    fn address(_: &Allowed) -> Result<String, Error> {
        Ok(paths::accounts::DEPARTMENTS.to_string())
    }
}

/// Names it otherwise.
pub async fn change(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.department()?;
    let (name, short_name) = (NAME.read(&mut form), SHORT_NAME.read(&mut form));
    let said = because::read(&mut form, app.clock.today());
    let run = async |write, clean, seen| {
        let (name, short_name) = (name.take(&clean), short_name.take(&clean));
        let because = said.because(&clean);
        acts::departments::rename(write, id, seen, (&name, &short_name), &because).await
    };
    allowed.act::<DepartmentPage, _, _>(&app, form, run).await
}
