//! One parameter: its value, what rests on it, its changes, and changing it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::database::Db;
use crate::paths;
use crate::scheme::Choice;
use crate::scheme::parameters::{self, Kind, OF_POSTS, Parameter};
use crate::settings::acts::{self, Wanted};
use crate::settings::rules::{self, Refusal};
use crate::settings::store::{self, Change};
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

use super::list::coming;
use super::typed::{choices, input, read};

#[derive(Template)]
#[template(path = "settings/parameter.html")]
struct ParameterPage {
    page: Page,
    form: Form,
    parameter: &'static Parameter,
    action: Option<String>,
    value: String,
    default: String,
    coming: Vec<String>,
    rests: Vec<String>,
    tasks: Vec<String>,
    changes: Vec<ChangeView>,
    choices: Vec<Choice>,
    version: i64,
    input: &'static str,
    posts: bool,
}

struct ChangeView {
    value: String,
    effective_on: String,
    reason: String,
    by: String,
    on: String,
    in_force: &'static str,
}

/// The page.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &app, &allowed, None).await?)
}

async fn view(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    form: Option<Form>,
) -> Result<ParameterPage, Error> {
    let parameter = parameter(allowed)?;
    let today = app.clock.today();
    let values = app.scheme.campaign.values();
    let mut changes = store::changes(db).await?;
    let names = rules::names(parameter);
    changes.retain(|change| names.contains(&change.name.as_str()));
    let version = changes
        .iter()
        .filter(|change| change.name == parameter.name)
        .count();
    let later: Vec<Change> = changes
        .iter()
        .filter(|change| change.effective_on > today)
        .cloned()
        .collect();
    let form =
        form.unwrap_or_else(|| Form::filled(vec![("value".to_owned(), parameter.typed(&values))]));
    Ok(ParameterPage {
        page: allowed.page(parameter.label),
        action: action(allowed, parameter),
        value: parameter.show(&values),
        default: parameter.show(&app.scheme.campaign.defaults),
        coming: coming(parameter, &values, &later),
        tasks: rules::moved_with(&app.scheme, parameter.name),
        rests: rules::rests_on(&app.scheme, parameter.name),
        changes: told(parameter, &changes, today),
        choices: choices(parameter),
        version: i64::try_from(version).unwrap_or(i64::MAX),
        input: input(parameter.kind),
        posts: OF_POSTS.contains(&parameter.name),
        parameter,
        form,
    })
}

fn parameter(allowed: &Allowed) -> Result<&'static Parameter, Error> {
    parameters::named(allowed.param("parameter")?)
        .filter(|parameter| parameter.kind != Kind::RatioPart)
        .ok_or(Error::Missing)
}

/// Where the form goes, for those who may change this parameter.
fn action(allowed: &Allowed, parameter: &Parameter) -> Option<String> {
    let (act, path) = match parameter.kind {
        Kind::Days => (Act::CalendarChange, paths::settings::CALENDAR),
        _ => (Act::SettingsChange, paths::settings::PARAMETER),
    };
    allowed.may(act).then(|| path.at(parameter.name))
}

/// The changes, newest first; the parts of a ratio that changed together are one.
fn told(parameter: &Parameter, changes: &[Change], today: chrono::NaiveDate) -> Vec<ChangeView> {
    let own: Vec<&Change> = changes
        .iter()
        .filter(|change| change.name == parameter.name)
        .collect();
    let newest = own
        .iter()
        .find(|change| change.effective_on <= today)
        .map(|change| change.id);
    own.into_iter()
        .map(|change| {
            let together = changes.iter().filter(|other| {
                other.effective_on == change.effective_on && (other.id - change.id).abs() <= 1
            });
            let values = together
                .map(|each| (each.name.clone(), each.value.clone()))
                .chain([(change.name.clone(), change.value.clone())])
                .collect();
            ChangeView {
                value: parameter.show(&values),
                effective_on: change.effective_on.to_string(),
                reason: change.reason.clone(),
                by: change.changed_by.clone(),
                on: change.changed_on.to_string(),
                in_force: if change.effective_on > today {
                    "尚未生效"
                } else if Some(change.id) == newest {
                    "现行"
                } else {
                    "已被替代"
                },
            }
        })
        .collect()
}

/// Changes a parameter (the office's head).
pub async fn change(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    let parameter = parameter(&allowed)?;
    if parameter.kind == Kind::Days {
        return Err(Error::Missing);
    }
    take(&app, &allowed, (parameter, Act::SettingsChange), form).await
}

/// Changes the calendar (the office's head or the administrator).
pub async fn change_calendar(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    let parameter = parameter(&allowed)?;
    if parameter.kind != Kind::Days {
        return Err(Error::Missing);
    }
    take(&app, &allowed, (parameter, Act::CalendarChange), form).await
}

async fn take(
    app: &App,
    allowed: &Allowed,
    (parameter, act): (&'static Parameter, Act),
    mut form: Form,
) -> Result<Response, Error> {
    let seen = i64::from(form.version()?);
    let today = app.clock.today();
    let values = read(&mut form, parameter);
    let effective_on = form
        .date("effective_on", "生效日期")
        .check(|day| *day >= today, Refusal::Past.explain().1)
        .required("请填写生效日期。");
    let reason = form
        .text("reason", "理由和依据文件", 300)
        .required("请填写理由，有文件的写明名称和文号。");
    let (Ok(clean), Some(values)) = (form.done(), values) else {
        let view = view(&mut app.read().await?, app, allowed, Some(form)).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let wanted = Wanted {
        parameter,
        values: values(&clean),
        effective_on: effective_on.take(&clean),
        reason: reason.take(&clean),
        seen,
    };
    let path = paths::settings::PARAMETER.at(parameter.name);
    let who = allowed.who(&form, path.clone());
    let refusal = match acts::change(&app.database, &app.scheme, &who, &wanted).await? {
        Ok(()) => return Ok(redirect(&path, act)),
        Err(refusal) => refusal,
    };
    if refusal == Refusal::Stale {
        return Err(Error::Conflict(refusal.explain().1.to_owned()));
    }
    let (field, message) = refusal.explain();
    form.fail(field, parameter.label, message);
    let view = view(&mut app.read().await?, app, allowed, Some(form)).await?;
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}
