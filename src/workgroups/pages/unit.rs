//! One unit's work group, and the acts open here.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::accounts::store::departments;
use crate::database::Db;
use crate::paths;
use crate::scheme::Choice;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};
use crate::workgroups::acts;
use crate::workgroups::rules::{self, Content, Part, Refusal, Report, shows_phone};
use crate::workgroups::store::{self, Workgroup};

#[derive(Template)]
#[template(path = "workgroups/unit.html")]
struct UnitPage {
    page: Page,
    form: Form,
    unit: i64,
    name: String,
    group: Workgroup,
    parts: Vec<PartView>,
    returnable: Vec<Choice>,
    shows_phone: bool,
    all: bool,
    may: May,
    refusal: Option<&'static str>,
}

/// How a part stands and what it lacks.
struct PartView {
    label: &'static str,
    word: &'static str,
    tag: &'static str,
    on: Option<String>,
    lacks: Option<&'static str>,
    reason: Option<String>,
}

/// The acts open to this person.
struct May {
    save: bool,
    report: bool,
    note: bool,
    return_: bool,
}

/// Name of the supervising unit in the address.
pub async fn name(db: &mut Db, allowed: &Allowed) -> Result<String, Error> {
    let unit = allowed.department()?;
    departments(db)
        .await?
        .into_iter()
        .find(|each| each.id == unit && each.supervises)
        .map(|each| each.name)
        .ok_or(Error::Missing)
}

fn part_view(part: Part, content: &Content, reports: &[Report]) -> PartView {
    let report = reports.iter().find(|report| report.part == part);
    let lacks = content.lacks(part);
    let standing = rules::standing(report, lacks.is_none());
    PartView {
        label: part.label(),
        word: standing.label(),
        tag: standing.tag(),
        on: report
            .and_then(|report| report.reported_on.or(report.returned_on))
            .map(|day| day.to_string()),
        lacks,
        reason: report.and_then(|report| report.return_reason.clone()),
    }
}

async fn view(db: &mut Db, allowed: &Allowed, form: Form) -> Result<UnitPage, Error> {
    let unit = allowed.department()?;
    let name = name(db, allowed).await?;
    let group = store::workgroups(db, Some(unit))
        .await?
        .remove(&unit.0)
        .unwrap_or_else(Workgroup::blank);
    let reports: Vec<Report> = store::reports(db, Some(unit))
        .await?
        .into_iter()
        .map(|(_, report)| report)
        .collect();
    let with_office: Vec<&Report> = reports
        .iter()
        .filter(|report| report.reported_on.is_some())
        .collect();
    let unread = with_office.iter().any(|report| report.read_on.is_none());
    let new = !rules::to_report(&group.content, &reports).is_empty()
        || (group.unreported && !with_office.is_empty());
    let role = allowed.actor().role();
    let own = role.is_unit() && allowed.actor().department() == unit;
    let report = allowed.may(Act::WorkgroupReport);
    Ok(UnitPage {
        page: allowed.page(format!("{name}脱钩改革工作组")),
        form,
        unit: unit.0,
        name,
        parts: Part::ALL
            .into_iter()
            .map(|part| part_view(part, &group.content, &reports))
            .collect(),
        returnable: with_office
            .iter()
            .map(|report| Choice {
                value: report.part.key().to_owned(),
                label: report.part.label().to_owned(),
            })
            .collect(),
        shows_phone: shows_phone(role, own),
        all: !role.is_unit(),
        may: May {
            save: allowed.may(Act::WorkgroupSave),
            report: report && new,
            note: allowed.may(Act::WorkgroupNote) && unread,
            return_: allowed.may(Act::WorkgroupReturn) && !with_office.is_empty(),
        },
        refusal: (report && !new).then(|| Refusal::NothingNew.explain()),
        group,
    })
}

/// The page.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &allowed, Form::default()).await?)
}

fn finish(outcome: Result<(), Refusal>, path: &str, act: Act) -> Result<Response, Error> {
    match outcome {
        Ok(()) => Ok(redirect(path, act)),
        Err(refusal) => Err(Error::Conflict(refusal.explain().to_owned())),
    }
}

/// The leader reports.
pub async fn report(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let unit = allowed.department()?;
    let version = form.version()?;
    let path = paths::workgroups::WORKGROUP.at(unit);
    let who = allowed.who(&form, path.clone());
    let outcome = acts::report(&app.database, &who, (unit, version)).await?;
    finish(outcome, &path, Act::WorkgroupReport)
}

/// The office has read it.
pub async fn note(State(app): State<App>, allowed: Allowed, form: Form) -> Result<Response, Error> {
    let unit = allowed.department()?;
    let path = paths::workgroups::WORKGROUP.at(unit);
    let who = allowed.who(&form, path.clone());
    let outcome = acts::note(&app.database, &who, unit).await?;
    finish(outcome, &path, Act::WorkgroupNote)
}

/// The office sends parts back.
pub async fn return_(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let keys = form.ticks("part", "退回的部分", &Part::ALL.map(Part::key));
    if keys.is_empty() {
        form.fail("part", "退回的部分", "请选择要退回的部分。");
    }
    let reason = form
        .text("reason", "退回的理由", 500)
        .required("请写明退回的理由。");
    let Ok(clean) = form.done() else {
        let view = view(&mut app.read().await?, &allowed, form).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let parts: Vec<Part> = keys.iter().filter_map(|key| Part::from_key(key)).collect();
    let unit = allowed.department()?;
    let path = paths::workgroups::WORKGROUP.at(unit);
    let who = allowed.who(&form, path.clone());
    let reason = reason.take(&clean);
    let outcome = acts::return_(&app.database, &who, unit, (&parts, &reason)).await?;
    finish(outcome, &path, Act::WorkgroupReturn)
}
