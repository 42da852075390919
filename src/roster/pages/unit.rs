//! One unit's recommendation with its arithmetic, and the acts open here.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::accounts::store::departments;
use crate::database::Db;
use crate::ids::AssociationId;
use crate::paths;
use crate::roster::acts::{self, ratio};
use crate::roster::rules::{self, Arithmetic, Candidate, Refusal, State};
use crate::roster::store;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

#[derive(Template)]
#[template(path = "roster/unit.html")]
struct UnitPage {
    page: Page,
    formula: String,
    form: Form,
    unit: i64,
    name: String,
    rows: Vec<Row>,
    sum: Arithmetic,
    state: State,
    excused: Option<String>,
    undecided: Vec<(i64, String)>,
    frozen: Option<String>,
    refusal: Option<String>,
    may: May,
    links: bool,
    submission: String,
}

struct Row {
    candidate: Candidate,
    mandatory: Option<&'static str>,
    reason_name: String,
    reason_label: String,
}

/// The acts open to this person now.
struct May {
    save: bool,
    submit: bool,
    return_: bool,
    override_: bool,
    approve: bool,
}

async fn view(db: &mut Db, app: &App, allowed: &Allowed, form: Form) -> Result<UnitPage, Error> {
    let unit = allowed.department()?;
    let name = departments(db)
        .await?
        .into_iter()
        .find(|each| each.id == unit && each.supervises)
        .map(|each| each.name)
        .ok_or(Error::Missing)?;
    let issued = app.scheme.campaign.parameters.issue_date;
    let recommendation = store::recommendation(db, unit).await?;
    let state = recommendation
        .as_ref()
        .map_or(State::Draft, |recommendation| recommendation.state);
    let candidates = store::candidates(db, unit, &app.scheme.campaign.parameters).await?;
    let excused = recommendation.and_then(|recommendation| recommendation.override_reason);
    let refusal = rules::may_submit(&candidates, ratio(&app.scheme), excused.is_some()).err();
    let open =
        |act| allowed.may(act) && rules::next(state, act).is_some() && !candidates.is_empty();
    let base = candidates.len();
    Ok(UnitPage {
        page: allowed.page(format!("{name}推荐名单")),
        formula: rules::formula(ratio(&app.scheme)),
        form,
        unit: unit.0,
        name,
        sum: rules::arithmetic(&candidates, ratio(&app.scheme)),
        may: May {
            save: open(Act::RosterSave),
            submit: open(Act::RosterSubmit),
            return_: open(Act::RosterReturn),
            override_: open(Act::RosterOverride) && excused.is_none(),
            approve: open(Act::RosterApprove),
        },
        rows: candidates
            .into_iter()
            .map(|candidate| Row {
                mandatory: rules::mandatory(&candidate, base).map(rules::Mandatory::label),
                reason_name: format!("reason.{}", candidate.id),
                reason_label: format!("{}列入后续批次的理由", candidate.name),
                candidate,
            })
            .collect(),
        state,
        excused,
        undecided: store::undecided(db, unit, issued).await?,
        frozen: frozen(db, unit.0).await?,
        refusal: refusal.map(|refusal| refusal.explain()),
        links: allowed.may(Act::RegistryList),
        submission: paths::roster::SUBMISSION.at(unit),
    })
}

/// The base as the cut-off froze it, in words (LI-11).
async fn frozen(db: &mut Db, unit: i64) -> Result<Option<String>, sqlx::Error> {
    let frozen = store::amendments::frozen(db, unit).await?;
    Ok(frozen.map(|(base, undecided, on)| {
        format!("截止日{on}的基数B={base}，待定{undecided}个，已冻结")
    }))
}

/// The page.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &app, &allowed, Form::default()).await?)
}

