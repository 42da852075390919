//! The survey at a glance: sections with their state, findings with the way to
//! mend them, opinions, and the acts open to this person.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::clock::stamp;
use crate::registry::store::{self as registry, Brief};
use crate::scheme::{Scheme, Severity};
use crate::survey::acts;
use crate::survey::rules::{self, Refusal, State};
use crate::survey::store::{self, Survey};
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

#[derive(Template)]
#[template(path = "survey/overview.html")]
struct OverviewPage {
    page: Page,
    association: Brief,
    form: Form,
    state: &'static str,
    edition: i32,
    signed: Option<String>,
    tasks: Vec<TaskView>,
    errors: Vec<FindingView>,
    warnings: Vec<WarningView>,
    open: Vec<Button>,
    may_explain: bool,
    may_return: bool,
    may_reopen: bool,
    begun: bool,
}

struct TaskView {
    href: Option<String>,
    title: String,
    note: String,
    tag_kind: &'static str,
    tag_label: &'static str,
}

struct FindingView {
    severity: &'static str,
    sentence: String,
    link: Option<String>,
}

struct WarningView {
    code: String,
    sentence: String,
    link: Option<String>,
    explanation: Option<String>,
}

struct Button {
    action: String,
    label: &'static str,
    kind: &'static str,
    refusal: Option<String>,
}

fn address(brief: &Brief, tail: &str) -> String {
    format!("/associations/{}/survey{tail}", brief.id)
}

/// The page.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    html(&view(&app, &allowed, Form::default()).await?)
}

async fn view(app: &App, allowed: &Allowed, form: Form) -> Result<OverviewPage, Error> {
    let (pool, campaign) = (app.database.pool(), app.database.campaign().0);
    let id = allowed.association()?;
    let brief = registry::brief(pool, campaign, id)
        .await?
        .ok_or(Error::Missing)?;
    let survey = store::current(pool, campaign, id).await?;
    let state = survey.as_ref().map(|survey| survey.state);
    let may_save = allowed.may(Act::SurveySave)
        && state.is_none_or(|state| rules::next(state, Act::SurveySave).is_some());
    let empty = BTreeMap::new();
    let findings = survey
        .as_ref()
        .map(|survey| rules::findings(&app.scheme, &survey.answers.0))
        .unwrap_or_default();
    let acknowledged = survey
        .as_ref()
        .map_or(&empty, |survey| &survey.acknowledged.0);
    let link = |field: Option<&String>| {
        let field = field.filter(|_| may_save)?;
        let section = section_of(&app.scheme, field)?;
        Some(address(&brief, &format!("/sections/{section}#f-{field}")))
    };
    let (errors, warnings): (Vec<_>, Vec<_>) = findings
        .iter()
        .partition(|finding| finding.severity == Severity::Error);
    let open_to =
        |act| allowed.may(act) && state.is_some_and(|state| rules::next(state, act).is_some());
    Ok(OverviewPage {
        page: allowed.page(format!("{}的摸底调查", brief.name)),
        form,
        state: state.map_or("未开始", State::label),
        edition: survey.as_ref().map_or(1, |survey| survey.edition),
        signed: survey.as_ref().and_then(signed),
        tasks: tasks(app, &brief, survey.as_ref(), may_save),
        errors: errors
            .into_iter()
            .map(|finding| FindingView {
                severity: "error",
                sentence: finding.message.clone(),
                link: link(finding.fields.first()),
            })
            .collect(),
        warnings: warnings
            .into_iter()
            .map(|finding| WarningView {
                code: finding.code.clone(),
                sentence: finding.message.clone(),
                link: link(finding.fields.first()),
                explanation: acknowledged.get(&finding.code).cloned(),
            })
            .collect(),
        open: buttons(app, allowed, &brief, survey.as_ref()),
        may_explain: open_to(Act::SurveyExplain),
        may_return: open_to(Act::SurveyReturn),
        may_reopen: open_to(Act::SurveyReopen),
        begun: survey.is_some(),
        association: brief,
    })
}

fn signed(survey: &Survey) -> Option<String> {
    let who = survey.submitted_by.as_ref()?;
    let at = survey.submitted_at?;
    Some(format!("{who}于{}报送", stamp(at)))
}

/// The section in which a question stands.
#[must_use]
pub fn section_of<'a>(scheme: &'a Scheme, question: &str) -> Option<&'a str> {
    scheme
        .survey
        .sections
        .iter()
        .find(|section| section.questions.iter().any(|each| each.code() == question))
        .map(|section| section.code.as_str())
}

