//! A 督办单: drafted, read as the document that it is, and what may be done with it.

use askama::Template;
use axum::extract::State as Extract;

use crate::access::{Act, Case as _, Seen};
use crate::crossings::reminding::{self, Closing, preview};
use crate::documents::paper::Paper;
use crate::paths;
use crate::scheme::calendar::workdays_after;
use crate::signatures::pages::{Changed, Reading};
use crate::signatures::rules::Kind;
use crate::signatures::store as signatures;
use crate::timeline::acts::orders as acts;
use crate::timeline::rules::orders::{State, Written};
use crate::timeline::rules::reminders::LONGEST;
use crate::timeline::store::orders::{self as store, Draft, Order};
use crate::web::ask::{self, Ask};
use crate::web::offers::{Offer, Offers};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};
use crate::words::Mark;

use super::leads::Ways;
use super::received::{MATTERS, open, views};
use super::sheet::{sheet, visible};
use super::situation;

/// What a 督办单 demands unless somebody writes otherwise.
const DEMANDED: &str =
    "请你单位高度重视，逐项明确责任人和办结时间，抓紧办理；确有困难的，说明原因和下一步安排。";
/// Working days that it gives unless somebody writes otherwise.
const DAYS: i64 = 5;

const DEMAND: Ask<String> = ask::longtext("demand", "督办要求", LONGEST)
    .rows(4)
    .hint("写在事项清单之后")
    .must("请填写督办要求。");
const ANSWER: Ask<String> = ask::longtext("answer", "办理情况", LONGEST)
    .rows(5)
    .hint("逐项写明办结情况；未办结的写明原因和完成时间")
    .must("请填写办理情况。");
const OPINION: Ask<String> = ask::longtext("opinion", "办结意见", LONGEST).must("请填写意见。");
const DESPITE: Ask<String> = ask::longtext("despite", "事项未办结而办结的理由", LONGEST).rows(2);
const REASON: Ask<String> = ask::longtext("reason", "退回理由", LONGEST)
    .rows(2)
    .must("请填写意见。");

const GRAVE: &[Column<Written>] = &[
    table::words("事项", |matter: &Written| {
        Cell::link(&matter.href, &matter.title).under(&matter.subject)
    })
    .head(),
    table::short("时限", |matter: &Written| matter.deadline.into()),
    table::short("状态", |matter: &Written| {
        Cell::Mark(Mark::Late, matter.word())
    }),
    table::figures("已催", |matter: &Written| {
        format!("{}次", matter.times).into()
    }),
];

/// The form of a draft.
#[derive(Template)]
#[template(path = "timeline/order_new.html")]
pub struct NewPage {
    page: Page,
    form: Form,
    department: i64,
    name: String,
    rows: Table,
    seen: Seen,
}

impl View for NewPage {
    /// The department is a field of the form; it is opened for the one in the address.
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let form = match form {
            Some(form) => form,
            None => blank(look.app, look.allowed)?,
        };
        let department = form.value("department").parse().unwrap_or_default();
        let now = situation(look.db, look.app, look.allowed).await?;
        let (_, name) = now.office(department);
        if name.is_empty() && department != 0 {
            return Err(Error::Missing);
        }
        let preview = preview(look.db, &look.app.scheme, &now, department).await?;
        Ok(Self {
            page: look.allowed.page(format!("拟制督办单：{name}")),
            form,
            department,
            name: name.to_owned(),
            rows: Table::of("督办事项", look.allowed.actor(), GRAVE, &preview.matters).scrolled(),
            seen: preview.seen,
        })
    }

    fn address(_: &Allowed) -> Result<String, Error> {
        Ok(paths::timeline::ORDER.at("{}"))
    }
}

/// The form of a draft as it is opened.
fn blank(app: &App, allowed: &Allowed) -> Result<Form, Error> {
    let typed = allowed.query().get("department").unwrap_or_default();
    let department: Option<i64> = typed.parse().ok().filter(|id| *id != 0);
    let department = department.ok_or(Error::Missing)?;
    let due = workdays_after(&app.scheme.campaign, app.clock.today(), DAYS);
    let mut form = Form::default();
    form.set("department", department.to_string());
    form.set(DEMAND.name, DEMANDED);
    form.set("due", due.to_string());
    Ok(form)
}

/// Drafts it.
pub async fn draft(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let today = app.clock.today();
    let department = form.value("department").parse();
    let department: i64 = department.map_err(|_| Error::Missing)?;
    form.knows("department");
    let demand = DEMAND.read(&mut form);
    let due = form
        .date("due", "办结时限")
        .check(|due| *due > today, "办结时限应晚于今天。")
        .required("请填写办结时限。");
    let run = async |write, clean, seen| {
        let draft = Draft {
            department,
            demand: demand.take(&clean),
            due: due.take(&clean),
        };
        reminding::draft(write, seen, &draft).await
    };
    allowed.act::<NewPage, _, _>(&app, form, run).await
}

