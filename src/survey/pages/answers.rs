//! Everything that was answered, as it would be printed; for the office with a
//! place for an opinion beside each answer.

use askama::Template;
use axum::extract::State as Extract;

use crate::access::Act;
use crate::accounts::store::choices;
use crate::paths;
use crate::registry::store::{self as registry, Brief};
use crate::scheme::survey::Privacy;
use crate::scheme::{Answers, Section};
use crate::survey::acts;
use crate::survey::rules::State;
use crate::survey::store::{self, Opinion, Survey};
use crate::web::answer::questions::{ShownAnswer, shown};
use crate::web::answer::show;
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

/// All answers.
#[derive(Template)]
#[template(path = "survey/answers.html")]
pub struct AnswersPage {
    page: Page,
    association: Brief,
    edition: i32,
    state: State,
    sections: Vec<SectionView>,
}

/// All answers with a place for an opinion beside each.
#[derive(Template)]
#[template(path = "survey/return.html")]
pub struct ReturnPage {
    page: Page,
    form: Form,
    association: Brief,
    version: i32,
    sections: Vec<SectionView>,
}

struct SectionView {
    code: String,
    title: String,
    answers: Vec<ShownAnswer>,
}

/// The edition of a number, else the newest.
async fn read(
    look: Look<'_>,
    edition: Option<i32>,
) -> Result<(Brief, Survey, Vec<SectionView>), Error> {
    let (db, allowed) = (look.db, look.allowed);
    let id = allowed.association()?;
    let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
    let survey = match edition {
        Some(number) => store::edition(db, id, number).await?,
        None => store::current(db, id).await?,
    };
    let survey = survey.ok_or(Error::Missing)?;
    let units = choices(db).await?;
    let persons = allowed.actor().reads_persons_of(association.department);
    let answers = &survey.answers.0;
    let sections = look.app.scheme.survey.sections.iter();
    let sections = sections
        .map(|section| SectionView {
            code: section.code.clone(),
            title: section.title.clone(),
            answers: {
                let shown = shown(&section.questions, answers, &units);
                if persons {
                    shown
                } else {
                    masked(shown, section, answers)
                }
            },
        })
        .collect();
    Ok((association, survey, sections))
}

/// The others see how many there are, and the tail of an account number.
fn masked(mut answers: Vec<ShownAnswer>, of: &Section, raw: &Answers) -> Vec<ShownAnswer> {
    for answer in &mut answers {
        let asked = of.questions.iter().find(|each| each.code() == answer.code);
        match asked.map_or(Privacy::Open, |question| question.privacy) {
            Privacy::Open => {}
            Privacy::Masked => answer.text = show::masked(&answer.text),
            Privacy::Personal => {
                let people = raw.rows(&answer.code).len();
                answer.text = format!("{people}人（姓名等个人信息按权限查看）");
                answer.rows.clear();
            }
        }
    }
    answers
}

impl View for AnswersPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let allowed = look.allowed;
        let edition = allowed.query().get("edition");
        let edition = edition.map(str::parse).transpose();
        let edition = edition.map_err(|_| Error::Missing)?;
        let (association, survey, sections) = read(look, edition).await?;
        Ok(Self {
            page: allowed.page(format!("{}摸底调查表", association.name)),
            association,
            edition: survey.edition,
            state: survey.state,
            sections,
        })
    }
}

impl View for ReturnPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let allowed = look.allowed;
        let (association, survey, sections) = read(look, None).await?;
        if form.is_none() {
            super::if_open(&survey, Act::SurveyReturn)?;
        }
        Ok(Self {
            page: allowed.page("退回摸底调查"),
            form: form.unwrap_or_default(),
            association,
            version: survey.version,
            sections,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::survey::SURVEY.at(allowed.association()?))
    }
}

/// Sends the survey back with opinions beside the answers concerned.
pub async fn return_(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let sections = app.scheme.survey.sections.iter();
    let slots: Vec<_> = sections
        .flat_map(|section| &section.questions)
        .map(|question| {
            let slot = form.text(question.code(), &question.label, 500).optional();
            (question.code(), slot)
        })
        .collect();
    let run = async |write, clean, seen| {
        let typed = slots.into_iter();
        let opinions: Vec<Opinion> = typed
            .filter_map(|(code, slot)| {
                Some(Opinion {
                    question: code.to_owned(),
                    opinion: slot.take(&clean)?,
                })
            })
            .collect();
        acts::return_(write, id, seen, &opinions).await
    };
    allowed.act::<ReturnPage, _, _>(&app, form, run).await
}
