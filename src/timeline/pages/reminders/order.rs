//! A 督办单: drafted, read as the document that it is, and what may be done with it.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::clock::chinese_date;
use crate::database::Db;
use crate::paths;
use crate::plan::reply::{self, Letter};
use crate::scheme::calendar::workdays_after;
use crate::timeline::acts::orders::{self as acts, Refusal, grave};
use crate::timeline::rules::orders::{State, letter};
use crate::timeline::rules::reminders::{LONGEST, word};
use crate::timeline::store::orders::{self as store, Order};
use crate::web::list::Query;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

use super::received::{MatterView, open, views};
use super::situation;

/// What a 督办单 demands unless somebody writes otherwise.
const DEMAND: &str =
    "请你单位高度重视，逐项明确责任人和办结时间，抓紧办理；确有困难的，说明原因和下一步安排。";
/// Working days that it gives unless somebody writes otherwise.
const DAYS: i64 = 5;

#[derive(Template)]
#[template(path = "timeline/order_new.html")]
struct NewPage {
    page: Page,
    form: Form,
    department: i64,
    name: String,
    rows: Vec<Row>,
}

struct Row {
    title: String,
    subject: String,
    href: String,
    deadline: String,
    state: String,
    times: i64,
}

#[derive(Template)]
#[template(path = "timeline/order.html")]
struct OrderPage {
    page: Page,
    form: Form,
    order: Order,
    red_head: String,
    number: String,
    letter: Letter,
    date: String,
    rows: Vec<MatterView>,
    may: May,
    refused: Option<&'static str>,
}

/// What the person may do with it now.
struct May {
    sign: bool,
    discard: bool,
    acknowledge: bool,
    answer: bool,
    judge: bool,
    list: bool,
}

async fn new_view(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    form: Form,
    department: i64,
) -> Result<NewPage, Error> {
    let now = situation(db, app, allowed).await?;
    let under_way = store::under_way(db).await?;
    let judge = now.judge(&app.scheme);
    let rows: Vec<Row> = grave(&now, &app.scheme, &under_way)
        .into_iter()
        .filter(|matter| matter.holder == department)
        .map(|matter| Row {
            title: matter.title.clone(),
            subject: matter.subject.clone(),
            href: matter.href.clone(),
            deadline: matter.deadline.to_string(),
            state: word(matter.late(now.today)),
            times: judge.past(matter).map_or(0, |past| past.times),
        })
        .collect();
    let (_, name) = now.office(department);
    if name.is_empty() {
        return Err(Error::Missing);
    }
    Ok(NewPage {
        page: allowed.page(format!("拟制督办单：{name}")),
        form,
        department,
        name: name.to_owned(),
        rows,
    })
}

/// The form of a draft.
pub async fn new(
    Extract(app): Extract<App>,
    allowed: Allowed,
    query: Query,
) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let department = query
        .get("department")
        .and_then(|typed| typed.parse().ok())
        .ok_or(Error::Missing)?;
    let mut form = Form::default();
    form.set("demand", DEMAND);
    let due = workdays_after(&app.scheme.campaign, app.clock.today(), DAYS);
    form.set("due", due.to_string());
    html(&new_view(db, &app, &allowed, form, department).await?)
}

/// Drafts it.
pub async fn draft(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let today = app.clock.today();
    let department: i64 = form
        .value("department")
        .parse()
        .map_err(|_| Error::Missing)?;
    form.knows("department");
    let demand = form
        .text("demand", "督办要求", LONGEST)
        .required("请填写督办要求。");
    let due = form
        .date("due", "办结时限")
        .check(|due| *due > today, "办结时限应晚于今天。")
        .required("请填写办结时限。");
    if let Ok(clean) = form.done() {
        let input = (department, &*demand.take(&clean), due.take(&clean));
        let who = allowed.who(&form, paths::timeline::ORDER.at("{}"));
        match acts::draft(&app.database, &app.scheme, &who, input).await? {
            Ok(id) => {
                let path = paths::timeline::ORDER.at(id);
                return Ok(redirect(&path, Act::OrderDraft));
            }
            Err(refusal) => form.fail("form", "督办单", refusal.explain()),
        }
    }
    let page = new_view(&mut app.read().await?, &app, &allowed, form, department).await?;
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn view(db: &mut Db, app: &App, allowed: &Allowed, form: Form) -> Result<OrderPage, Error> {
    let id = allowed.number("order")?;
    let order = store::order(db, id)
        .await?
        .filter(|order| allowed.may(Act::OrderDraft) || !order.state.is_internal())
        .ok_or(Error::Missing)?;
    let matters = store::matters(db, id).await?;
    let letter = letter(&order.full_name, &matters, (&order.demand, order.due));
    let open = open(db, app, allowed, order.department, &matters).await?;
    let does = |act| allowed.may(act) && order.state.next(act).is_some();
    let may = May {
        sign: does(Act::OrderSign),
        discard: does(Act::OrderDiscard),
        acknowledge: allowed.may(Act::OrderAcknowledge)
            && order.state == State::Signed
            && order.acknowledged_on.is_none(),
        answer: does(Act::OrderAnswer),
        judge: does(Act::OrderClose),
        list: allowed.may(Act::ReminderList),
    };
    let refused = allowed
        .facts()
        .own_draft(Act::OrderSign)
        .filter(|_| order.state == State::Draft && !may.sign);
    let number = order.number.clone();
    Ok(OrderPage {
        page: allowed.page(format!(
            "督办单 {}",
            number.as_deref().unwrap_or("（拟稿）")
        )),
        form,
        red_head: reply::office(&app.scheme.campaign.region_name),
        number: number.unwrap_or_else(|| "（文号待签发时编定）".to_owned()),
        letter,
        date: chinese_date(order.signed_on.unwrap_or(order.drafted_on)),
        rows: views(matters, &open, app.clock.today()),
        may,
        refused,
        order,
    })
}

/// The page.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &app, &allowed, Form::default()).await?)
}

