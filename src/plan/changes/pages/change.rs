//! Asking for a change of a plan under way: the unit chooses the parts, writes what
//! each is to say and why, sees what that touches and whose approval is asked
//! anew, and sends all of it as one request (domain 6.3).

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;

use crate::access::Act;
use crate::database::Explain as _;
use crate::paths;
use crate::plan::approvals::rules as approvals;
use crate::plan::changes::acts;
use crate::plan::changes::rules::{self, CHANGEABLE};
use crate::plan::draft::rules::TIMETABLE;
use crate::plan::pages::diff::{self, Change};
use crate::plan::pages::views::{self, Opened, offered};
use crate::scheme::plan::Part;
use crate::scheme::{Answers, Question};
use crate::web::answer::questions::{self, FieldView, rows_button};
use crate::web::list::Query;
use crate::web::page::Page;
use crate::web::view::draw;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

/// Set by this page where the form was read whole and is to be looked at before it is sent.
const REVIEW: &str = "_review";

/// The choice of parts, or the chosen parts.
#[derive(Template)]
#[template(path = "plan/change.html")]
pub struct ChangePage {
    page: Page,
    form: Form,
    association: i64,
    version: i32,
    /// Parts to choose from: code, title.
    others: Vec<(String, String)>,
    chosen: Vec<PartForm>,
    review: Option<Review>,
}

/// A chosen part with its fields.
struct PartForm {
    code: String,
    title: String,
    reason: String,
    reason_label: String,
    fields: Vec<FieldView>,
}

/// What the change does, told before it is sent.
struct Review {
    changes: Vec<Change>,
    items: usize,
    departments: Vec<String>,
    token: String,
}

/// The parts in the form, with the one just chosen and without the one just dropped,
/// of those that a change may touch.
fn chosen<'a>(app: &'a App, form: &Form) -> Vec<&'a Part> {
    CHANGEABLE
        .iter()
        .filter(|code| form.has("part", code) || form.has("_part", code))
        .filter(|code| !form.has("_drop", code))
        .filter_map(|code| app.scheme.part(code))
        .collect()
}

/// The name of a part's reason.
fn reason(part: &Part) -> String {
    format!("reason.{}", part.code)
}

fn reason_label(part: &Part) -> String {
    format!("{}的变更理由", part.title)
}

impl View for ChangePage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let Look { app, allowed, db } = look;
        let opened = offered(db, allowed, Act::ChangeRequest).await?;
        let plan = &opened.plan;
        let mut form = form.unwrap_or_default();
        let chosen = chosen(app, &form);
        // A part that was just chosen says what the plan says.
        for part in &chosen {
            if form.raw(&reason(part)).is_none() {
                for (name, value) in questions::fill(&part.questions, &plan.content.0) {
                    form.set(&name, value);
                }
            }
        }
        let others = CHANGEABLE
            .iter()
            .filter(|code| chosen.iter().all(|part| part.code != **code))
            .filter_map(|code| app.scheme.part(code));
        let read = (form.raw(REVIEW).is_some() && form.errors().is_empty())
            .then(|| asked(&mut form.clone(), &opened, &chosen))
            .flatten();
        Ok(Self {
            page: allowed.page("申请变更实施方案"),
            association: plan.association.0,
            version: plan.version,
            others: others
                .map(|part| (part.code.clone(), part.title.clone()))
                .collect(),
            review: read.map(|(after, _)| review(app, &opened, &after)),
            chosen: chosen
                .iter()
                .map(|part| PartForm {
                    code: part.code.clone(),
                    title: part.title.clone(),
                    reason: reason(part),
                    reason_label: reason_label(part),
                    fields: questions::fields(&part.questions, &form, &opened.departments),
                })
                .collect(),
            form,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::plan::PLAN.at(allowed.association()?))
    }
}

/// The choice of parts, or the chosen parts as the plan has them.
pub async fn changing(Extract(app): Extract<App>, allowed: Allowed, query: Query) -> Answer {
    let parts = query.all("part").into_iter();
    let parts = parts.map(|code| ("part".to_owned(), code.to_owned()));
    let form = Form::filled(parts.collect());
    draw::<ChangePage>(&app, &allowed, Some(form), StatusCode::OK).await
}

