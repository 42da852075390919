//! Everything that was answered, as it would be printed; for the office with a
//! place for an opinion beside each answer.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::accounts::store::departments;
use crate::database::Db;
use crate::paths;
use crate::registry::store::{self as registry, Brief};
use crate::scheme::persons::TABLES;
use crate::scheme::{Answers, Choice};
use crate::survey::acts;
use crate::survey::rules::{self, State};
use crate::survey::store::{self, Opinion};
use crate::web::answer::questions::{ShownAnswer, shown};
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

#[derive(Template)]
#[template(path = "survey/answers.html")]
struct AnswersPage {
    page: Page,
    association: Brief,
    edition: i32,
    state: State,
    sections: Vec<SectionView>,
}

#[derive(Template)]
#[template(path = "survey/return.html")]
struct ReturnPage {
    page: Page,
    form: Form,
    association: Brief,
    sections: Vec<SectionView>,
}

struct SectionView {
    code: String,
    title: String,
    answers: Vec<ShownAnswer>,
}

struct Read {
    association: Brief,
    edition: i32,
    state: State,
    sections: Vec<SectionView>,
}

async fn read(db: &mut Db, app: &App, allowed: &Allowed) -> Result<Read, Error> {
    let id = allowed.association()?;
    let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
    let survey = store::current(db, id).await?.ok_or(Error::Missing)?;
    let departments: Vec<Choice> = departments(db)
        .await?
        .into_iter()
        .map(|each| Choice {
            value: each.code,
            label: each.name,
        })
        .collect();
    let persons = allowed.actor().reads_persons_of(association.department);
    let sections = app
        .scheme
        .survey
        .sections
        .iter()
        .map(|section| SectionView {
            code: section.code.clone(),
            title: section.title.clone(),
            answers: masked(
                shown(&section.questions, &survey.answers.0, &departments),
                &survey.answers.0,
                persons,
            ),
        })
        .collect();
    Ok(Read {
        association,
        edition: survey.edition,
        state: survey.state,
        sections,
    })
}

/// The others see how many there are, and the tail of the account number.
fn masked(mut answers: Vec<ShownAnswer>, raw: &Answers, persons: bool) -> Vec<ShownAnswer> {
    if persons {
        return answers;
    }
    for answer in &mut answers {
        match answer.code.as_str() {
            code if TABLES.contains(&code) => {
                answer.text = format!(
                    "{}人（姓名等个人信息按权限查看）",
                    raw.rows(&answer.code).len()
                );
                answer.rows.clear();
            }
            rules::ACCOUNT => answer.text = mask_account(&answer.text),
            _ => {}
        }
    }
    answers
}

fn mask_account(number: &str) -> String {
    let length = number.chars().count();
    let tail: String = number.chars().skip(length.saturating_sub(4)).collect();
    format!("****{tail}")
}

/// All answers.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let read = read(db, &app, &allowed).await?;
    html(&AnswersPage {
        page: allowed.page(format!("{}摸底调查表", read.association.name)),
        association: read.association,
        edition: read.edition,
        state: read.state,
        sections: read.sections,
    })
}

async fn return_page(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    form: Form,
) -> Result<ReturnPage, Error> {
    let read = read(db, app, allowed).await?;
    if rules::next(read.state, Act::SurveyReturn).is_none() {
        return Err(Error::Conflict(
            rules::Refusal::Closed(read.state).explain(),
        ));
    }
    Ok(ReturnPage {
        page: allowed.page("退回摸底调查"),
        form,
        association: read.association,
        sections: read.sections,
    })
}

/// The form for a return.
pub async fn returning(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&return_page(db, &app, &allowed, Form::default()).await?)
}

/// Sends the survey back with opinions beside the answers concerned.
pub async fn return_(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let id = allowed.association()?;
    let mut slots = Vec::new();
    for question in app
        .scheme
        .survey
        .sections
        .iter()
        .flat_map(|section| &section.questions)
    {
        let slot = form.text(question.code(), &question.label, 500).optional();
        slots.push((question.code(), slot));
    }
    if slots
        .iter()
        .all(|(code, _)| form.value(code).trim().is_empty())
    {
        form.fail("form", "意见", rules::Refusal::NoOpinion.explain());
    }
    let Ok(clean) = form.done() else {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &return_page(&mut app.read().await?, &app, &allowed, form).await?,
        );
    };
    let opinions: Vec<Opinion> = slots
        .into_iter()
        .filter_map(|(code, slot)| {
            Some(Opinion {
                question: code.to_owned(),
                opinion: slot.take(&clean)?,
            })
        })
        .collect();
    let path = paths::survey::SURVEY.at(id);
    match acts::return_(
        &app.database,
        &allowed.who(&form, path.clone()),
        id,
        &opinions,
    )
    .await?
    {
        Ok(()) => Ok(redirect(&path, Act::SurveyReturn)),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}
