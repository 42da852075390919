//! One section as a form: save and return, conditional fields, tables that grow
//! and shrink without JavaScript too; what is found in it stands at its fields once saved.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;

use crate::access::Act;
use crate::accounts::store::choices;
use crate::database::Db;
use crate::ids::AssociationId;
use crate::paths;
use crate::readings;
use crate::registry::store::{self as registry, Brief};
use crate::scheme::{Answers, Choice, Scheme, Section, Severity};
use crate::survey::acts::{self, SectionInput};
use crate::survey::rules::{self, Explained};
use crate::survey::store::{self, Survey};
use crate::web::answer::questions::{self, FieldView, rows_button};
use crate::web::changes::Words;
use crate::web::conflict::{Line, Part, Theirs, asked};
use crate::web::page::Page;
use crate::web::view::draw;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::around::{self, Around};
use super::standing::{self, Returned, Standing};

/// The page.
#[derive(Template)]
#[template(path = "survey/section.html")]
pub struct SectionPage {
    page: Page,
    association: Brief,
    form: Form,
    section: Section,
    position: String,
    around: Around,
    version: i32,
    fields: Vec<FieldView>,
    units: Vec<Choice>,
    state: &'static str,
    /// What the office asked to be mended in it.
    returned: Vec<Returned>,
    /// As it was saved; nothing while something else is typed.
    standing: Option<Standing>,
}

/// Name and label of what every section asks at its end.
const DONE: (&str, &str) = ("done", "本部分");
/// The field that says by which button it was saved.
const THEN: &str = "_then";

fn section(app: &App, allowed: &Allowed) -> Result<Section, Error> {
    let section = app.scheme.section(allowed.param("section")?);
    section.cloned().ok_or(Error::Missing)
}

/// What was answered, or what the register knows.
async fn answered(
    db: &mut Db,
    survey: Option<&Survey>,
    brief: &Brief,
) -> Result<Answers, sqlx::Error> {
    match survey {
        Some(survey) => Ok(survey.answers.0.clone()),
        None => Ok(acts::known(db, brief.id).await?.unwrap_or_default()),
    }
}

/// What of the section was saved, as its form shows it.
fn filled(section: &Section, survey: Option<&Survey>, answers: &Answers) -> Form {
    let mut values = questions::fill(&section.questions, answers);
    let done = survey.is_some_and(|survey| survey.is_marked(section));
    values.push((
        "done".to_owned(),
        if done { "yes" } else { "no" }.to_owned(),
    ));
    Form::filled(values)
}

/// Says at the fields what the office asked to be mended, what differs from the confirmed
/// edition, and of what one is reminded; the first of these is told above the form, too.
async fn noted(
    db: &mut Db,
    survey: &Survey,
    fields: &mut [FieldView],
    (words, section, standing): (&Words<'_>, &Section, Option<&Standing>),
) -> Result<Vec<Returned>, sqlx::Error> {
    let opinions = store::opinions(db, survey.id).await?;
    let returned = standing::returned(section, &opinions);
    standing::opinions(fields, opinions);
    if let Some((number, before)) = store::confirmed_before(db, survey).await? {
        let editions = (number, [&before, &survey.answers.0]);
        standing::differences(fields, words, section, editions);
    }
    if let Some(standing) = standing {
        standing.remind(fields, survey, words);
    }
    Ok(returned)
}

/// Puts the readings in force beside what they concern.
async fn read_with(
    db: &mut Db,
    app: &App,
    section: &Section,
    fields: &mut [FieldView],
) -> Result<(), Error> {
    let questions = section.questions.iter();
    let codes: Vec<String> = questions.map(|each| each.code().to_owned()).collect();
    let told = readings::told(db, &codes, app.clock.today()).await?;
    readings::note(fields, &told);
    Ok(())
}

impl View for SectionPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let section = section(app, allowed)?;
        let id = allowed.association()?;
        let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
        let survey = store::current(db, id).await?;
        let survey = survey.as_ref();
        if let Some(survey) = survey
            && form.is_none()
        {
            super::if_open(survey, Act::SurveySave)?;
        }
        let now = survey.map_or(0, |survey| survey.section_version(&section.code));
        // What is typed on is what was seen when the typing began, whoever saves meanwhile.
        let version = form
            .as_ref()
            .filter(|form| rows_button(form) || !form.errors().is_empty())
            .and_then(|form| form.raw("version")?.parse().ok());
        let units = choices(db).await?;
        let words = Words {
            scheme: &app.scheme,
            departments: &units,
            persons: allowed.actor().reads_persons_of(association.department),
        };
        let saved = survey.filter(|_| form.is_none());
        let standing = saved.map(|survey| Standing::of(&words, &section, survey));
        let mut form = match form {
            Some(form) => form,
            None => filled(&section, survey, &answered(db, survey, &association).await?),
        };
        if let Some(standing) = &standing {
            standing.fail(&section, &mut form);
        }
        let mut fields = questions::fields(&section.questions, &form, &units);
        questions::number(&mut fields);
        questions::compare(&mut fields, &app.scheme.survey.checks, &form);
        read_with(db, app, &section, &mut fields).await?;
        let returned = match survey {
            Some(survey) => {
                let of = (&words, &section, standing.as_ref());
                noted(db, survey, &mut fields, of).await?
            }
            None => Vec::new(),
        };
        let sections = &app.scheme.survey.sections;
        let index = sections.iter().position(|each| each.code == section.code);
        Ok(Self {
            page: allowed.page(format!("摸底调查：{}", section.title)),
            version: version.unwrap_or(now),
            position: format!("第{}部分，共{}部分", index.unwrap_or(0) + 1, sections.len()),
            state: survey.map_or("尚未报送", |survey| survey.state.label()),
            around: Around::of(&app.scheme, id, (&section.code, survey)),
            returned,
            standing,
            association,
            section,
            fields,
            units,
            form,
        })
    }

    /// Both versions side by side (TC-55).
    fn theirs(&self) -> Option<Theirs> {
        let mut parts = asked(&self.section.questions, &self.units);
        let done = [("yes", "已填完"), ("no", "以后再填")]
            .map(|(key, label)| Choice::from((key.to_owned(), label.to_owned())));
        parts.push(Part::Line(Line::of(DONE.0, DONE.1, &done)));
        Some(Theirs {
            version: self.version,
            parts,
            fields: self.form.fields().to_vec(),
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::survey::SURVEY.at(allowed.association()?))
    }
}

