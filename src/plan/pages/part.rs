//! One part of the plan as a form, drawn by the same engine as the survey.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::database::Db;
use crate::paths;
use crate::plan::acts;
use crate::plan::rules::{self, BASICS, Refusal, State};
use crate::plan::store::{self, Plan};
use crate::scheme::plan::Part;
use crate::scheme::{AnswerType, Choice};
use crate::web::answer::questions::{self, FieldView, ShownAnswer, rows_button};
use crate::web::conflict::Conflict;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

use super::views::{self, FindingView, open, refused};

#[derive(Template)]
#[template(path = "plan/part.html")]
struct PartPage {
    page: Page,
    form: Form,
    plan: Plan,
    part: Part,
    position: String,
    fields: Vec<FieldView>,
    basics: Vec<ShownAnswer>,
    findings: Vec<FindingView>,
    opinions: Vec<String>,
    next: Option<String>,
}

struct Context {
    plan: Plan,
    part: Part,
    departments: Vec<Choice>,
    basics: Vec<ShownAnswer>,
    findings: Vec<FindingView>,
    opinions: Vec<String>,
}

async fn context(db: &mut Db, app: &App, allowed: &Allowed) -> Result<Context, Error> {
    let part = app
        .scheme
        .part(allowed.param("part")?)
        .cloned()
        .ok_or(Error::Missing)?;
    let opened = open(db, allowed).await?;
    let plan = &opened.plan;
    let mut found = acts::judged(&app.scheme, plan, &opened.approvals, app.clock.today());
    found.retain(|finding| finding.part == part.code);
    let reasons = store::reasons(db, plan.id).await?;
    let sent_back = plan.state == State::Returned;
    let opinions = reasons
        .into_iter()
        .filter(|reason| sent_back && reason.round == plan.round && reason.part == part.code)
        .map(|reason| format!("{}（{}）", reason.reason, reason.who))
        .collect();
    let basics = if part.code == BASICS {
        views::basics(&app.scheme, &plan.survey.0, &opened.departments)
    } else {
        Vec::new()
    };
    Ok(Context {
        findings: views::findings(&found, &opened, false),
        part,
        basics,
        opinions,
        departments: opened.departments,
        plan: opened.plan,
    })
}

fn view(app: &App, allowed: &Allowed, context: Context, form: Form) -> PartPage {
    let parts = &app.scheme.plan.parts;
    let index = parts
        .iter()
        .position(|part| part.code == context.part.code)
        .unwrap_or(0);
    PartPage {
        page: allowed.page(format!("实施方案：{}", context.part.title)),
        position: format!("第{}部分，共{}部分", index + 1, parts.len()),
        fields: questions::fields(&context.part.questions, &form, &context.departments),
        next: parts.get(index + 1).map(|part| part.code.clone()),
        basics: context.basics,
        findings: context.findings,
        opinions: context.opinions,
        plan: context.plan,
        part: context.part,
        form,
    }
}

/// The part with what it says.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let context = context(db, &app, &allowed).await?;
    if rules::next(context.plan.state, Act::PlanSave).is_none() {
        return Err(refused(&Refusal::Closed(context.plan.state)));
    }
    let values = questions::fill(&context.part.questions, &context.plan.content.0);
    html(&view(&app, &allowed, context, Form::filled(values)))
}

/// Saves the part; wrong values are told beside their fields, missing ones only
/// matter for submitting.
pub async fn save(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let context = context(&mut app.read().await?, &app, &allowed).await?;
    if rows_button(&form) {
        return html(&view(&app, &allowed, context, form));
    }
    let seen = (context.plan.association, form.version()?);
    let answers = questions::read(&mut form, &context.part.questions, &context.departments);
    for question in context
        .part
        .questions
        .iter()
        .filter(|question| question.kind == AnswerType::Total)
    {
        form.knows(question.code());
    }
    if form.done().is_err() {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &view(&app, &allowed, context, form),
        );
    }
    let path = paths::plan::PLAN.at(context.plan.association);
    let who = allowed.who(&form, format!("{path}?done={}", Act::PlanSave.name()));
    let outcome = if context.part.code == BASICS {
        acts::rebase(&app.database, &app.scheme, &who, seen).await?
    } else {
        acts::save_part(
            &app.database,
            &app.scheme,
            &who,
            seen,
            (&context.part, &answers),
        )
        .await?
    };
    match outcome {
        Ok(()) => Ok(redirect(&path, Act::PlanSave)),
        Err(Refusal::Stale(..)) => Err(stale(&mut app.read().await?, &app, &allowed, &form).await?),
        Err(refusal) => Err(refused(&refusal)),
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
    let current = questions::fill(&now.part.questions, &now.plan.content.0)
        .into_iter()
        .map(|(name, value)| {
            let label = label(&name);
            (name, label, value)
        })
        .collect();
    Ok(Conflict {
        action: paths::plan::PART.at(now.plan.association, now.part.code),
        who: "实施方案刚被他人处理".to_owned(),
        version: now.plan.version,
        current,
        typed: form,
    }
    .into_error(allowed.page("内容有冲突")))
}
