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
use crate::scheme::{Answers, Finding, Scheme, Section};
use crate::signatures::pages::{Changed, Reading};
use crate::signatures::rules::Kind;
use crate::signatures::store as signatures;
use crate::survey::rules::{self, Filled, Refusal, State};
use crate::survey::store::{self, Opinion, Survey};
use crate::web::ask::{self, Ask};
use crate::web::offers::{Offer, Offers};
use crate::web::page::Page;
use crate::web::{Allowed, Error, Form, Look, View};
use crate::words::Mark;

use super::found::{Found, is_wrong};
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
    /// What the office asked to be mended, with the way to each.
    asked: Vec<Asked>,
    tasks: Vec<TaskView>,
    found: Found,
    /// The confirmed edition before this one.
    before: Option<i32>,
    /// Why it cannot be submitted now, where this person could.
    submission: Option<Result<(), String>>,
    offers: Vec<Offer>,
    correction: Correction,
    may_explain: bool,
    may_save: bool,
    begun: bool,
}

/// Something that the office asked to be mended.
struct Asked {
    section: String,
    label: String,
    words: String,
    href: Option<String>,
}

struct TaskView {
    href: Option<String>,
    title: String,
    note: String,
    mark: Option<Mark>,
    label: &'static str,
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
        let (to_mend, said) = match survey {
            Some(survey) if concerns(allowed) => said(db, allowed, survey).await?,
            _ => (Vec::new(), Said::default()),
        };
        let changed = match survey {
            Some(survey) => changed(db, allowed, (scheme, &brief, survey)).await?,
            None => Vec::new(),
        };
        let (opened, correction) = match survey {
            Some(survey) => to_correct(db, allowed, (id, survey)).await?,
            None => (false, Correction::default()),
        };
        let before = match survey {
            Some(survey) => store::confirmed_before(db, survey).await?,
            None => None,
        };
        let found = Found::of(scheme, survey, may_save);
        let lacks = survey.and_then(|survey| survey.lacks_for(scheme, &found.all).err());
        let lacks = lacks.map(|why| why.explain());
        let open = |act| allowed.may(act) && survey.is_some_and(|survey| survey.open(act));
        Ok(Self {
            page: page(allowed, survey),
            form: form.unwrap_or_default(),
            state: survey.map_or("未开始", |survey| survey.state.label()),
            edition: survey.map_or(1, |survey| survey.edition),
            version: survey.map_or(0, |survey| survey.version),
            signed: survey.and_then(signed),
            said,
            asked: asked(scheme, (id, &to_mend), may_save),
            tasks: Tasks {
                survey,
                found: &found.all,
                to_mend: &to_mend,
                before: before.as_ref(),
            }
            .list(scheme, &brief, may_save),
            before: before.map(|(number, _)| number),
            changed,
            submission: open(Act::SurveySubmit).then(|| lacks.clone().map_or(Ok(()), Err)),
            offers: survey.map_or_else(Vec::new, |survey| {
                offers(allowed, survey, (opened, lacks.as_deref()))
            }),
            correction,
            may_explain: open(Act::SurveyExplain),
            may_save,
            begun: survey.is_some(),
            found,
            association: brief,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::survey::SURVEY.at(allowed.association()?))
    }
}

/// The page of a survey, which says what became of it where nobody has to do anything, and
/// leads whoever reads it for the office to where it is read.
fn page(allowed: &Allowed, survey: Option<&Survey>) -> Page {
    let page = allowed.page("摸底调查");
    let Some(survey) = survey else {
        return page;
    };
    let page = page.settled(survey.state, format!("第{}版", survey.edition));
    if allowed.may(Act::SurveyMark) && survey.open(Act::SurveyMark) {
        return page.leading("去审查", paths::survey::RETURN.at(survey.association));
    }
    page
}

/// What the office asked to be mended, and what was said by others.
async fn said(
    db: &mut Db,
    allowed: &Allowed,
    survey: &Survey,
) -> Result<(Vec<Opinion>, Said), Error> {
    let to_mend = store::opinions(db, survey.id).await?;
    Ok((to_mend, handing::said(db, allowed, survey).await?))
}

