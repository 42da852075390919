//! Before sending: what goes to whom, merged to one notice for each department,
//! what is left out and why, and who receives it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::paths;
use crate::timeline::acts::reminders::{self as acts, Wanted};
use crate::timeline::rules::reminders::{DEFAULT_TEXT, LONGEST, Matter, escalates, merge, word};
use crate::timeline::store::Situation;
use crate::web::list::Query;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

use super::{named, passes, situation, tag, value};

#[derive(Template)]
#[template(path = "timeline/reminders_preview.html")]
struct PreviewPage {
    page: Page,
    form: Form,
    notices: Vec<NoticeView>,
    matters: usize,
    left: Vec<LeftView>,
    grave: usize,
}

/// A notice to one department.
struct NoticeView {
    field: String,
    label: String,
    hint: String,
    name: String,
    receivers: String,
    rows: Vec<MatterView>,
}

struct MatterView {
    value: String,
    title: String,
    subject: String,
    ground: &'static str,
    deadline: String,
    tag: &'static str,
    state: String,
    times: i64,
}

/// What stays behind, and why.
struct LeftView {
    unit: String,
    title: String,
    subject: String,
    why: String,
}

fn field(department: i64) -> String {
    format!("body-{department}")
}

fn view(
    app: &App,
    allowed: &Allowed,
    form: Form,
    now: &Situation,
    chosen: Vec<Matter>,
) -> PreviewPage {
    let judge = now.judge(&app.scheme);
    let times = |matter: &Matter| judge.past(matter).map_or(0, |past| past.times);
    let grave = chosen
        .iter()
        .filter(|matter| escalates(matter.late(now.today), times(matter)))
        .count();
    let (mut sent, mut left) = (Vec::new(), Vec::new());
    for matter in chosen {
        match judge.may_remind(&matter) {
            Ok(()) => sent.push(matter),
            Err(why) => left.push(LeftView {
                unit: now.office(matter.holder).0.to_owned(),
                title: matter.title,
                subject: matter.subject,
                why: why.explain(),
            }),
        }
    }
    let matters = sent.len();
    let notices = merge(sent)
        .into_iter()
        .map(|(department, own)| {
            let (name, full) = now.office(department);
            NoticeView {
                field: field(department),
                label: format!("发给{name}的内容"),
                hint: format!("最多{LONGEST}字，事项清单附在后面"),
                name: full.to_owned(),
                receivers: now
                    .receivers
                    .get(&department)
                    .map_or_else(String::new, |who| who.join("、")),
                rows: own
                    .iter()
                    .map(|matter| MatterView {
                        value: value(matter),
                        title: matter.title.clone(),
                        subject: matter.subject.clone(),
                        ground: matter.ground.label(),
                        deadline: matter.deadline.to_string(),
                        tag: tag(matter.late(now.today)),
                        state: word(matter.late(now.today)),
                        times: times(matter),
                    })
                    .collect(),
            }
        })
        .collect();
    PreviewPage {
        page: allowed.page("预览催办通知"),
        form,
        notices,
        matters,
        left,
        grave,
    }
}

/// The page: of the ticked matters, or of all that the filters let pass.
pub async fn show(
    Extract(app): Extract<App>,
    allowed: Allowed,
    query: Query,
) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let now = situation(db, &app, &allowed).await?;
    let ticked = query.all("m");
    let all = query.get("all").is_some();
    let chosen: Vec<Matter> = now
        .matters
        .iter()
        .filter(|matter| {
            if all {
                passes(&app.scheme, &query, matter, matter.late(now.today))
            } else {
                ticked.contains(&value(matter).as_str())
            }
        })
        .cloned()
        .collect();
    let mut form = Form::default();
    for (department, _) in merge(chosen.clone()) {
        form.set(&field(department), DEFAULT_TEXT);
    }
    html(&view(&app, &allowed, form, &now, chosen))
}

/// Sends them.
pub async fn send(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    form.knows("m[]");
    let mut wanted: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for (name, typed) in form.fields() {
        if let Some((department, key)) = named(typed).filter(|_| name == "m") {
            wanted.entry(department).or_default().push(key);
        }
    }
    let mut slots = Vec::new();
    for (department, matters) in wanted.clone() {
        let body = form
            .text(&field(department), "催办内容", LONGEST)
            .required("请填写催办内容。");
        slots.push((department, matters, body));
    }
    if slots.is_empty() {
        form.fail("form", "催办", "没有选择可以催办的事项。");
    }
    if let Ok(clean) = form.done() {
        let notices: Vec<Wanted> = slots
            .into_iter()
            .map(|(department, matters, body)| Wanted {
                department,
                body: body.take(&clean),
                matters,
            })
            .collect();
        let who = allowed.who(&form, paths::timeline::REMINDERS.at());
        match acts::send(&app.database, &app.scheme, &who, &notices).await? {
            Ok(_) => return Ok(redirect(paths::timeline::REMINDERS.at(), Act::ReminderSend)),
            Err(refusal) => form.fail("form", "催办", refusal.explain()),
        }
    }
    let now = situation(&mut app.read().await?, &app, &allowed).await?;
    let chosen = now
        .matters
        .iter()
        .filter(|matter| {
            let keys = wanted.get(&matter.holder);
            keys.is_some_and(|keys| keys.contains(&matter.key))
        })
        .cloned()
        .collect();
    let page = view(&app, &allowed, form, &now, chosen);
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