/// The page.
#[derive(Template)]
#[template(path = "timeline/order.html")]
pub struct OrderPage {
    page: Page,
    form: Form,
    order: Order,
    paper: Paper,
    rows: Table,
    changed: Vec<Changed>,
    offers: Vec<Offer>,
    may: May,
    refused: Option<&'static str>,
    /// What it would be closed on, for whoever may close it.
    closing: Option<Closing>,
}

/// What the person may do with it now.
struct May {
    answer: bool,
}

fn offers(allowed: &Allowed, order: &Order) -> Vec<Offer> {
    let at = |path: paths::Path<1>| path.at(order.id);
    let (sign, discard) = (
        at(paths::timeline::ORDER_SIGNATURE),
        at(paths::timeline::ORDER_DISCARDING),
    );
    let receipt = at(paths::timeline::ORDER_RECEIPT);
    let mut offers = Offers::of(allowed, order)
        .button(Act::OrderSign, sign, "official")
        .button(Act::OrderDiscard, discard, "danger")
        .button(Act::OrderAcknowledge, receipt, "primary")
        .list();
    let signed_for = order.acknowledged_on.is_some();
    offers.retain(|offer| offer.act != Act::OrderAcknowledge || !signed_for);
    offers
}

impl View for OrderPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let id = allowed.number("order")?;
        let order = visible(db, allowed, id).await?;
        let matters = store::matters(db, id).await?;
        let open = open(db, app, order.department, &matters).await?;
        let ways = Ways::of(db, allowed.actor(), &matters).await?;
        let today = app.clock.today();
        let paper = sheet(&app.scheme, &order, &matters, (&open, today));
        let rows = views(matters, (&open, &ways), today);
        let does = |act| allowed.may(act) && order.open(act);
        let closing = if does(Act::OrderClose) {
            let at = (&*app.scheme, today);
            Some(Closing::of(db, at, &order).await?)
        } else {
            None
        };
        let own = allowed.facts().own_draft(Act::OrderSign);
        let signed = signatures::shown(db, &[Kind::OrderSign, Kind::OrderClose], id).await?;
        let reading = Reading::by(&app.scheme, &[], false);
        let title = order.number.as_deref().unwrap_or("（拟稿）");
        Ok(Self {
            page: (allowed.page(format!("督办单 {title}")))
                .settled(order.state, "没有等待办理的事项"),
            form: form.unwrap_or_default(),
            changed: reading.changed(&signed),
            paper,
            rows: Table::of("督办事项的现状", allowed.actor(), MATTERS, &rows).scrolled(),
            offers: offers(allowed, &order),
            closing,
            may: May {
                answer: does(Act::OrderAnswer),
            },
            refused: own.filter(|_| order.state == State::Draft && !does(Act::OrderSign)),
            order,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::timeline::ORDER.at(allowed.number("order")?))
    }
}

/// Signs it.
pub async fn sign(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.number("order")?;
    let run = async |write, _, seen| acts::sign(write, id, seen).await;
    allowed.act::<OrderPage, _, _>(&app, form, run).await
}

/// Gives a draft up.
pub async fn discard(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.number("order")?;
    let run = async |write, _, seen| acts::discard(write, id, seen).await;
    allowed.act::<OrderPage, _, _>(&app, form, run).await
}

/// 签收.
pub async fn acknowledge(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.number("order")?;
    let run = async |write, _, seen| acts::acknowledge(write, id, seen).await;
    allowed.act::<OrderPage, _, _>(&app, form, run).await
}

/// Answers it.
pub async fn answer(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.number("order")?;
    let text = ANSWER.read(&mut form);
    let run = async |write, clean, seen| acts::answer(write, id, seen, &text.take(&clean)).await;
    allowed.act::<OrderPage, _, _>(&app, form, run).await
}

/// The office closes it.
pub async fn close(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.number("order")?;
    let opinion = OPINION.read(&mut form);
    let despite = DESPITE.if_filled(&mut form);
    let run = async |write, clean, seen| {
        let (opinion, despite) = (opinion.take(&clean), despite.take(&clean));
        reminding::close(write, id, seen, (&opinion, despite.as_deref())).await
    };
    Box::pin(allowed.act::<OrderPage, _, _>(&app, form, run)).await
}

/// The office sends the answer back.
pub async fn send_back(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.number("order")?;
    let reason = REASON.read(&mut form);
    let run =
        async |write, clean, seen| acts::send_back(write, id, seen, &reason.take(&clean)).await;
    allowed.act::<OrderPage, _, _>(&app, form, run).await
}