fn finish(outcome: Result<(), Refusal>, unit: i64, act: Act) -> Result<Response, Error> {
    match outcome {
        Ok(()) => Ok(redirect(&paths::roster::RECOMMENDATIONS.at(unit), act)),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}

/// Ticked associations among those of the page.
fn ticked(form: &mut Form, page: &UnitPage) -> Vec<AssociationId> {
    let ids: Vec<String> = page
        .rows
        .iter()
        .map(|row| row.candidate.id.to_string())
        .collect();
    let offered: Vec<&str> = ids.iter().map(String::as_str).collect();
    let chosen = form.ticks("listed", "协会", &offered);
    chosen
        .iter()
        .filter_map(|id| id.parse().ok().map(AssociationId))
        .collect()
}

/// Saves the choice; who comes later needs a reason.
pub async fn save(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let page = view(&mut app.read().await?, &app, &allowed, Form::default()).await?;
    let listed = ticked(&mut form, &page);
    let mut slots = Vec::new();
    for row in &page.rows {
        let id = row.candidate.id;
        let taken = row.mandatory.is_some() || listed.contains(&id);
        let reason = form.text(&format!("reason.{id}"), &row.candidate.name, 200);
        slots.push((
            id,
            taken,
            if taken {
                Err(reason.optional())
            } else {
                Ok(reason.required("列入后续批次的，请写明理由。"))
            },
        ));
    }
    let Ok(clean) = form.done() else {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &UnitPage { form, ..page });
    };
    let chosen: Vec<(AssociationId, String)> = slots
        .into_iter()
        .map(|(id, _, slot)| {
            (
                id,
                slot.map_or_else(|_| String::new(), |reason| reason.take(&clean)),
            )
        })
        .collect();
    let unit = allowed.department()?;
    let outcome = acts::save(
        &app.database,
        &app.scheme,
        &allowed.who(&form, paths::roster::RECOMMENDATIONS.at(unit)),
        unit,
        &chosen,
    )
    .await?;
    finish(outcome, unit.0, Act::RosterSave)
}

/// Signs and sends it.
pub async fn submit(
    Extract(app): Extract<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    let unit = allowed.department()?;
    let outcome = acts::submit(
        &app.database,
        &app.scheme,
        &allowed.who(&form, paths::roster::RECOMMENDATIONS.at(unit)),
        unit,
    )
    .await?;
    finish(outcome, unit.0, Act::RosterSubmit)
}

/// Sends it back.
pub async fn return_(
    Extract(app): Extract<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    with_reason(&app, &allowed, form, Act::RosterReturn).await
}

/// Excuses the number.
pub async fn override_(
    Extract(app): Extract<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    with_reason(&app, &allowed, form, Act::RosterOverride).await
}

async fn with_reason(
    app: &App,
    allowed: &Allowed,
    mut form: Form,
    act: Act,
) -> Result<Response, Error> {
    let reason = form.text("reason", "理由", 500).required("请写明理由。");
    let Ok(clean) = form.done() else {
        let page = view(&mut app.read().await?, app, allowed, Form::default()).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &UnitPage { form, ..page });
    };
    let unit = allowed.department()?;
    let who = allowed.who(&form, paths::roster::RECOMMENDATIONS.at(unit));
    let reason = reason.take(&clean);
    let outcome = if act == Act::RosterReturn {
        acts::return_(&app.database, &app.scheme, &who, unit, &reason).await?
    } else {
        acts::override_(&app.database, &app.scheme, &who, unit, &reason).await?
    };
    finish(outcome, unit.0, act)
}

/// Decides which are on the list.
pub async fn approve(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let page = view(&mut app.read().await?, &app, &allowed, Form::default()).await?;
    let mut listed = ticked(&mut form, &page);
    listed.extend(
        page.rows
            .iter()
            .filter(|row| row.mandatory.is_some())
            .map(|row| row.candidate.id),
    );
    listed.sort();
    listed.dedup();
    if form.done().is_err() {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &UnitPage { form, ..page });
    }
    let unit = allowed.department()?;
    let outcome = acts::approve(
        &app.database,
        &app.scheme,
        &allowed.who(&form, paths::roster::RECOMMENDATIONS.at(unit)),
        unit,
        &listed,
    )
    .await?;
    finish(outcome, unit.0, Act::RosterApprove)
}
