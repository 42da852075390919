//! The form of a docket: beginning one, writing it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use crate::access::Act;
use crate::accounts::store::choices;
use crate::database::{Db, Write};
use crate::oversight::acts::beginning::{self, Entry};
use crate::oversight::acts::save as save_docket;
use crate::oversight::store::found::named;
use crate::oversight::store::{self, Docket};
use crate::paths::oversight as paths;
use crate::scheme::processes::{About, Process};
use crate::scheme::{Choice, Question};
use crate::web::answer::questions::{self, FieldView, Note, rows_button};
use crate::web::conflict::{Theirs, asked};
use crate::web::form::Slot;
use crate::web::guide;
use crate::web::page::Page;
use crate::web::view::draw;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::{at, listed, process_of, writes, written};

/// The form.
#[derive(Template)]
#[template(path = "oversight/edit.html")]
pub struct EditPage {
    page: Page,
    form: Form,
    title: String,
    lead: String,
    about: About,
    fields: Vec<FieldView>,
    questions: Vec<Question>,
    departments: Vec<Choice>,
    docket: Option<Docket>,
    version: i32,
    act: Act,
    action: String,
    back: String,
}

/// What the form is called, what it does, where it goes, and where one goes back to.
struct Sent {
    title: String,
    act: Act,
    action: String,
    back: String,
}

impl Sent {
    fn of(process: &Process, docket: Option<&Docket>) -> Self {
        match docket {
            Some(docket) => Self {
                title: format!("填写{}：{}", process.title, docket.title),
                act: Act::DocketSave,
                action: paths::FORM.at(docket.id),
                back: paths::DOCKET.at(docket.id),
            },
            None => Self {
                title: format!("登记{}", process.title),
                act: Act::DocketBegin,
                action: paths::NEW.at(process.code()),
                back: paths::list(&process.group, process.code()),
            },
        }
    }
}

impl View for EditPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let departments = choices(db).await?;
        let docket = match at(allowed) {
            Ok(id) => Some(store::docket(db, id).await?.ok_or(Error::Missing)?),
            Err(_) => None,
        };
        let process = process_in(app, allowed, docket.as_ref())?;
        // What was typed is shown again whatever has become of it meanwhile; a form is not begun
        // where nothing may be written.
        if let (None, Some(docket)) = (&form, &docket)
            && !writes(process, docket)
        {
            let state = docket.state.called(process);
            return Err(Error::Conflict(format!(
                "现在的状态是“{state}”，不能修改。"
            )));
        }
        let questions = written(db, process, docket.as_ref()).await?;
        let form = match (form, &docket) {
            (Some(form), _) => form,
            (None, Some(docket)) => Form::filled(questions::fill(&questions, &docket.answers)),
            (None, None) => begun(db, allowed).await?,
        };
        let mut fields = questions::fields(&questions, &form, &departments);
        if let Some(docket) = &docket {
            for field in &mut fields {
                let remark = docket.remarks.get(&field.code);
                field.notes.extend(remark.map(|text| Note {
                    title: "退回的理由".to_owned(),
                    text: text.clone(),
                    warning: true,
                }));
            }
        }
        let Sent {
            title,
            act,
            action,
            back,
        } = Sent::of(process, docket.as_ref());
        Ok(Self {
            page: listed(app, process, allowed.page(&title)),
            form,
            title,
            lead: process.lead.clone(),
            about: if docket.is_some() {
                About::Never
            } else {
                process.association
            },
            fields,
            questions,
            departments,
            version: docket.as_ref().map_or(0, |docket| docket.version),
            docket,
            act,
            action,
            back,
        })
    }

    fn theirs(&self) -> Option<Theirs> {
        let docket = self.docket.as_ref()?;
        Some(Theirs {
            version: docket.version,
            parts: asked(&self.questions, &self.departments),
            fields: questions::fill(&self.questions, &docket.answers),
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(match at(allowed) {
            Ok(id) => paths::DOCKET.at(id),
            Err(_) => paths::DOCKET.at("{}"),
        })
    }
}

/// The process of the docket, or the one in the address.
fn process_in<'a>(
    app: &'a App,
    allowed: &Allowed,
    docket: Option<&Docket>,
) -> Result<&'a Process, Error> {
    match docket {
        Some(docket) => process_of(app, docket),
        None => app
            .scheme
            .process(allowed.param("process")?)
            .ok_or(Error::Missing),
    }
}

/// What a form begins with: the association and the page that it was asked from.
async fn begun(db: &mut Db, allowed: &Allowed) -> Result<Form, Error> {
    let mut form = Form::default();
    let query = allowed.query();
    let id = query.get("association").and_then(|id| id.parse().ok());
    if let Some(id) = id
        && let Some((name, _)) = named(db, id).await?
    {
        form.set("association", name);
    }
    if let Some(link) = query.get("from").filter(|link| leads(allowed, link)) {
        form.set("link", link);
    }
    Ok(form)
}

/// Whether an address is a page of this program that the person may open.
fn leads(allowed: &Allowed, link: &str) -> bool {
    guide::at(link).is_some() && allowed.opens(link)
}

/// Begins what was typed.
pub async fn begin(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    if rows_button(&form) {
        return draw::<EditPage>(&app, &allowed, Some(form), StatusCode::OK).await;
    }
    let process = process_in(&app, &allowed, None)?;
    let departments = choices(&mut app.read().await?).await?;
    let asked: Vec<Question> = process.written().cloned().collect();
    let answers = questions::read(&mut form, &asked, &departments);
    owed(&mut form, process, &asked, &answers);
    let association = match process.association {
        About::Never => Slot::none(),
        About::Perhaps | About::Always => form.text("association", "协会", 100).optional(),
    };
    let link = form.text("link", "来源", 200).optional();
    let run = async |write: Write, clean, _| {
        let link = link.take(&clean).filter(|link| leads(&allowed, link));
        let entry = Entry {
            answers,
            association: association.take(&clean),
            link: link.unwrap_or_default(),
        };
        beginning::begin(write, process.code(), &entry).await
    };
    allowed.act::<EditPage, _, _>(&app, form, run).await
}

/// What others see from the first must be whole from the first.
fn owed(form: &mut Form, process: &Process, asked: &[Question], answers: &crate::scheme::Answers) {
    let seen = process
        .steps
        .iter()
        .any(|step| step.act == Act::DocketTake.name());
    for question in asked.iter().filter(|question| seen && question.required) {
        let code = question.code();
        if question.shown(answers) && !answers.has(code) && form.error(code).is_none() {
            form.fail(
                code,
                &question.label,
                format!("请填写“{}”。", question.label),
            );
        }
    }
}

/// Writes what was typed.
pub async fn save(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    if rows_button(&form) {
        return draw::<EditPage>(&app, &allowed, Some(form), StatusCode::OK).await;
    }
    let id = at(&allowed)?;
    let (asked, departments, process) = {
        let mut db = app.read().await?;
        let docket = store::docket(&mut db, id).await?.ok_or(Error::Missing)?;
        let process = process_of(&app, &docket)?;
        let asked = written(&mut db, process, Some(&docket)).await?;
        (asked, choices(&mut db).await?, process)
    };
    let answers = questions::read(&mut form, &asked, &departments);
    owed(&mut form, process, &asked, &answers);
    let run = async |write, _, seen| save_docket(write, id, seen, &answers).await;
    allowed.act::<EditPage, _, _>(&app, form, run).await
}
