//! Asking for a change of a plan under way: the unit chooses the parts, writes what
//! each is to say and why, sees what that touches and whose approval is asked
//! anew, and sends all of it as one request (domain 6.3).

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::database::Db;
use crate::paths;
use crate::plan::changes;
use crate::plan::diff::{self, Change};
use crate::plan::rules::{CHANGEABLE, Refusal, TIMETABLE};
use crate::plan::{acts, approvals};
use crate::scheme::plan::Part;
use crate::scheme::{Answers, Question};
use crate::web::answer::questions::{self, FieldView, rows_button};
use crate::web::list::Query;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

use super::views::{self, Opened, offers, open, refused};

#[derive(Template)]
#[template(path = "plan/change.html")]
struct ChangePage {
    page: Page,
    form: Form,
    association: i64,
    association_name: String,
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

async fn opened(db: &mut Db, allowed: &Allowed) -> Result<Opened, Error> {
    let opened = open(db, allowed).await?;
    if offers(allowed, &opened.plan, Act::ChangeRequest) {
        Ok(opened)
    } else {
        Err(refused(&Refusal::Closed(opened.plan.state)))
    }
}

/// Parts that a change may touch, of these codes.
fn parts<'a>(app: &'a App, codes: &[String]) -> Vec<&'a Part> {
    CHANGEABLE
        .iter()
        .filter(|code| codes.iter().any(|wanted| wanted == *code))
        .filter_map(|code| app.scheme.part(code))
        .collect()
}

fn view(
    app: &App,
    allowed: &Allowed,
    (opened, chosen): (&Opened, &[&Part]),
    (form, review): (Form, Option<Review>),
) -> ChangePage {
    let plan = &opened.plan;
    let others = CHANGEABLE
        .iter()
        .filter(|code| chosen.iter().all(|part| part.code != **code))
        .filter_map(|code| app.scheme.part(code));
    ChangePage {
        page: allowed.page("申请变更实施方案"),
        association: plan.association.0,
        association_name: plan.association_name.clone(),
        version: plan.version,
        others: others
            .map(|part| (part.code.clone(), part.title.clone()))
            .collect(),
        chosen: chosen
            .iter()
            .map(|part| PartForm {
                code: part.code.clone(),
                title: part.title.clone(),
                reason: format!("reason.{}", part.code),
                reason_label: format!("{}的变更理由", part.title),
                fields: questions::fields(&part.questions, &form, &opened.departments),
            })
            .collect(),
        form,
        review,
    }
}

/// The choice of parts, or the chosen parts as the plan has them.
pub async fn changing(
    Extract(app): Extract<App>,
    allowed: Allowed,
    query: Query,
) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let opened = opened(db, &allowed).await?;
    let codes: Vec<String> = query.all("part").into_iter().map(str::to_owned).collect();
    let chosen = parts(&app, &codes);
    let values = chosen
        .iter()
        .flat_map(|part| questions::fill(&part.questions, &opened.plan.content.0))
        .collect();
    let shown = (Form::filled(values), None);
    html(&view(&app, &allowed, (&opened, &chosen), shown))
}

/// One part more or less, everything else as typed.
fn rearranged(app: &App, opened: &Opened, form: Form, codes: &mut Vec<String>) -> Form {
    if let Some(code) = form.pressed("_drop") {
        codes.retain(|chosen| *chosen != code);
        return form;
    }
    let Some(code) = form.pressed("_part") else {
        return form;
    };
    let mut form = form;
    for part in parts(app, std::slice::from_ref(&code)) {
        for (name, value) in questions::fill(&part.questions, &opened.plan.content.0) {
            form.set(&name, value);
        }
    }
    codes.push(code);
    form
}

/// Reads the request, shows what it does, and sends it once that was seen.
pub async fn change(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let opened = opened(&mut app.read().await?, &allowed).await?;
    let mut codes = form.ticks("part", "变更的部分", &CHANGEABLE);
    let page_only = ["_part", "_drop"]
        .iter()
        .any(|name| form.raw(name).is_some());
    if page_only || rows_button(&form) {
        let form = rearranged(&app, &opened, form, &mut codes);
        let chosen = parts(&app, &codes);
        return html(&view(&app, &allowed, (&opened, &chosen), (form, None)));
    }
    let chosen = parts(&app, &codes);
    let seen = (opened.plan.association, form.version()?);
    let Some((after, reason)) = asked(&mut form, &opened, &chosen) else {
        return again(&app, &allowed, (&opened, &chosen), form);
    };
    if let Err(refusal) = changes::allowed(&app.scheme, &opened.plan.content.0, &after) {
        form.fail(TIMETABLE, "时间步骤", refusal.explain());
        return again(&app, &allowed, (&opened, &chosen), form);
    }
    let review = review(&app, &opened, &after);
    if form.value("checked") != review.token || form.raw("_again").is_some() {
        let shown = (form, Some(review));
        return html(&view(&app, &allowed, (&opened, &chosen), shown));
    }
    let path = paths::plan::PLAN.at(opened.plan.association);
    let who = allowed.who(&form, format!("{path}?done={}", Act::ChangeRequest.name()));
    let request = (&after, reason.as_str());
    match acts::request_change(&app.database, &app.scheme, &who, seen, request).await? {
        Ok(()) => Ok(redirect(&path, Act::ChangeRequest)),
        Err(refusal) => Err(refused(&refusal)),
    }
}

fn again(
    app: &App,
    allowed: &Allowed,
    shown: (&Opened, &[&Part]),
    form: Form,
) -> Result<Response, Error> {
    html_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &view(app, allowed, shown, (form, None)),
    )
}

/// What the plan is to say and why, each part with its own reason; `None` if
/// something is wrong, with the messages in the form.
fn asked(form: &mut Form, opened: &Opened, chosen: &[&Part]) -> Option<(Answers, String)> {
    let before = &opened.plan.content.0;
    let all: Vec<Question> = chosen
        .iter()
        .flat_map(|part| part.questions.iter().cloned())
        .collect();
    let answers = questions::read(form, &all, &opened.departments);
    let after = changes::applied(before, &answers);
    let mut reasons = Vec::new();
    for part in chosen {
        let slot = form
            .text(
                &format!("reason.{}", part.code),
                &format!("{}的变更理由", part.title),
                500,
            )
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
    form.knows("checked");
    form.knows("_again");
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
    let asked = changes::competences(&app.scheme, before, after, &opened.approvals);
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
            &app.scheme.plan.parts,
            &readable(before),
            &readable(after),
            &opened.departments,
        ),
        items: changes::touched(before, after, &CHANGEABLE).len(),
        departments: departments.collect(),
        token: format!("seen:{}", asked.join(",")),
    }
}
