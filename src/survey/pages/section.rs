//! One section as a form: save and return, conditional fields, tables that grow
//! and shrink without JavaScript too, the office's opinions beside the fields.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::accounts::store::departments;
use crate::database::Db;
use crate::paths;
use crate::registry::store::{self as registry, Association};
use crate::scheme::{AnswerType, Answers, Choice, Section};
use crate::survey::acts::{self, SectionInput};
use crate::survey::rules::{self, Refusal};
use crate::survey::store::{self, Survey};
use crate::web::answer::questions::{self, FieldView, rows_button};
use crate::web::conflict::Conflict;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

#[derive(Template)]
#[template(path = "survey/section.html")]
struct SectionPage {
    page: Page,
    association: Association,
    form: Form,
    section: Section,
    position: String,
    version: i32,
    fields: Vec<FieldView>,
    state: &'static str,
}

/// What every page of a section needs.
struct Context {
    association: Association,
    survey: Option<Survey>,
    section: Section,
    departments: Vec<Choice>,
    known: Answers,
}

async fn context(db: &mut Db, app: &App, allowed: &Allowed) -> Result<Context, Error> {
    let id = allowed.association()?;
    let section = app
        .scheme
        .section(allowed.param("section")?)
        .cloned()
        .ok_or(Error::Missing)?;
    let association = registry::association(db, id).await?.ok_or(Error::Missing)?;
    let survey = store::current(db, id).await?;
    let list = departments(db).await?;
    let code = list
        .iter()
        .find(|department| department.id == association.department)
        .map(|department| department.code.clone())
        .unwrap_or_default();
    let known = match &survey {
        Some(survey) => survey.answers.0.clone(),
        None => rules::prefilled(&association, &registry::ties(db, id).await?, &code),
    };
    let departments = list
        .into_iter()
        .map(|each| Choice {
            value: each.code,
            label: each.name,
        })
        .collect();
    Ok(Context {
        association,
        survey,
        section,
        departments,
        known,
    })
}

impl Context {
    fn version(&self) -> i32 {
        self.survey
            .as_ref()
            .and_then(|survey| survey.section_versions.0.get(&self.section.code).copied())
            .unwrap_or(0)
    }

    fn path(&self) -> String {
        paths::survey::SURVEY.at(self.association.id)
    }
}

async fn view(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    context: Context,
    form: Form,
) -> Result<SectionPage, Error> {
    let opinions = match &context.survey {
        Some(survey) => store::opinions(db, survey.id).await?,
        None => Vec::new(),
    };
    let mut fields = questions::fields(&context.section.questions, &form, &context.departments);
    for field in &mut fields {
        field.opinions = opinions
            .iter()
            .filter(|opinion| opinion.question == field.code)
            .map(|opinion| opinion.opinion.clone())
            .collect();
    }
    let sections = &app.scheme.survey.sections;
    let index = sections
        .iter()
        .position(|section| section.code == context.section.code)
        .unwrap_or(0);
    Ok(SectionPage {
        page: allowed.page(format!("摸底调查：{}", context.section.title)),
        version: context.version(),
        position: format!("第{}部分，共{}部分", index + 1, sections.len()),
        state: context
            .survey
            .as_ref()
            .map_or("尚未报送", |survey| survey.state.label()),
        association: context.association,
        section: context.section,
        fields,
        form,
    })
}

/// The section with what was answered, or what the register knows.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let context = context(db, &app, &allowed).await?;
    if let Some(survey) = &context.survey
        && rules::next(survey.state, Act::SurveySave).is_none()
    {
        return Err(Error::Conflict(Refusal::Closed(survey.state).explain()));
    }
    let mut values = questions::fill(&context.section.questions, &context.known);
    let done = context
        .survey
        .as_ref()
        .is_some_and(|survey| survey.sections_done.contains(&context.section.code));
    values.push((
        "done".to_owned(),
        if done {
            "yes".to_owned()
        } else {
            "no".to_owned()
        },
    ));
    html(&view(db, &app, &allowed, context, Form::filled(values)).await?)
}

/// Saves the section; wrong values are told beside their fields, missing ones
/// only matter for submitting.
pub async fn save(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let mut db = app.read().await?;
    let context = context(&mut db, &app, &allowed).await?;
    if rows_button(&form) {
        return html(&view(&mut db, &app, &allowed, context, form).await?);
    }
    let seen = form.version()?;
    let answers = questions::read(&mut form, &context.section.questions, &context.departments);
    let done = form
        .yes_no("done", "本部分已填完吗")
        .required("请选择本部分是否已填完。");
    hidden_fields(&mut form, &context.section);
    let Ok(clean) = form.done() else {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &view(&mut db, &app, &allowed, context, form).await?,
        );
    };
    drop(db);
    let who = allowed.who(&form, context.path());
    let input = SectionInput {
        section: &context.section,
        answers,
        done: done.take(&clean),
        seen,
    };
    let outcome = acts::save_section(
        &app.database,
        &app.scheme,
        &who,
        (context.association.id, &context.known),
        input,
    )
    .await?;
    match outcome {
        Ok(()) => Ok(redirect(&context.path(), Act::SurveySave)),
        Err(Refusal::Stale) => Err(stale(&mut app.read().await?, &app, &allowed, &form).await?),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}

/// Totals are shown, never sent; a client that sends them is not believed.
fn hidden_fields(form: &mut Form, section: &Section) {
    for question in &section.questions {
        if question.kind == AnswerType::Total {
            form.knows(question.code());
        }
    }
}

/// Both versions side by side (TC-55).
async fn stale(db: &mut Db, app: &App, allowed: &Allowed, form: &Form) -> Result<Error, Error> {
    let now = context(db, app, allowed).await?;
    let label = |name: &str| {
        let code = name.split('.').next().unwrap_or(name);
        app.scheme
            .question(code)
            .map_or_else(|| name.to_owned(), |question| question.label.clone())
    };
    let current = questions::fill(&now.section.questions, &now.known)
        .into_iter()
        .map(|(name, value)| {
            let label = label(&name);
            (name, label, value)
        })
        .collect();
    Ok(Conflict {
        action: paths::survey::SECTION.at(now.association.id, &now.section.code),
        who: "这一部分刚被他人保存".to_owned(),
        version: now.version(),
        current,
        typed: form,
    }
    .into_error(allowed.page("内容有冲突")))
}
