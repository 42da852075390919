//! 催办督办: what is late or nearly so and who holds it, notices and 督办单.

mod leads;
pub mod order;
pub mod preview;
pub mod received;
pub mod sheet;

use std::collections::BTreeSet;

use askama::Template;
use chrono::NaiveDate;

use crate::access::{Act, Actor, Case as _, Scope};
use crate::crossings::reminding::{MOST, Situation, grave};
use crate::database::Db;
use crate::paths;
use crate::registry::names;
use crate::scheme::{Choice, Scheme};
use crate::timeline::rules::reminders::{
    Degree, Judge, Kind, Left, Matter, NOTICE, escalates, merge, step_due, word,
};
use crate::timeline::store::orders::{self, Order};
use crate::timeline::store::reminders::{self, Notice};
use crate::web::hands::{self, Asked};
use crate::web::list::{Chip, Pager, Query, ROWS};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, App, Error, Form, Look, View};
use crate::words::Mark;

/// The page.
#[derive(Template)]
#[template(path = "timeline/reminders.html")]
pub struct ListPage {
    page: Page,
    form: Form,
    late: usize,
    soon: usize,
    due_today: usize,
    cut: Option<i64>,
    day_off: Option<String>,
    groups: Vec<Group>,
    pager: Pager,
    chips: Vec<Chip>,
    units: Vec<Choice>,
    kinds: Vec<Choice>,
    degrees: Vec<Choice>,
    silent: Vec<String>,
    grave: Vec<GraveView>,
    orders: Table,
    notices: Table,
    may_send: bool,
    all: String,
}

/// Who did it and when; nobody yet: what is given instead.
fn done(by: Option<&String>, day: Option<NaiveDate>, otherwise: Cell) -> Cell {
    match (by, day) {
        (Some(by), Some(day)) => {
            [Cell::plain(format!("{by} ")), Cell::Whole(day.to_string())].into()
        }
        (Some(by), None) => by.into(),
        (None, _) => otherwise,
    }
}

const ORDERS: &[Column<Order>] = &[
    table::short("督办单", |order: &Order| {
        let address = paths::timeline::ORDER.at(order.id);
        match &order.number {
            Some(number) => Cell::link(address, number),
            None => Cell::said_after(address, "拟稿", format!("：致{}", order.name)),
        }
    })
    .head(),
    table::words("单位", |order: &Order| Cell::plain(&order.name)),
    table::short("状态", |order: &Order| Cell::mark(order.state)),
    table::words("拟制", |order: &Order| {
        done(Some(&order.drafter), Some(order.drafted_on), Cell::Empty)
    }),
    table::words("签发", |order: &Order| {
        done(order.signer.as_ref(), order.signed_on, Cell::Empty)
    }),
    table::words("签收", |order: &Order| {
        let signed = order.number.as_ref().map(|_| "未签收");
        done(
            order.acknowledged_by.as_ref(),
            order.acknowledged_on,
            signed.into(),
        )
    }),
    table::short("办结时限", |order: &Order| order.due.into()),
];

const NOTICES: &[Column<Notice>] = &[
    table::words("通知", |notice: &Notice| {
        let which = format!("，{}，第{}号", notice.sent_on, notice.id);
        let address = paths::timeline::REMINDER.at(notice.id);
        Cell::said_after(address, format!("致{}", notice.name), which)
    })
    .head(),
    table::figures("事项", |notice: &Notice| notice.matters.into()).unit("项"),
    table::words("发送人", |notice: &Notice| Cell::plain(&notice.sender)),
    table::short("发送日期", |notice: &Notice| notice.sent_on.into()),
    table::words("签收", |notice: &Notice| match &notice.acknowledged_by {
        None => Cell::Mark(Mark::Todo, "未签收".to_owned()),
        by => [
            Cell::Mark(Mark::Done, "已签收".to_owned()),
            Cell::plain(" "),
            done(by.as_ref(), notice.acknowledged_on, Cell::Empty),
        ]
        .into(),
    }),
];

/// What one department has, as far as it stands on the page.
struct Group {
    /// Its key, as ticks name it.
    holder: i64,
    name: String,
    /// All that it has, and how many of them are late.
    count: usize,
    late: usize,
    /// Where all of it is pressed for together.
    all: String,
    rows: Vec<RowView>,
}

/// A matter as the table shows it.
struct RowView {
    value: String,
    title: String,
    subject: String,
    href: String,
    ground: &'static str,
    deadline: String,
    mark: Mark,
    state: String,
    step: Option<String>,
    times: i64,
    last: String,
    left: Option<String>,
    grave: bool,
}

