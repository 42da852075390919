//! All units' recommendations, the district's sum, and the published list.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::access::Act;
use crate::database::Db;
use crate::paths;
use crate::roster::acts::{self, ratio};
use crate::roster::pages::published::{Lists, publications};
use crate::roster::rules::{self, State};
use crate::roster::store::{self, UnitRow};
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

#[derive(Template)]
#[template(path = "roster/list.html")]
struct ListPage {
    page: Page,
    formula: String,
    form: Form,
    units: Vec<UnitView>,
    total: Total,
    lists: Lists,
    publications: Vec<String>,
    may: May,
    open: Vec<String>,
    may_publish: bool,
    shows_units: bool,
}

/// What else this person can do here.
struct May {
    amend: bool,
    preview: bool,
    objections: bool,
}

struct UnitView {
    row: UnitRow,
    required: i64,
    state: &'static str,
    tag: &'static str,
}

#[derive(Default)]
struct Total {
    base: i64,
    required: i64,
    chosen: i64,
}

async fn view(db: &mut Db, app: &App, allowed: &Allowed, form: Form) -> Result<ListPage, Error> {
    let (numerator, denominator) = ratio(&app.scheme);
    let units: Vec<UnitView> = store::units(db, app.scheme.campaign.parameters.issue_date)
        .await?
        .into_iter()
        .map(|row| {
            let (state, tag) = standing(&row);
            UnitView {
                required: rules::required(row.base, numerator, denominator),
                state,
                tag,
                row,
            }
        })
        .collect();
    let lists = Lists::load(db).await?;
    let total = units.iter().fold(Total::default(), |sum, unit| Total {
        base: sum.base + unit.row.base,
        required: sum.required + unit.required,
        chosen: sum.chosen + unit.row.chosen,
    });
    let decided = units
        .iter()
        .any(|unit| unit.row.state == Some(State::Approved));
    Ok(ListPage {
        page: allowed.page("脱钩名单"),
        formula: rules::formula(ratio(&app.scheme)),
        form,
        open: open(&units),
        // Recommendations under way are the office's and the readers', not the superior's (TC-71).
        shows_units: allowed.actor().role().reads_all(),
        may_publish: allowed.may(Act::RosterPublish) && decided,
        publications: publications(&lists.published),
        may: May {
            amend: allowed.may(Act::RosterAmend) && !lists.published.is_empty(),
            preview: allowed.may(Act::RosterPreview),
            objections: allowed.may(Act::ObjectionRead),
        },
        units,
        total,
        lists,
    })
}

fn standing(row: &UnitRow) -> (&'static str, &'static str) {
    match row.state {
        _ if row.base == 0 => ("无任务", "grey"),
        None => (State::Draft.label(), "yellow"),
        Some(state) => (
            state.label(),
            if matches!(state, State::Approved | State::Published) {
                "green"
            } else {
                "yellow"
            },
        ),
    }
}

/// Units with a task that the office has not decided on.
fn open(units: &[UnitView]) -> Vec<String> {
    units
        .iter()
        .filter(|unit| {
            unit.row.base > 0 && !matches!(unit.row.state, Some(State::Approved | State::Published))
        })
        .map(|unit| unit.row.name.clone())
        .collect()
}

/// The page; a unit is sent to its own recommendation.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    if allowed.actor().role().is_unit() {
        return Ok(
            Redirect::to(&paths::roster::RECOMMENDATIONS.at(allowed.actor().department()))
                .into_response(),
        );
    }
    html(&view(db, &app, &allowed, Form::default()).await?)
}

/// Publishes what was decided.
pub async fn publish(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let page = view(&mut app.read().await?, &app, &allowed, Form::default()).await?;
    let title = form.text("title", "标题", 100).required("请填写名单标题。");
    let despite = form.text("despite", "理由", 500).optional();
    let Ok(clean) = form.done() else {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &ListPage { form, ..page });
    };
    let despite = despite.take(&clean);
    let who = allowed.who(&form, paths::roster::ROSTER.at());
    match acts::publish(
        &app.database,
        &app.scheme,
        &who,
        (&title.take(&clean), despite.as_deref()),
        &page.open,
    )
    .await?
    {
        Ok(_) => Ok(redirect(paths::roster::ROSTER.at(), Act::RosterPublish)),
        Err(refusal) => {
            form.fail("despite", "理由", refusal.explain());
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &ListPage { form, ..page })
        }
    }
}
