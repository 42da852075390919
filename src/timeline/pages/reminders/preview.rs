//! Before sending: what goes to whom, merged to one notice for each department,
//! what is left out and why, and who receives it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State as Extract;

use crate::access::{Act, Seen};
use crate::crossings::reminding::{self as acts, Situation, Wanted};
use crate::paths;
use crate::timeline::rules::orders::Written;
use crate::timeline::rules::reminders::{
    DEFAULT_TEXT, Judge, LONGEST, Left, Matter, escalates, merge,
};
use crate::web::list::Query;
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};
use crate::words::Mark;

use super::{mark, named, passes, situation, value};

/// The page.
#[derive(Template)]
#[template(path = "timeline/reminders_preview.html")]
pub struct PreviewPage {
    page: Page,
    form: Form,
    seen: Seen,
    notices: Vec<NoticeView>,
    matters: usize,
    /// Nothing was chosen, or nothing of what was chosen is left to press for.
    none: Option<&'static str>,
    left: Table,
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
    ground: &'static str,
    mark: Mark,
    written: Written,
}

/// What stays behind, and why.
struct LeftView {
    unit: String,
    title: String,
    subject: String,
    why: String,
}

const LEFT: &[Column<LeftView>] = &[
    table::words("事项", |left: &LeftView| {
        Cell::plain(&left.title).under(&left.subject)
    })
    .head(),
    table::words("承办单位", |left: &LeftView| Cell::plain(&left.unit)),
    table::words("原因", |left: &LeftView| Cell::plain(&left.why)),
];

fn field(department: i64) -> String {
    format!("body-{department}")
}

fn notice(now: &Situation, judge: &Judge<'_>, department: i64, matters: &[&Matter]) -> NoticeView {
    let (name, full) = now.office(department);
    let receivers = now.receivers.get(&department);
    let row = |matter: &&Matter| MatterView {
        value: value(matter),
        ground: matter.ground.label(),
        mark: mark(matter.late(now.today)),
        written: judge.written(matter),
    };
    NoticeView {
        field: field(department),
        label: format!("发给{name}的内容"),
        hint: format!("最多{LONGEST}字，事项清单附在后面"),
        name: full.to_owned(),
        receivers: receivers.map_or_else(String::new, |who| who.join("、")),
        rows: matters.iter().map(row).collect(),
    }
}

fn left(now: &Situation, matter: &Matter, why: Left) -> LeftView {
    LeftView {
        unit: now.office(matter.holder).0.to_owned(),
        title: matter.title.clone(),
        subject: matter.subject.clone(),
        why: why.explain(),
    }
}

impl PreviewPage {
    fn of(app: &App, allowed: &Allowed, form: Form, now: &Situation, chosen: &[&Matter]) -> Self {
        let judge = now.judge(&app.scheme);
        let sorted = judge.sort(chosen.iter().copied());
        let stays = sorted.left.iter();
        let left: Vec<LeftView> = stays.map(|(matter, why)| left(now, matter, *why)).collect();
        let grave = |matter: &&&Matter| escalates(matter.late(now.today), judge.times(matter));
        Self {
            page: allowed.page("预览催办通知"),
            form,
            seen: judge.seen(sorted.sent()),
            matters: sorted.sent().count(),
            none: chosen.is_empty().then(|| {
                let query = allowed.query();
                if query.get("association").is_some() {
                    "该协会没有逾期、临期而在单位或部门手里的事项，现在不需要催办。"
                } else if query.get("m").is_some() {
                    "所选事项已经办结，或者没有逾期、临期，现在不需要催办。"
                } else {
                    "请先选择要催办的事项。"
                }
            }),
            grave: chosen.iter().filter(grave).count(),
            notices: (sorted.notices.iter())
                .map(|(department, own)| notice(now, &judge, *department, own))
                .collect(),
            left: Table::of("不发的事项", allowed.actor(), LEFT, &left).scrolled(),
        }
    }
}

impl View for PreviewPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (app, allowed) = (look.app, look.allowed);
        let now = situation(look.db, app, allowed).await?;
        let (form, chosen) = match form {
            Some(form) => {
                let chosen = sent(&now, &form);
                (form, chosen)
            }
            None => asked(&now, app, allowed.query()),
        };
        Ok(Self::of(app, allowed, form, &now, &chosen))
    }

    fn address(_: &Allowed) -> Result<String, Error> {
        Ok(paths::timeline::REMINDERS.to_string())
    }
}

/// The matters that a form names, by department.
fn ticked(form: &Form) -> BTreeMap<i64, Vec<String>> {
    let mut wanted: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for (name, typed) in form.fields() {
        if let Some((department, key)) = named(typed).filter(|_| name == "m") {
            wanted.entry(department).or_default().push(key);
        }
    }
    wanted
}

/// The matters that a form names.
fn sent<'n>(now: &'n Situation, form: &Form) -> Vec<&'n Matter> {
    let wanted = ticked(form);
    (now.matters.iter())
        .filter(|matter| {
            let keys = wanted.get(&matter.holder);
            keys.is_some_and(|keys| keys.contains(&matter.key))
        })
        .collect()
}

/// The matters ticked in the address, or all that its filters let pass, with the text
/// that each department is sent unless somebody writes otherwise.
fn asked<'n>(now: &'n Situation, app: &App, query: &Query) -> (Form, Vec<&'n Matter>) {
    let ticked = query.all("m");
    // All that the filters let pass, or all of one association (from its own page).
    let all = query.get("all").is_some() || query.get("association").is_some();
    let chosen: Vec<&Matter> = (now.matters.iter())
        .filter(|matter| {
            if all {
                passes(&app.scheme, query, matter, matter.late(now.today))
            } else {
                ticked.contains(&value(matter).as_str())
            }
        })
        .collect();
    let mut form = Form::default();
    for (department, _) in merge(chosen.iter().copied()) {
        form.set(&field(department), DEFAULT_TEXT);
    }
    (form, chosen)
}

/// Sends them.
pub async fn send(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    form.knows("m[]");
    let mut slots = Vec::new();
    for (department, matters) in ticked(&form) {
        let body = form
            .text(&field(department), "催办内容", LONGEST)
            .required("请填写催办内容。");
        slots.push((department, matters, body));
    }
    if slots.is_empty() {
        form.fail("form", "催办", "没有选择可以催办的事项。");
    }
    let run = async |write, clean, seen| {
        let notices: Vec<Wanted> = (slots.into_iter())
            .map(|(department, matters, body)| Wanted {
                department,
                body: body.take(&clean),
                matters,
            })
            .collect();
        acts::send(write, seen, &notices).await
    };
    allowed.act::<PreviewPage, _, _>(&app, form, run).await
}