/// Reads the request, shows what it does, and sends it once that was seen.
pub async fn change(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let buttons = ["_part", "_drop"];
    if buttons.iter().any(|name| form.raw(name).is_some()) || rows_button(&form) {
        return draw::<ChangePage>(&app, &allowed, Some(form), StatusCode::OK).await;
    }
    let opened = offered(&mut app.read().await?, &allowed, Act::ChangeRequest).await?;
    let chosen = chosen(&app, &form);
    let Some((after, why)) = asked(&mut form, &opened, &chosen) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return draw::<ChangePage>(&app, &allowed, Some(form), status).await;
    };
    if let Err(refusal) = rules::allowed(&app.scheme, &opened.plan.content.0, &after) {
        form.fail(TIMETABLE, "时间步骤", refusal.explain());
    } else if form.value("checked") != review(&app, &opened, &after).token
        || form.raw("_again").is_some()
    {
        form.set(REVIEW, "yes");
        return draw::<ChangePage>(&app, &allowed, Some(form), StatusCode::OK).await;
    }
    let id = opened.plan.association;
    let run = async |write, _, seen| acts::request_change(write, id, seen, &after, &why).await;
    allowed.act::<ChangePage, _, _>(&app, form, run).await
}

/// What the plan is to say and why, each part with its own reason; `None` if
/// something is wrong, with the messages in the form.
fn asked(form: &mut Form, opened: &Opened, chosen: &[&Part]) -> Option<(Answers, String)> {
    let before = &opened.plan.content.0;
    let _ = form.ticks("part", "变更的部分", &CHANGEABLE);
    let all: Vec<Question> = chosen
        .iter()
        .flat_map(|part| part.questions.iter().cloned())
        .collect();
    let answers = questions::read(form, &all, &opened.departments);
    let after = rules::applied(before, &answers);
    let mut reasons = Vec::new();
    for part in chosen {
        let slot = form
            .text(&reason(part), &reason_label(part), 500)
            .required("请写明这一部分变更什么、为什么变更。");
        if before.get(&part.code) == after.get(&part.code) {
            let message = "这一部分与原方案相同，请先修改，或者选择不变更这一部分。";
            form.fail(&part.code, &part.title, message);
        }
        reasons.push((part.title.as_str(), slot));
    }
    if chosen.is_empty() {
        form.fail("part", "变更的部分", "请至少选择一个部分。");
    }
    for name in ["checked", "_again", REVIEW] {
        form.knows(name);
    }
    let clean = form.done().ok()?;
    let mut reasons: Vec<(&str, String)> = reasons
        .into_iter()
        .map(|(title, slot)| (title, slot.take(&clean)))
        .collect();
    let reason = match (reasons.pop(), reasons.is_empty()) {
        (Some((_, only)), true) => only,
        (last, _) => {
            reasons.extend(last);
            let each = reasons.iter();
            let each: Vec<String> = each.map(|(title, why)| format!("{title}：{why}")).collect();
            each.join("；")
        }
    };
    Some((after, reason))
}

fn review(app: &App, opened: &Opened, after: &Answers) -> Review {
    let before = &opened.plan.content.0;
    let asked = rules::competences(&app.scheme, before, after, &opened.approvals);
    let departments = asked.iter().map(|code| {
        let row = opened.approvals.iter();
        let row = row
            .rev()
            .find(|row: &&approvals::Approval| row.competence == *code);
        row.map_or_else(|| code.clone(), |row| row.department_name.clone())
    });
    let readable = |content| views::readable(&app.scheme, content, opened.persons);
    Review {
        changes: diff::changes(
            &app.scheme,
            &readable(before),
            &readable(after),
            &opened.departments,
        ),
        items: rules::touched(before, after, &CHANGEABLE).len(),
        departments: departments.collect(),
        token: format!("seen:{}", asked.join(",")),
    }
}