fn tasks(app: &App, brief: &Brief, survey: Option<&Survey>, may_save: bool) -> Vec<TaskView> {
    app.scheme
        .survey
        .sections
        .iter()
        .map(|section| {
            let done = survey.is_some_and(|survey| survey.sections_done.contains(&section.code));
            let saved =
                survey.is_some_and(|survey| survey.section_versions.0.contains_key(&section.code));
            let (tag_kind, tag_label) = match (done, saved) {
                (true, _) => ("", "已填完"),
                (false, true) => ("blue", "填写中"),
                (false, false) => ("grey", "未填写"),
            };
            let tail = if may_save {
                format!("/sections/{}", section.code)
            } else {
                format!("/answers#s-{}", section.code)
            };
            TaskView {
                href: Some(address(brief, &tail)),
                title: section.title.clone(),
                note: String::new(),
                tag_kind,
                tag_label,
            }
        })
        .collect()
}

/// The acts of one button that are open to this person, or why not yet.
fn buttons(app: &App, allowed: &Allowed, brief: &Brief, survey: Option<&Survey>) -> Vec<Button> {
    let Some(survey) = survey else {
        return Vec::new();
    };
    let offers = [
        (Act::SurveySubmit, "/submission", "报送脱钩办", "primary"),
        (
            Act::SurveyConfirm,
            "/confirmation",
            "确认摸底调查",
            "official",
        ),
    ];
    offers
        .into_iter()
        .filter(|(act, _, _, _)| allowed.may(*act) && rules::next(survey.state, *act).is_some())
        .map(|(act, tail, label, kind)| Button {
            action: address(brief, tail),
            label,
            kind,
            refusal: (act == Act::SurveySubmit)
                .then(|| {
                    rules::may_submit(
                        &app.scheme,
                        &survey.answers.0,
                        &survey.acknowledged.0,
                        &survey.sections_done,
                    )
                    .err()
                })
                .flatten()
                .map(|refusal| refusal.explain()),
        })
        .collect()
}

/// Explains the warnings that are filled in.
pub async fn explain(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let id = allowed.association()?;
    let mut sentences = BTreeMap::new();
    for check in &app.scheme.survey.checks {
        let code = check.code();
        if form.raw(code).is_none() {
            continue;
        }
        let sentence = form
            .text(code, "说明", 500)
            .check(
                |text| text.chars().count() >= 4,
                "请用一句话说明原因或安排。",
            )
            .optional();
        sentences.insert(code.to_owned(), sentence);
    }
    let Ok(clean) = form.done() else {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &view(&app, &allowed, form).await?,
        );
    };
    let sentences: BTreeMap<String, String> = sentences
        .into_iter()
        .filter_map(|(code, slot)| Some((code, slot.take(&clean)?)))
        .collect();
    let path = format!("/associations/{id}/survey");
    let outcome = acts::explain(
        &app.database,
        &allowed.who(&form, path.clone()),
        id,
        &sentences,
    )
    .await?;
    finish(outcome, &path, Act::SurveyExplain)
}

/// Every act answers alike: back to the survey, or 409 with the reason.
fn finish(outcome: Result<(), Refusal>, path: &str, act: Act) -> Result<Response, Error> {
    match outcome {
        Ok(()) => Ok(redirect(path, act)),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}

/// Signs and sends the survey.
pub async fn submit(
    Extract(app): Extract<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    let id = allowed.association()?;
    let path = format!("/associations/{id}/survey");
    let outcome = acts::submit(
        &app.database,
        &app.scheme,
        &allowed.who(&form, path.clone()),
        id,
    )
    .await?;
    finish(outcome, &path, Act::SurveySubmit)
}

/// Confirms the survey.
pub async fn confirm(
    Extract(app): Extract<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    let id = allowed.association()?;
    let path = format!("/associations/{id}/survey");
    let outcome = acts::confirm(&app.database, &allowed.who(&form, path.clone()), id).await?;
    finish(outcome, &path, Act::SurveyConfirm)
}

/// Begins a new edition.
pub async fn reopen(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let id = allowed.association()?;
    let reason = form
        .text("reason", "理由", 500)
        .required("请写明重新开启的理由。");
    let Ok(clean) = form.done() else {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &view(&app, &allowed, form).await?,
        );
    };
    let path = format!("/associations/{id}/survey");
    let outcome = acts::reopen(
        &app.database,
        &allowed.who(&form, path.clone()),
        id,
        &reason.take(&clean),
    )
    .await?;
    finish(outcome, &path, Act::SurveyReopen)
}
