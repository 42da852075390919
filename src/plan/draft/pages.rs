//! One part of the plan as a form, drawn by the same engine as the survey.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;

use crate::access::Act;
use crate::accounts::store::choices;
use crate::database::Write;
use crate::paths;
use crate::plan::pages::show::ShowPage;
use crate::plan::pages::views::{self, FindingView, offered};
use crate::plan::review::store::reasons;
use crate::plan::store::Plan;
use crate::readings;
use crate::scheme::plan::Part;
use crate::scheme::{Choice, Scheme};
use crate::web::answer::questions::{self, FieldView, ShownAnswer, rows_button};
use crate::web::ask::{self, Ask};
use crate::web::conflict::{Theirs, asked};
use crate::web::page::Page;
use crate::web::view::draw;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::acts;
use super::rules::BASICS;

/// The part with what it says.
#[derive(Template)]
#[template(path = "plan/part.html")]
pub struct PartPage {
    page: Page,
    form: Form,
    plan: Plan,
    part: Part,
    position: String,
    readings: Vec<readings::Reading>,
    fields: Vec<FieldView>,
    basics: Vec<ShownAnswer>,
    findings: Vec<FindingView>,
    opinions: Vec<String>,
    previous: Option<String>,
    next: Option<String>,
    departments: Vec<Choice>,
}

/// The part in the address.
fn part<'a>(scheme: &'a Scheme, allowed: &Allowed) -> Result<&'a Part, Error> {
    scheme.part(allowed.param("part")?).ok_or(Error::Missing)
}

impl View for PartPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let Look { app, allowed, db } = look;
        let part = part(&app.scheme, allowed)?;
        let opened = offered(db, allowed, Act::PlanSave).await?;
        let plan = &opened.plan;
        let mut found = acts::judged(&app.scheme, plan, &opened.approvals, app.clock.today());
        found.retain(|finding| finding.part == part.code);
        let reasons = reasons(db, plan.id).await?.into_iter();
        let sent_back = plan.was_sent();
        let parts = &app.scheme.plan.parts;
        let index = parts.iter().position(|other| other.code == part.code);
        let index = index.unwrap_or(0);
        let form =
            form.unwrap_or_else(|| Form::filled(questions::fill(&part.questions, &plan.content.0)));
        let mut fields = questions::fields(&part.questions, &form, &opened.departments);
        let mut codes: Vec<String> = part
            .questions
            .iter()
            .map(|each| each.code().to_owned())
            .collect();
        codes.push(part.code.clone());
        let readings = readings::told(db, &codes, app.clock.today()).await?;
        readings::note(&mut fields, &readings);
        Ok(Self {
            page: allowed.page(format!("实施方案：{}", part.title)),
            position: format!("第{}部分，共{}部分", index + 1, parts.len()),
            readings: readings
                .into_iter()
                .filter(|each| each.concerns.contains(&part.code))
                .collect(),
            fields,
            previous: index
                .checked_sub(1)
                .and_then(|index| parts.get(index))
                .map(|part| part.code.clone()),
            next: parts.get(index + 1).map(|part| part.code.clone()),
            basics: if part.code == BASICS {
                views::basics(&app.scheme, &plan.survey.0, &opened.departments)
            } else {
                Vec::new()
            },
            findings: views::findings(&found, &opened, false),
            opinions: reasons
                .filter(|reason| {
                    sent_back && reason.round == plan.round && reason.part == part.code
                })
                .map(|reason| format!("{}（{}）", reason.reason, reason.who))
                .collect(),
            part: part.clone(),
            departments: opened.departments,
            plan: opened.plan,
            form,
        })
    }

    fn theirs(&self) -> Option<Theirs> {
        Some(Theirs {
            version: self.plan.version,
            parts: asked(&self.part.questions, &self.departments),
            fields: questions::fill(&self.part.questions, &self.plan.content.0),
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::plan::PLAN.at(allowed.association()?))
    }
}

/// Saves the part; wrong values are told beside their fields, missing ones only
/// matter for submitting.
pub async fn save(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    if rows_button(&form) {
        return draw::<PartPage>(&app, &allowed, Some(form), StatusCode::OK).await;
    }
    let id = allowed.association()?;
    let part = part(&app.scheme, &allowed)?;
    let departments = choices(&mut app.read().await?).await?;
    let answers = questions::read(&mut form, &part.questions, &departments);
    let run = async |write: Write, _, seen| {
        if part.code == BASICS {
            acts::rebase(write, id, seen).await
        } else {
            acts::save_part(write, id, seen, part, &answers).await
        }
    };
    allowed.act::<PartPage, _, _>(&app, form, run).await
}

/// Why the leader sends the plan back to the clerk.
pub(in crate::plan) const BACK: Ask<String> = ask::longtext("reason", "退回修改的理由", 500)
    .rows(2)
    .must("请写明退回修改的理由。");

/// Sends the plan to the leader for signature.
pub async fn pass(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.association()?;
    let run = async |write, _, seen| acts::pass(write, id, seen).await;
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// The leader sends it back.
pub async fn back(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let reason = BACK.read(&mut form);
    let run = async |write, clean, seen| acts::back(write, id, seen, &reason.take(&clean)).await;
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}
