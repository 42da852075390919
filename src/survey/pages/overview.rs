//! The survey at a glance: sections with their state, findings with the way to
//! mend them, opinions, and the acts open to this person.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::Response;

use crate::access::Act;
use crate::clock::stamp;
use crate::database::Db;
use crate::paths;
use crate::registry::store::{self as registry, Brief};
use crate::scheme::{Scheme, Section, Severity};
use crate::survey::rules::{self, State};
use crate::survey::store::{self, Opinion, Survey};
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, Form, html};

#[derive(Template)]
#[template(path = "survey/overview.html")]
pub(super) struct OverviewPage {
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
    may_save: bool,
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

/// The page.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &app, &allowed, Form::default()).await?)
}

pub(super) async fn view(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    form: Form,
) -> Result<OverviewPage, Error> {
    let id = allowed.association()?;
    let brief = registry::brief(db, id).await?.ok_or(Error::Missing)?;
    let survey = store::current(db, id).await?;
    let state = survey.as_ref().map(|survey| survey.state);
    let may_save = allowed.may(Act::SurveySave)
        && state.is_none_or(|state| rules::next(state, Act::SurveySave).is_some());
    let to_mend = match &survey {
        Some(survey) if survey.state == State::Returned && concerns(allowed) => {
            store::opinions(db, survey.id).await?
        }
        _ => Vec::new(),
    };
    let (errors, warnings) = findings(&app.scheme, &brief, survey.as_ref(), may_save);
    let open_to =
        |act| allowed.may(act) && state.is_some_and(|state| rules::next(state, act).is_some());
    Ok(OverviewPage {
        page: allowed.page(format!("{}的摸底调查", brief.name)),
        form,
        state: state.map_or("未开始", State::label),
        edition: survey.as_ref().map_or(1, |survey| survey.edition),
        signed: survey.as_ref().and_then(signed),
        tasks: tasks(&app.scheme, &brief, (survey.as_ref(), &to_mend), may_save),
        errors,
        warnings,
        open: buttons(app, allowed, &brief, survey.as_ref()),
        may_explain: open_to(Act::SurveyExplain),
        may_return: open_to(Act::SurveyReturn),
        may_reopen: open_to(Act::SurveyReopen),
        may_save,
        begun: survey.is_some(),
        association: brief,
    })
}

/// Errors and warnings, for those who mend them with the way to the question.
fn findings(
    scheme: &Scheme,
    brief: &Brief,
    survey: Option<&Survey>,
    may_save: bool,
) -> (Vec<FindingView>, Vec<WarningView>) {
    let (mut errors, mut warnings) = (Vec::new(), Vec::new());
    let Some(survey) = survey else {
        return (errors, warnings);
    };
    for finding in rules::findings(scheme, &survey.answers.0) {
        let field = finding.fields.first().filter(|_| may_save);
        let link = field.and_then(|field| {
            let section = section_of(scheme, field)?;
            let page = paths::survey::SECTION.at(brief.id, section);
            Some(format!("{page}#f-{field}"))
        });
        if finding.severity == Severity::Error {
            errors.push(FindingView {
                severity: "error",
                sentence: finding.message,
                link,
            });
        } else {
            warnings.push(WarningView {
                explanation: survey.acknowledged.0.get(&finding.code).cloned(),
                code: finding.code,
                sentence: finding.message,
                link,
            });
        }
    }
    (errors, warnings)
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

/// Those who mend a returned survey and those who returned it read why.
fn concerns(allowed: &Allowed) -> bool {
    [Act::SurveySave, Act::SurveySubmit, Act::SurveyReturn]
        .into_iter()
        .any(|act| allowed.may(act))
}

fn tasks(
    scheme: &Scheme,
    brief: &Brief,
    (survey, to_mend): (Option<&Survey>, &[Opinion]),
    may_save: bool,
) -> Vec<TaskView> {
    let sections = scheme.survey.sections.iter();
    sections
        .map(|section| {
            let note = opinions_on(section, to_mend);
            let done = survey.is_some_and(|survey| survey.sections_done.contains(&section.code));
            let saved =
                survey.is_some_and(|survey| survey.section_versions.0.contains_key(&section.code));
            let (tag_kind, tag_label) = match (note.is_empty(), done, saved) {
                (false, _, _) => ("yellow", "有退回意见"),
                (true, true, _) => ("", "已填完"),
                (true, false, true) => ("blue", "填写中"),
                (true, false, false) => ("grey", "未填写"),
            };
            let href = if may_save {
                paths::survey::SECTION.at(brief.id, &section.code)
            } else {
                format!("{}#s-{}", paths::survey::ANSWERS.at(brief.id), section.code)
            };
            TaskView {
                href: Some(href),
                title: section.title.clone(),
                note,
                tag_kind,
                tag_label,
            }
        })
        .collect()
}

/// What the office found in a section when it returned the survey.
fn opinions_on(section: &Section, to_mend: &[Opinion]) -> String {
    let said: Vec<String> = section
        .questions
        .iter()
        .flat_map(|question| {
            let of_it = to_mend
                .iter()
                .filter(|opinion| opinion.question == question.code());
            of_it.map(|opinion| format!("{}：{}", question.label, opinion.opinion))
        })
        .collect();
    said.join("；")
}

/// The acts of one button that are open to this person, or why not yet.
fn buttons(app: &App, allowed: &Allowed, brief: &Brief, survey: Option<&Survey>) -> Vec<Button> {
    let Some(survey) = survey else {
        return Vec::new();
    };
    let offers = [
        (
            Act::SurveySubmit,
            paths::survey::SUBMISSION,
            "报送脱钩办",
            "primary",
        ),
        (
            Act::SurveyConfirm,
            paths::survey::CONFIRMATION,
            "确认摸底调查",
            "official",
        ),
    ];
    offers
        .into_iter()
        .filter(|(act, _, _, _)| allowed.may(*act) && rules::next(survey.state, *act).is_some())
        .map(|(act, path, label, kind)| Button {
            action: path.at(brief.id),
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