/// Back to the page, or why not.
fn finish<T>(id: i64, outcome: &Result<T, Refusal>, act: Act) -> Result<Response, Error> {
    match outcome {
        Ok(_) => Ok(redirect(&paths::timeline::ORDER.at(id), act)),
        Err(Refusal::Missing) => Err(Error::Missing),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}

fn clean(form: &mut Form) -> Result<(), Error> {
    form.done()
        .map(|_| ())
        .map_err(|_| Error::Malformed("表单内容有误，请刷新页面后重新办理。"))
}

/// Signs it.
pub async fn sign(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let seen = (allowed.number("order")?, form.version()?);
    clean(&mut form)?;
    let who = allowed.who(&form, paths::timeline::ORDER.at(seen.0));
    let outcome = acts::sign(&app.database, &app.scheme, &who, seen).await?;
    finish(seen.0, &outcome, Act::OrderSign)
}

/// Gives a draft up.
pub async fn discard(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let seen = (allowed.number("order")?, form.version()?);
    clean(&mut form)?;
    let who = allowed.who(&form, paths::timeline::ORDER.at(seen.0));
    let outcome = acts::discard(&app.database, &who, seen).await?;
    finish(seen.0, &outcome, Act::OrderDiscard)
}

/// 签收.
pub async fn acknowledge(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let id = allowed.number("order")?;
    clean(&mut form)?;
    let who = allowed.who(&form, paths::timeline::ORDER.at(id));
    let outcome = acts::acknowledge(&app.database, &who, id).await?;
    finish(id, &outcome, Act::OrderAcknowledge)
}

/// Answers it.
pub async fn answer(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    // A draft does not exist for the department: seen before anything else.
    let mut db = app.read().await?;
    view(&mut db, &app, &allowed, Form::default()).await?;
    let seen = (allowed.number("order")?, form.version()?);
    let text = form
        .text("answer", "办理情况", LONGEST)
        .required("请填写办理情况。");
    let Ok(clean) = form.done() else {
        let page = view(&mut db, &app, &allowed, form).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    drop(db);
    let who = allowed.who(&form, paths::timeline::ORDER.at(seen.0));
    let outcome = acts::answer(&app.database, &who, seen, &text.take(&clean)).await?;
    finish(seen.0, &outcome, Act::OrderAnswer)
}

/// The office closes it, or sends the answer back.
async fn judge(app: App, allowed: Allowed, mut form: Form, act: Act) -> Result<Response, Error> {
    let seen = (allowed.number("order")?, form.version()?);
    let name = if act == Act::OrderClose {
        "opinion"
    } else {
        "reason"
    };
    let opinion = form.text(name, "意见", LONGEST).required("请填写意见。");
    let Ok(clean) = form.done() else {
        let page = view(&mut app.read().await?, &app, &allowed, form).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let who = allowed.who(&form, paths::timeline::ORDER.at(seen.0));
    let words = (act, &*opinion.take(&clean));
    let outcome = acts::judge(&app.database, &who, seen, words).await?;
    finish(seen.0, &outcome, act)
}

/// 办结.
pub async fn close(
    Extract(app): Extract<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    judge(app, allowed, form, Act::OrderClose).await
}

/// Sends the answer back.
pub async fn send_back(
    Extract(app): Extract<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    judge(app, allowed, form, Act::OrderReturn).await
}
