//! A specialist department's field (DB-4): requests and items that wait for it,
//! the tracks it answers for, the documents it leads.

use askama::Template;
use axum::response::Response;
use chrono::NaiveDate;

use crate::access::Scope as Reach;
use crate::accounts::store::departments;
use crate::dashboard::store::{self, units};
use crate::paths;
use crate::plan::approvals;
use crate::plan::store::approvals as asked;
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, html};

use super::overview::{GridRow, Late, grid, late};

#[derive(Template)]
#[template(path = "dashboard/specialist.html")]
struct SpecialistPage {
    page: Page,
    name: String,
    requests: Vec<Request>,
    items: Vec<Late>,
    tracks: Vec<(String, String)>,
    grid: Vec<GridRow>,
    documents: Vec<String>,
    documents_due: NaiveDate,
    links: bool,
}

/// A prior approval that waits.
struct Request {
    href: String,
    association: String,
    unit: String,
    what: String,
    since: NaiveDate,
    used: i64,
    allowed: i64,
}

#[expect(
    clippy::too_many_lines,
    reason = "a view with many parts, nothing decided"
)]
pub(super) async fn show(app: &App, allowed: &Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let (actor, today) = (allowed.actor(), app.clock.today());
    let answers = |codes: &[String]| codes.iter().any(|code| code == actor.role().code());
    let measures: Vec<_> = app
        .scheme
        .measures
        .measures
        .iter()
        .filter(|measure| answers(&measure.verify))
        .collect();
    let codes: Vec<String> = measures
        .iter()
        .map(|measure| measure.code().to_owned())
        .collect();
    let tracks: Vec<(String, String)> = app
        .scheme
        .measures
        .tracks
        .iter()
        .filter(|track| {
            track.counts_in_five && measures.iter().any(|measure| measure.track == track.code)
        })
        .map(|track| (track.code.clone(), track.name.clone()))
        .collect();
    let figures = units::tracks(db, Reach::of(actor)).await?;
    let known = departments(db).await?;
    let own = known
        .iter()
        .find(|department| department.id == actor.department())
        .map(|department| department.code.clone())
        .unwrap_or_default();
    let parameters = &app.scheme.campaign.parameters;
    let waiting = asked::waiting(db, actor.department()).await?;
    let items = store::items_to_verify(db, &codes).await?;
    html(&SpecialistPage {
        page: allowed.page("进展看板"),
        name: actor.capacity.department_name.clone(),
        requests: waiting
            .into_iter()
            .map(|row| Request {
                href: paths::plan::APPROVAL.at(row.association, row.id),
                what: approvals::title(&app.scheme, &row.code),
                used: approvals::workdays(&app.scheme.campaign, row.requested_on, today),
                allowed: parameters.prior_approval_sla_workdays,
                association: row.name,
                unit: row.unit,
                since: row.requested_on,
            })
            .collect(),
        items: items.into_iter().map(|item| late(app, item)).collect(),
        grid: grid(figures, &tracks),
        tracks,
        documents: app
            .scheme
            .campaign
            .policies
            .iter()
            .filter(|policy| policy.lead == own)
            .map(|policy| policy.title.clone())
            .collect(),
        documents_due: parameters.policy_doc_due,
        links: true,
    })
}
