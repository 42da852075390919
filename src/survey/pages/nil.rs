//! 零报告 of a unit without associations in scope: the page shows what the register has of
//! the unit, and what would be said.

use askama::Template;
use axum::extract::State as Extract;

use crate::access::Seen;
use crate::paths;
use crate::survey::acts;
use crate::survey::rules::nil::{Own, may_report, shown};
use crate::survey::store::nil as store;
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

const OWN: &[Column<Own>] = &[
    table::serial(),
    table::words("协会名称", |own: &Own| {
        Cell::link(paths::registry::ASSOCIATION.at(own.id), &own.name)
    })
    .head(),
    table::short("范围认定", |own: &Own| own.scope.label().into()),
    table::short("退出日期", |own: &Own| own.exited_on.into()),
];

/// The page.
#[derive(Template)]
#[template(path = "survey/nil.html")]
pub struct NilPage {
    page: Page,
    form: Form,
    unit: String,
    own: Table,
    reported: bool,
    /// Names of what holds it up.
    open: Vec<String>,
    seen: Seen,
}

impl View for NilPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let actor = look.allowed.actor();
        let unit = actor.department();
        let reported = store::reported(look.db, unit).await?;
        let own = store::own(look.db, unit).await?;
        Ok(Self {
            page: look.allowed.page("摸底调查零报告"),
            form: form.unwrap_or_default(),
            unit: actor.capacity.department_name.clone(),
            reported,
            open: may_report(&own).err().unwrap_or_default(),
            seen: shown(reported, &own),
            own: Table::of("本单位主管的协会", actor, OWN, &own),
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