/// The same with the way to each, for who mends it.
fn asked(
    scheme: &Scheme,
    (id, to_mend): (AssociationId, &[Opinion]),
    may_save: bool,
) -> Vec<Asked> {
    let asked = to_mend.iter().filter_map(|each| {
        let section = rules::section_of(scheme, &each.question)?;
        let page = paths::survey::SECTION.at(id, &section.code);
        Some(Asked {
            section: section.title.clone(),
            label: rules::marks::label(scheme, &each.question),
            words: each.opinion.clone(),
            href: may_save.then(|| format!("{page}#f-{}", each.question)),
        })
    });
    asked.collect()
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
fn offers(allowed: &Allowed, survey: &Survey, (opened, lacks): (bool, Option<&str>)) -> Vec<Offer> {
    let id = survey.association;
    let why = opened.then(|| Refusal::Opened.explain());
    Offers::of(allowed, survey)
        .button(Act::SurveyPass, paths::survey::PASSING.at(id), "primary")
        .unless(Act::SurveyPass, lacks)
        .words(Act::SurveyBack, paths::survey::BACK.at(id), BACK, "")
        .button(
            Act::SurveyConfirm,
            paths::survey::CONFIRMATION.at(id),
            "official",
        )
        .page(Act::SurveyMark, paths::survey::RETURN.at(id), "primary")
        .words(Act::SurveyReopen, paths::survey::EDITION.at(id), REASON, "")
        .button(Act::SurveyTakeBack, paths::survey::TAKING_BACK.at(id), "")
        .unless(Act::SurveyTakeBack, why.as_deref())
        .list()
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

/// By what the sections are listed.
struct Tasks<'a> {
    survey: Option<&'a Survey>,
    found: &'a [Finding],
    to_mend: &'a [Opinion],
    before: Option<&'a (i32, Answers)>,
}

impl Tasks<'_> {
    fn list(&self, scheme: &Scheme, brief: &Brief, may_save: bool) -> Vec<TaskView> {
        let sections = scheme.survey.sections.iter();
        sections
            .map(|section| {
                let opinions = opinions_on(section, self.to_mend);
                let (mark, label) = match self.filled(section) {
                    Filled::Wrong => (Some(Filled::Wrong.mark()), Filled::Wrong.label()),
                    _ if !opinions.is_empty() => (Some(Mark::Soon), "有退回意见"),
                    other => (Some(other.mark()), other.label()),
                };
                // Where nothing has been filled in there is nothing to read.
                let read = || format!("{}#s-{}", paths::survey::ANSWERS.at(brief.id), section.code);
                let href = if may_save {
                    Some(paths::survey::SECTION.at(brief.id, &section.code))
                } else {
                    self.survey.is_some().then(read)
                };
                let notes = [self.wrong(section), self.differs(section), opinions];
                let notes = notes.into_iter().filter(|note| !note.is_empty());
                TaskView {
                    href,
                    title: section.title.clone(),
                    note: notes.collect::<Vec<_>>().join("；"),
                    mark,
                    label,
                }
            })
            .collect()
    }

    fn filled(&self, section: &Section) -> Filled {
        let filled = |survey: &Survey| survey.filled(section, self.found);
        self.survey.map_or(Filled::Blank, filled)
    }

    /// How many errors stand in a section.
    fn wrong(&self, section: &Section) -> String {
        let own = self.found.iter();
        let own = own.filter(|each| is_wrong(each) && rules::is_within(section, each));
        match own.count() {
            0 => String::new(),
            count => format!("错误{count}处"),
        }
    }

    /// How many questions are answered otherwise than in the confirmed edition.
    fn differs(&self, section: &Section) -> String {
        let (Some(survey), Some((number, before))) = (self.survey, self.before) else {
            return String::new();
        };
        match rules::differing(&section.questions, before, &survey.answers.0).len() {
            0 => String::new(),
            count => format!("与已确认的第{number}版有{count}项不同"),
        }
    }
}

/// How much the office found in a section when it returned the survey; what it was stands
/// above.
fn opinions_on(section: &Section, to_mend: &[Opinion]) -> String {
    let asks = |code: &str| section.questions.iter().any(|each| each.code() == code);
    let said = to_mend.iter().filter(|each| asks(&each.question));
    match said.count() {
        0 => String::new(),
        count => format!("退回意见{count}条"),
    }
}
