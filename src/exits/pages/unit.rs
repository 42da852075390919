//! Changing the responsible unit (TC-62).

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::accounts::store::departments;
use crate::database::Db;
use crate::exits::handover::{self, Handover};
use crate::ids::DepartmentId;
use crate::paths;
use crate::registry::store::{self as registry, Brief, Period};
use crate::scheme::Choice;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

#[derive(Template)]
#[template(path = "exits/unit.html")]
struct UnitPage {
    page: Page,
    form: Form,
    association: Brief,
    periods: Vec<Period>,
    units: Vec<Choice>,
}

async fn view(db: &mut Db, allowed: &Allowed, form: Form) -> Result<UnitPage, Error> {
    let id = allowed.association()?;
    let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
    let units = departments(db)
        .await?
        .into_iter()
        .filter(|unit| unit.supervises && unit.id != association.department)
        .map(|unit| Choice {
            value: unit.id.to_string(),
            label: unit.name,
        })
        .collect();
    Ok(UnitPage {
        page: allowed.page("变更业务主管单位"),
        form,
        periods: registry::periods(db, id).await?,
        association,
        units,
    })
}

/// The form.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &allowed, Form::default()).await?)
}

/// Changes the unit.
pub async fn change(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let version = form.version()?;
    let page = view(&mut app.read().await?, &allowed, Form::default()).await?;
    let today = app.clock.today();
    let offered: Vec<&str> = page.units.iter().map(|unit| unit.value.as_str()).collect();
    let to = form
        .choice("unit", "新的业务主管单位", &offered)
        .required("请选择新的业务主管单位。");
    let on = form
        .date("on", "变更日期")
        .check(|day| *day <= today, "变更日期不能晚于今天。")
        .required("请填写变更日期。");
    let document = form
        .text("document", "变更文件", 100)
        .required("请填写变更文件的名称和文号。");
    let document_date = form
        .date("document_date", "文件日期")
        .check(|day| *day <= today, "文件日期不能晚于今天。")
        .required("请填写文件日期。");
    let Ok(clean) = form.done() else {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &UnitPage { form, ..page });
    };
    let chosen = to.take(&clean);
    let handover = Handover {
        to_name: crate::scheme::survey::label_of(&page.units, &chosen).to_owned(),
        to: DepartmentId(chosen.parse().map_err(|_| Error::Missing)?),
        on: on.take(&clean),
        document: document.take(&clean),
        document_date: document_date.take(&clean),
    };
    let id = allowed.association()?;
    let path = paths::registry::ASSOCIATION.at(id);
    let who = allowed.who(&form, path.clone());
    match handover::hand_over(&app.database, &who, (id, version), &handover).await? {
        Ok(()) => Ok(redirect(&path, Act::UnitChange)),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}