/// A department with matters that call for a 督办单.
struct GraveView {
    department: i64,
    name: String,
    count: usize,
}

/// Late or near: nothing else is on the list.
const fn mark(late: i64) -> Mark {
    Mark::of_days(late, i64::MAX)
}

/// How ticks name a matter: department and key.
fn value(matter: &Matter) -> String {
    format!("{}/{}", matter.holder, matter.key)
}

/// What ticks name.
fn named(value: &str) -> Option<(i64, String)> {
    let (holder, key) = value.split_once('/')?;
    Some((holder.parse().ok()?, key.to_owned()))
}

/// Reads the day's situation within what the person may see.
async fn situation(db: &mut Db, app: &App, allowed: &Allowed) -> Result<Situation, Error> {
    let at = (Scope::of(allowed.actor()), app.clock.today());
    Ok(Situation::read(db, &app.scheme, at).await?)
}

/// Whether a matter passes the filters in the address.
pub(super) fn passes(scheme: &Scheme, query: &Query, matter: &Matter, late: i64) -> bool {
    let wanted = |name: &str, fits: &dyn Fn(&str) -> bool| query.get(name).is_none_or(fits);
    wanted("unit", &|unit| unit == matter.holder.to_string())
        && wanted("association", &|id| {
            matter.association.is_some_and(|own| own.to_string() == id)
        })
        && wanted("task", &|code| {
            let task = scheme.task(code);
            task.is_some_and(|task| matter.belongs(scheme, task))
        })
        && wanted("kind", &|kind| kind == matter.kind.key())
        && wanted("degree", &|key| {
            Degree::from_key(key).is_some_and(|degree| degree.holds(late))
        })
}

fn choice(value: String, label: &str) -> Choice {
    (value, label.to_owned()).into()
}

fn row(
    (app, actor): (&App, &Actor),
    now: &Situation,
    judge: &Judge<'_>,
    matter: &Matter,
) -> RowView {
    let late = matter.late(now.today);
    let past = judge.past(matter);
    let times = past.map_or(0, |past| past.times);
    let step = step_due(&app.scheme.campaign, matter.deadline, now.today);
    RowView {
        value: value(matter),
        title: matter.title.clone(),
        subject: names::short(&matter.subject, &app.scheme.campaign.region_name).to_owned(),
        href: leads::to(actor, matter),
        ground: matter.ground.label(),
        deadline: matter.deadline.to_string(),
        mark: mark(late),
        state: word(late),
        step: step.map(|step| {
            let whom = if step.reaches_leader() {
                "经办人、负责人"
            } else {
                "经办人"
            };
            format!("今日提醒{whom}（{}）", step.label())
        }),
        times,
        last: past.map_or_else(|| "—".to_owned(), |past| past.last.to_string()),
        left: judge
            .may_remind(matter)
            .err()
            .filter(|_| judge.day_off().is_none())
            .map(Left::explain),
        grave: escalates(late, times),
    }
}

impl View for ListPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let query = allowed.query();
        let now = situation(db, app, allowed).await?;
        let judge = now.judge(&app.scheme);
        let late = |matter: &Matter| matter.late(now.today);
        let shown: Vec<&Matter> = now
            .matters
            .iter()
            .filter(|matter| passes(&app.scheme, query, matter, late(matter)))
            .collect();
        let total = i64::try_from(shown.len()).unwrap_or(i64::MAX);
        let due = |matter: &&&Matter| step_due(&app.scheme.campaign, matter.deadline, now.today);
        let mut orders = orders::orders(db).await?;
        let under_way = orders::under_way(db).await?;
        let office = allowed.may(Act::OrderDraft);
        orders.retain(|order| office || !order.state.is_internal());
        let notices = reminders::newest(db).await?;
        let sent = notices.iter().map(|notice| notice.id);
        let ids: Vec<i64> = orders.iter().map(|order| order.id).chain(sent).collect();
        let asked = Asked::Cases(&[Order::KIND, NOTICE], &ids);
        let hands = hands::listed(db, (app, allowed), asked).await?;
        let ordered = orders.iter().map(|order| hands.of(Order::KIND, order.id));
        let told = notices.iter().map(|notice| hands.of(NOTICE, notice.id));
        let (form, chips, units) = filters(&app.scheme, &now, query);
        Ok(Self {
            page: allowed.page("催办督办"),
            form,
            late: shown.iter().filter(|matter| late(matter) > 0).count(),
            soon: shown.iter().filter(|matter| late(matter) <= 0).count(),
            due_today: shown.iter().filter(|matter| due(matter).is_some()).count(),
            cut: now.cut.then_some(MOST),
            day_off: judge.day_off().map(Left::explain),
            groups: grouped(&shown, (query, allowed.actor()), (app, &now)),
            pager: Pager::new(query, total),
            chips,
            units,
            kinds: Choice::of::<Kind>(),
            degrees: Choice::of::<Degree>(),
            silent: silent(&now),
            grave: graves(&now, &grave(&now, &app.scheme, &under_way)),
            orders: Table::of("督办单", allowed.actor(), ORDERS, &orders).held(ordered),
            notices: Table::of("已发的催办通知", allowed.actor(), NOTICES, &notices).held(told),
            may_send: allowed.may(Act::ReminderSend),
            all: to_preview(&query.with("all", Some("yes"))),
        })
    }
}

