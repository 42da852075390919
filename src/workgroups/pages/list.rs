//! All units: who has a work group, a liaison officer, a timetable, a risk plan.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::accounts::store::departments;
use crate::paths;
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, html};
use crate::workgroups::rules::{Part, Report, standing};
use crate::workgroups::store;

#[derive(Template)]
#[template(path = "workgroups/list.html")]
struct ListPage {
    page: Page,
    units: Vec<UnitView>,
    reported: Vec<(&'static str, usize)>,
    heads: [&'static str; 4],
}

struct UnitView {
    id: i64,
    name: String,
    parts: Vec<PartView>,
    unreported: bool,
}

/// How a part of a unit stands.
struct PartView {
    word: &'static str,
    tag: &'static str,
    on: Option<String>,
}

/// The office's page; a unit is sent to its own.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    if allowed.actor().role().is_unit() {
        let own = paths::workgroups::WORKGROUP.at(allowed.actor().department());
        return Ok(Redirect::to(&own).into_response());
    }
    let db = &mut app.read().await?;
    let groups = store::workgroups(db, None).await?;
    let reports = store::reports(db, None).await?;
    let units: Vec<UnitView> = departments(db)
        .await?
        .into_iter()
        .filter(|department| department.supervises)
        .map(|department| {
            let group = groups.get(&department.id.0);
            let report = |part: Part| {
                reports
                    .iter()
                    .find(|(unit, report)| *unit == department.id.0 && report.part == part)
                    .map(|(_, report)| report)
            };
            UnitView {
                id: department.id.0,
                parts: Part::ALL
                    .into_iter()
                    .map(|part| {
                        let complete =
                            group.is_some_and(|group| group.content.lacks(part).is_none());
                        view(report(part), complete)
                    })
                    .collect(),
                unreported: group.is_some_and(|group| group.unreported),
                name: department.name,
            }
        })
        .collect();
    let reported = Part::ALL
        .into_iter()
        .map(|part| {
            let with = reports
                .iter()
                .filter(|(_, report)| report.part == part && report.reported_on.is_some());
            (part.label(), with.count())
        })
        .collect();
    html(&ListPage {
        page: allowed.page("脱钩改革工作组"),
        units,
        reported,
        heads: Part::ALL.map(Part::label),
    })
}

fn view(report: Option<&Report>, complete: bool) -> PartView {
    let standing = standing(report, complete);
    PartView {
        word: standing.label(),
        tag: standing.tag(),
        on: report
            .and_then(|report| report.reported_on.or(report.returned_on))
            .map(|day| day.to_string()),
    }
}
