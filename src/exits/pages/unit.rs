//! Changing the responsible unit (TC-62).

use askama::Template;
use axum::extract::State as Extract;
use chrono::NaiveDate;

use crate::access::Act;
use crate::accounts::store::departments;
use crate::crossings::handover::{self, Handover};
use crate::database::Db;
use crate::ids::{AssociationId, DepartmentId};
use crate::paths;
use crate::registry::store::{self as registry, Brief, Period};
use crate::scheme::Choice;
use crate::web::ask::{self, Ask};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

const ON: Ask<NaiveDate> = ask::date("on", "变更日期")
    .hint("新单位负责的第一天")
    .must("请填写变更日期。");
const DOCUMENT: Ask<String> = ask::wide("document", "变更文件", 100)
    .hint("名称和文号")
    .must("请填写变更文件的名称和文号。");
const DOCUMENT_DATE: Ask<NaiveDate> =
    ask::date("document_date", "文件日期").must("请填写文件日期。");

const PERIODS: &[Column<Period>] = &[
    table::words("单位", |period: &Period| Cell::plain(&period.name)).head(),
    table::short("起", |period: &Period| period.since.into()),
    table::short("止", |period: &Period| {
        period.until.map_or_else(|| "至今".into(), Cell::from)
    }),
    table::words("文件", |period: &Period| Cell::plain(&period.document)),
];

/// The page.
#[derive(Template)]
#[template(path = "exits/unit.html")]
pub struct UnitPage {
    page: Page,
    form: Form,
    association: Brief,
    periods: Table,
    units: Vec<Choice>,
}

/// The units that an association may go to.
async fn others(db: &mut Db, id: AssociationId) -> Result<(Brief, Vec<Choice>), Error> {
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
    Ok((association, units))
}

impl View for UnitPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let id = look.allowed.association()?;
        let (association, units) = others(look.db, id).await?;
        let periods = registry::periods(look.db, id).await?;
        Ok(Self {
            page: look.allowed.page("变更业务主管单位"),
            form: form.unwrap_or_default(),
            periods: Table::of("历任业务主管单位", look.allowed.actor(), PERIODS, &periods)
                .scrolled(),
            association,
            units,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::registry::ASSOCIATION.at(allowed.association()?))
    }
}

/// Changes the unit.
pub async fn change(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let (_, units) = others(&mut app.read().await?, id).await?;
    let today = app.clock.today();
    let offered: Vec<&str> = units.iter().map(|unit| unit.value.as_str()).collect();
    let to = form
        .choice("unit", "新的业务主管单位", &offered)
        .required("请选择新的业务主管单位。");
    let on = ON.read_past(&mut form, today);
    let document = DOCUMENT.read(&mut form);
    let document_date = DOCUMENT_DATE.read_past(&mut form, today);
    let run = async |write, clean, seen| {
        let chosen = to.take(&clean);
        let handover = Handover {
            to_name: crate::scheme::survey::label_of(&units, &chosen).to_owned(),
            to: DepartmentId(chosen.parse().unwrap_or_default()),
            on: on.take(&clean),
            document: document.take(&clean),
            document_date: document_date.take(&clean),
        };
        handover::hand_over(write, id, seen, &handover).await
    };
    allowed.act::<UnitPage, _, _>(&app, form, run).await
}