/// Where the browser goes after saving: back to the section while something is said at its
/// fields, or where one goes on with it; to the next one, or to the list of sections.
async fn landing(
    db: &mut Db,
    (scheme, id): (&Scheme, AssociationId),
    (section, typed): (&Section, &Answers),
    (done, then): (bool, Option<&str>),
) -> Result<String, Error> {
    let here = paths::survey::SECTION.at(id, &section.code);
    if then == Some("stay") {
        return Ok(here);
    }
    let (before, explained) = match store::current(db, id).await? {
        Some(survey) => (survey.answers.0.clone(), survey.explained()),
        None => {
            let known = acts::known(db, id).await?;
            (known.unwrap_or_default(), Explained::default())
        }
    };
    let after = rules::saved(section, &before, typed);
    let explained = explained.after(scheme, &before, &after);
    let found = rules::findings(scheme, &after);
    let says = rules::told(section, &found, done).iter().any(|each| {
        let said = explained.sentence(scheme, &each.code, &after);
        each.severity == Severity::Error || said.is_none()
    });
    let next = then.and_then(|_| around::next(scheme, &section.code));
    Ok(match next {
        _ if says => here,
        Some(next) => paths::survey::SECTION.at(id, next),
        None => paths::survey::SURVEY.at(id),
    })
}

/// Saves the section; wrong values are told beside their fields, and so is, once it is
/// saved, what cannot be so. Missing answers matter once it is said to be finished.
pub async fn save(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let section = section(&app, &allowed)?;
    if rows_button(&form) {
        return draw::<SectionPage>(&app, &allowed, Some(form), StatusCode::OK).await;
    }
    let marked = form.raw(DONE.0) == Some("yes");
    form.knows(THEN);
    let then = form.pressed(THEN);
    let (answers, landing) = {
        let mut db = app.read().await?;
        let units = choices(&mut db).await?;
        let answers = questions::read(&mut form, &section.questions, &units);
        let landing = landing(
            &mut db,
            (&app.scheme, id),
            (&section, &answers),
            (marked, then.as_deref()),
        )
        .await?;
        (answers, landing)
    };
    let done = form
        .yes_no(DONE.0, DONE.1)
        .required("请选择本部分是否已填完。");
    let run = async |write, clean, seen| {
        let input = SectionInput {
            section: &section,
            answers,
            done: done.take(&clean),
        };
        acts::save_section(write, id, seen, input).await
    };
    allowed
        .act_and_go::<SectionPage, _, _>(&app, form, landing, run)
        .await
}
