//! All units: who has a work group, a liaison officer, a timetable, a risk plan.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect};
use chrono::NaiveDate;

use crate::accounts::store::{Department, departments};
use crate::paths;
use crate::web::hands::{self, Asked};
use crate::web::held::Held;
use crate::web::page::Page;
use crate::web::table::Cell;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View, view};
use crate::workgroups::rules::{Part, Report, standing};
use crate::workgroups::store;

/// The office's page.
#[derive(Template)]
#[template(path = "workgroups/list.html")]
pub struct ListPage {
    page: Page,
    units: Vec<UnitView>,
    reported: [(&'static str, usize); 4],
}

struct UnitView {
    id: i64,
    name: String,
    parts: [PartView; 4],
    hand: Cell,
    unreported: bool,
}

/// How a part of a unit stands.
struct PartView {
    state: Held,
    on: Option<NaiveDate>,
}

impl View for ListPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let asked = (look.app, look.allowed);
        let groups = store::workgroups(look.db, None).await?;
        let reports = store::reports(look.db, None).await?;
        let mut units = departments(look.db).await?;
        units.retain(|department| department.supervises);
        let ids: Vec<i64> = units.iter().map(|unit| unit.id.0).collect();
        let kinds = Part::ALL.map(Part::key);
        let hands = hands::listed(look.db, asked, Asked::Cases(&kinds, &ids)).await?;
        let view = |department: Department| {
            let id = department.id.0;
            let group = groups.get(&id);
            let part = |part: Part| {
                let own = |(unit, report): &&(i64, Report)| *unit == id && report.part == part;
                let report = reports.iter().find(own).map(|(_, report)| report);
                let complete = group.is_some_and(|group| group.content.lacks(part).is_none());
                let standing = standing(report, complete);
                PartView {
                    state: hands.held(part.key(), id, standing),
                    on: report.and_then(Report::on),
                }
            };
            UnitView {
                id,
                parts: Part::ALL.map(part),
                hand: hands::cell(hands.of_kinds(&kinds, id).as_ref()),
                unreported: group.is_some_and(|group| group.unreported),
                name: department.short_name,
            }
        };
        let reported = |part: Part| {
            let with = reports
                .iter()
                .filter(|(_, report)| report.part == part && report.reported_on.is_some());
            (part.label(), with.count())
        };
        Ok(Self {
            page: look.allowed.page("脱钩改革工作组"),
            units: units.into_iter().map(view).collect(),
            reported: Part::ALL.map(reported),
        })
    }
}

/// The office's page; a unit is sent to its own.
pub async fn show(app: State<App>, allowed: Allowed) -> Answer {
    if allowed.actor().role().is_unit() {
        let own = paths::workgroups::WORKGROUP.at(allowed.actor().department());
        return Ok(Redirect::to(&own).into_response());
    }
    view::show::<ListPage>(app, allowed).await
}
