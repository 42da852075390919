//! The survey at a glance: sections with their state, findings with the way to
//! mend them, opinions, and the acts open to this person.

use askama::Template;

use crate::access::{Act, Case as _};
use crate::accounts::store::choices;
use crate::clock::stamp;
use crate::corrections::rules::{Kind as Matter, Of, Standing};
use crate::corrections::section::Section as Correction;
use crate::database::{Db, Explain as _};
use crate::ids::AssociationId;
use crate::paths;
use crate::registry::store::{self as registry, Brief};
use crate::scheme::{Scheme, Section, Severity};
use crate::signatures::pages::{Changed, Reading};
use crate::signatures::rules::Kind;
use crate::signatures::store as signatures;
use crate::survey::rules::{self, Refusal, State, section_of};
use crate::survey::store::{self, Opinion, Survey};
use crate::web::ask::{self, Ask};
use crate::web::offers::{Offer, Offers};
use crate::web::page::Page;
use crate::web::{Allowed, Error, Form, Look, View};

use super::handing::{self, BACK, Said};

/// Why a new edition is begun.
pub(super) const REASON: Ask<String> = ask::wide("reason", "重新开启的理由", 500)
    .hint("开启后生成新一版，已确认的一版保留可查")
    .must("请写明重新开启的理由。");

/// The page.
#[derive(Template)]
#[template(path = "survey/overview.html")]
pub struct OverviewPage {
    page: Page,
    association: Brief,
    form: Form,
    state: &'static str,
    edition: i32,
    version: i32,
    signed: Option<String>,
    said: Said,
    changed: Vec<Changed>,
    tasks: Vec<TaskView>,
    errors: Vec<FindingView>,
    warnings: Vec<WarningView>,
    /// Why it cannot be submitted now, where this person could.
    submission: Option<Result<(), String>>,
    offers: Vec<Offer>,
    correction: Correction,
    may_explain: bool,
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

impl View for OverviewPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed, scheme) = (look.db, look.allowed, &look.app.scheme);
        let id = allowed.association()?;
        let brief = registry::brief(db, id).await?.ok_or(Error::Missing)?;
        let survey = store::current(db, id).await?;
        let survey = survey.as_ref();
        let may_save = allowed.may(Act::SurveySave)
            && survey.is_none_or(|survey| survey.open(Act::SurveySave));
        let to_mend = match survey {
            Some(survey) if survey.state == State::Returned && concerns(allowed) => {
                store::opinions(db, survey.id).await?
            }
            _ => Vec::new(),
        };
        let said = match survey {
            Some(survey) if concerns(allowed) => handing::said(db, allowed, survey).await?,
            _ => Said::default(),
        };
        let changed = match survey {
            Some(survey) => changed(db, allowed, (scheme, &brief, survey)).await?,
            None => Vec::new(),
        };
        let (opened, correction) = match survey {
            Some(survey) => to_correct(db, allowed, (id, survey)).await?,
            None => (false, Correction::default()),
        };
        let (errors, warnings) = findings(scheme, &brief, survey, may_save);
        let open = |act| allowed.may(act) && survey.is_some_and(|survey| survey.open(act));
        Ok(Self {
            page: allowed.page(format!("{}的摸底调查", brief.name)),
            form: form.unwrap_or_default(),
            state: survey.map_or("未开始", |survey| survey.state.label()),
            edition: survey.map_or(1, |survey| survey.edition),
            version: survey.map_or(0, |survey| survey.version),
            signed: survey.and_then(signed),
            said,
            tasks: tasks(scheme, &brief, (survey, &to_mend), may_save),
            errors,
            changed,
            warnings,
            submission: survey
                .filter(|_| open(Act::SurveySubmit))
                .map(|survey| survey.lacks(scheme).map_err(|why| why.explain())),
            offers: match survey {
                Some(survey) => offers(allowed, survey, (opened, survey.lacks(scheme).err())),
                None => Vec::new(),
            },
            correction,
            may_explain: open(Act::SurveyExplain),
            may_save,
            begun: survey.is_some(),
            association: brief,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::survey::SURVEY.at(allowed.association()?))
    }
}

/// Whether the office has opened the check, and what can be asked to be corrected.
async fn to_correct(
    db: &mut Db,
    allowed: &Allowed,
    (id, survey): (AssociationId, &Survey),
) -> Result<(bool, Correction), Error> {
    let opened = store::is_opened(db, survey).await?;
    let standing = Standing::of(survey, opened || survey.state != State::Submitted);
    let of = Of::matter_of(id, Matter::Survey, survey.id);
    Ok((opened, Correction::of(db, allowed, of, standing).await?))
}

/// What was signed of the survey and reads otherwise now.
async fn changed(
    db: &mut Db,
    allowed: &Allowed,
    (scheme, brief, survey): (&Scheme, &Brief, &Survey),
) -> Result<Vec<Changed>, Error> {
    let kinds = [Kind::SurveySign, Kind::SurveyConfirm];
    let signed = signatures::shown(db, &kinds, survey.id).await?;
    if signed.iter().all(|shown| shown.void_on.is_none()) {
        return Ok(Vec::new());
    }
    let departments = choices(db).await?;
    let persons = allowed.actor().reads_persons_of(brief.department);
    Ok(Reading::by(scheme, &departments, persons).changed(&signed))
}

/// The acts open to this person, but for the submission, which is called otherwise here.
fn offers(
    allowed: &Allowed,
    survey: &Survey,
    (opened, lacks): (bool, Option<Refusal>),
) -> Vec<Offer> {
    let id = survey.association;
    let why = opened.then(|| Refusal::Opened.explain());
    let lacks = lacks.map(|lacks| lacks.explain());
    Offers::of(allowed, survey)
        .button(Act::SurveyPass, paths::survey::PASSING.at(id), "primary")
        .unless(Act::SurveyPass, lacks.as_deref())
        .words(Act::SurveyBack, paths::survey::BACK.at(id), BACK, "")
        .button(
            Act::SurveyConfirm,
            paths::survey::CONFIRMATION.at(id),
            "official",
        )
        .page(Act::SurveyReturn, paths::survey::RETURN.at(id), "")
        .words(Act::SurveyReopen, paths::survey::EDITION.at(id), REASON, "")
        .button(Act::SurveyTakeBack, paths::survey::TAKING_BACK.at(id), "")
        .unless(Act::SurveyTakeBack, why.as_deref())
        .list()
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
