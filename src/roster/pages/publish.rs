//! What would be published: the rows of the list, and who is missing; the button stands
//! below them (LI-7, TC-54).

use askama::Template;
use axum::extract::State as Extract;
use chrono::NaiveDate;

use crate::access::{Act, Seen};
use crate::ids::DepartmentId;
use crate::paths;
use crate::roster::acts::publishing::{self, Publication, Publishable};
use crate::roster::store::publications::Due;
use crate::roster::store::units::MissingUnit;
use crate::scheme::campaign::Campaign;
use crate::scheme::{batch, calendar, parameters};
use crate::web::ask::{self, Ask};
use crate::web::form::Slot;
use crate::web::page::Page;
use crate::web::table::{self, Column, Table};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

const TITLE: Ask<String> = ask::wide("title", "名单标题", 100).must("请填写名单标题。");
/// Longest reason of an exception.
const REASON: usize = 300;

/// The dates of a later list, proposed and confirmed with it (FD-1), under the names of their
/// parameters.
fn asks() -> [Ask<NaiveDate>; batch::DATES.len()] {
    batch::DATES.map(|(name, _)| ask::date(name, parameters::label(name)))
}

const ROWS: &[Column<Due>] = &[
    table::serial(),
    table::words("协会名称", |due: &Due| (&due.name).into()).head(),
    table::short("统一社会信用代码", |due: &Due| {
        due.uscc.clone().unwrap_or_default().into()
    }),
    table::words("业务主管单位", |due: &Due| (&due.unit).into()),
    table::words("备注", |due: &Due| (&due.remark).into()),
    table::words("入选原因", |due: &Due| due.reason.into()),
];

/// The page.
#[derive(Template)]
#[template(path = "roster/publish.html")]
pub struct PublishPage {
    page: Page,
    form: Form,
    rows: Table,
    count: usize,
    missing: Vec<Row>,
    /// A list is published already: this one has dates of its own (FD-1).
    later: bool,
    dates: [Ask<NaiveDate>; batch::DATES.len()],
    /// Years of these dates that have no calendar.
    unknown: Option<String>,
    seen: Seen,
}

/// A unit that is missing, and the field of the exception for it.
struct Row {
    name: String,
    what: String,
    field: String,
    label: String,
    address: String,
}

/// How fields of exceptions begin.
const EXCEPTION: &str = "exception.";

/// The field of the exception for a unit.
fn field(unit: i64) -> String {
    format!("{EXCEPTION}{unit}")
}

/// What it is called.
fn label(unit: &MissingUnit) -> String {
    let (name, why) = (&unit.name, unit.why);
    if why.is_unreported() {
        format!("例外：{name}未报而先行发布的理由")
    } else {
        format!("例外：{name}{}而先行发布的理由", why.label())
    }
}

impl View for PublishPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let now = Publishable::load(look.db, &look.app.scheme).await?;
        let later = now.bound.is_later();
        let mut form = form.unwrap_or_default();
        let mut unknown = None;
        if later {
            let campaign = &look.app.scheme.campaign;
            unknown = propose(&mut form, campaign, look.app.clock.today());
        }
        let row = |unit: &MissingUnit| Row {
            name: unit.name.clone(),
            what: match unit.managed {
                0 => unit.why.label().to_owned(),
                managed => format!("{}，台账中范围内{managed}个", unit.why.label()),
            },
            field: field(unit.id),
            label: label(unit),
            address: paths::roster::RECOMMENDATIONS.at(DepartmentId(unit.id)),
        };
        Ok(Self {
            page: look.allowed.page("发布脱钩名单"),
            form,
            later,
            dates: asks(),
            unknown,
            rows: Table::of("将发布的名单", look.allowed.actor(), ROWS, &now.due).scrolled(),
            count: now.due.len(),
            missing: now.missing.iter().map(row).collect(),
            seen: now.seen(),
        })
    }

    fn address(_: &Allowed) -> Result<String, Error> {
        Ok(paths::roster::ROSTER.at().to_owned())
    }
}

/// Fills in the dates of a later list as the first list's distances give them; what is said
/// where they reach a year without a calendar (FD-5).
fn propose(form: &mut Form, campaign: &Campaign, on: NaiveDate) -> Option<String> {
    let proposed = batch::proposed(campaign, on);
    let days = proposed.iter().map(|(_, day)| *day);
    let unknown = calendar::unknown(&calendar::years_without(campaign, days));
    for (name, day) in proposed {
        if form.raw(name).is_none() {
            form.set(name, day.to_string());
        }
    }
    unknown
}

/// Publishes what was shown.
pub async fn publish(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let title = TITLE.read(&mut form);
    let now = Publishable::load(&mut app.read().await?, &app.scheme).await?;
    let mut given: Vec<(i64, Slot<String>)> = Vec::new();
    for unit in &now.missing {
        let reason = form.text(&field(unit.id), &label(unit), REASON);
        let must = if unit.why.is_unreported() {
            "该单位未报，例外先行发布的，请写明理由。"
        } else {
            "例外先行发布的，请写明理由。"
        };
        given.push((unit.id, reason.required(must)));
    }
    // A unit that has reported meanwhile is not asked for any more: that is a change (409), not
    // a field that no page has.
    let asked: Vec<String> = form
        .fields()
        .iter()
        .map(|(name, _)| name.clone())
        .filter(|name| name.starts_with(EXCEPTION))
        .collect();
    for name in &asked {
        form.knows(name);
    }
    let dates = asks().map(|ask| (ask.name, ask.if_filled(&mut form)));
    let run = async |write, clean, seen| {
        let dates = dates.into_iter();
        let dates = dates.filter_map(|(name, day)| Some((name, day.take(&clean)?)));
        let dates = dates.collect();
        let given = given.into_iter();
        let publication = Publication {
            title: title.take(&clean),
            exceptions: given
                .map(|(unit, reason)| (unit, reason.take(&clean)))
                .collect(),
            dates,
        };
        publishing::publish(write, seen, &publication).await
    };
    allowed.act::<PublishPage, _, _>(&app, form, run).await
}