/// The same filters on the page where notices are looked at before they are sent.
fn to_preview(list: &str) -> String {
    let (from, to) = (
        paths::timeline::REMINDERS,
        paths::timeline::REMINDER_PREVIEW,
    );
    list.replacen(from.at(), to.at(), 1)
}

/// The matters of a page under the departments that have them, whoever is late longest first.
fn grouped(
    shown: &[&Matter],
    (query, actor): (&Query, &Actor),
    (app, now): (&App, &Situation),
) -> Vec<Group> {
    let judge = now.judge(&app.scheme);
    let total = i64::try_from(shown.len()).unwrap_or(i64::MAX);
    let skip = usize::try_from(Pager::offset(query, total)).unwrap_or(0);
    let take = usize::try_from(ROWS).unwrap_or(usize::MAX);
    let mut place = 0;
    let mut groups = Vec::new();
    for (holder, own) in merge(shown.iter().copied()) {
        let here = own.iter().zip(place..);
        let here = here.filter(|(_, place)| (skip..skip + take).contains(place));
        let rows: Vec<RowView> = here
            .map(|(matter, _)| row((app, actor), now, &judge, matter))
            .collect();
        place += own.len();
        if rows.is_empty() {
            continue;
        }
        let all = format!("{}&unit={holder}", query.with("all", Some("yes")));
        groups.push(Group {
            holder,
            name: now.office(holder).0.to_owned(),
            count: own.len(),
            late: own
                .iter()
                .filter(|matter| matter.late(now.today) > 0)
                .count(),
            all: to_preview(&all),
            rows,
        });
    }
    groups
}

/// The filters as they stand, the chips that remove them, and the units on offer.
pub(super) fn filters(
    scheme: &Scheme,
    now: &Situation,
    query: &Query,
) -> (Form, Vec<Chip>, Vec<Choice>) {
    let holders: BTreeSet<i64> = now.matters.iter().map(|matter| matter.holder).collect();
    let units: Vec<Choice> = holders
        .iter()
        .map(|id| choice(id.to_string(), now.office(*id).0))
        .collect();
    let mut form = Form::default();
    let mut chips = Vec::new();
    for name in ["unit", "kind", "degree", "task", "association"] {
        let Some(value) = query.get(name) else {
            continue;
        };
        form.set(name, value);
        let label = match name {
            "unit" => units
                .iter()
                .find(|unit| unit.value == value)
                .map(|unit| unit.label.clone()),
            "kind" => Kind::from_key(value).map(|kind| kind.label().to_owned()),
            "association" => now
                .matters
                .iter()
                .find(|matter| matter.association.is_some_and(|id| id.to_string() == value))
                .map(|matter| matter.subject.clone()),
            "task" => scheme
                .task(value)
                .map(|task| format!("{} {}", task.code(), task.text)),
            _ => Degree::from_key(value).map(|degree| degree.label().to_owned()),
        };
        if let Some(label) = label {
            chips.push(Chip {
                label,
                href: query.without(name),
            });
        }
    }
    (form, chips, units)
}

/// Departments that hold something while nobody there would receive a notice.
fn silent(now: &Situation) -> Vec<String> {
    let holders: BTreeSet<i64> = now.matters.iter().map(|matter| matter.holder).collect();
    let silent = holders.iter().filter(|id| !now.reached.contains(id));
    silent.map(|id| now.office(*id).0.to_owned()).collect()
}

fn graves(now: &Situation, matters: &[&Matter]) -> Vec<GraveView> {
    let mut found: Vec<GraveView> = Vec::new();
    for matter in matters {
        match found
            .iter_mut()
            .find(|each| each.department == matter.holder)
        {
            Some(known) => known.count += 1,
            None => found.push(GraveView {
                department: matter.holder,
                name: now.office(matter.holder).0.to_owned(),
                count: 1,
            }),
        }
    }
    found
}
