//! Sending, checking, sending back, replying, beginning; and the reply as it was signed.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use chrono::NaiveDate;

use crate::access::Act;
use crate::crossings::beginning;
use crate::crossings::replying::{self, Words};
use crate::documents::paper::Paper;
use crate::ids::AssociationId;
use crate::paths;
use crate::plan::approvals::rules as approvals;
use crate::plan::pages::papers;
use crate::plan::pages::show::ShowPage;
use crate::plan::pages::views::offered;
use crate::plan::store::{self, Plan, documents};
use crate::web::ask::{self, Ask};
use crate::web::form::Slot;
use crate::web::page::Page;
use crate::web::view::draw;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::acts;
use super::reading::Typed;

const CONDITIONS: Ask<String> = ask::longtext("conditions", "补充条件", 2_000)
    .rows(4)
    .hint("每行一条，没有可不填");
const OPINION: Ask<String> =
    ask::longtext("opinion", "审批意见", 500).hint("记入办理历史，不写入批复");

/// Signs and sends the plan.
pub async fn submit(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let number = form
        .text("request_number", "请示文号", 60)
        .required("请填写请示文号。");
    let run = async |write, clean, seen| acts::submit(write, id, seen, &number.take(&clean)).await;
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// Takes the plan back.
pub async fn recall(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.association()?;
    let run = async |write, _, seen| acts::recall(write, id, seen).await;
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// Keeps what was found so far.
pub async fn mark(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let found = Typed::read(&mut form, &app.scheme);
    let run = async |write, clean, seen| acts::mark(write, id, seen, &found.take(&clean)).await;
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// Finds the plan complete.
pub async fn check(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let found = Typed::read(&mut form, &app.scheme);
    let run = async |write, clean, seen| acts::check(write, id, seen, &found.take(&clean)).await;
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// Sends the plan back with what was found.
pub async fn return_(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let found = Typed::read(&mut form, &app.scheme);
    let run = async |write, clean, seen| acts::return_(write, id, seen, &found.take(&clean)).await;
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// The reply as it would be, with a place for the office's own conditions.
#[derive(Template)]
#[template(path = "plan/approve.html")]
pub struct ApprovePage {
    page: Page,
    form: Form,
    plan: Plan,
    /// As it would be, with where its conditions come from.
    paper: Paper,
    copied: Vec<String>,
    /// Items whose dates lie before the reply (FD-2).
    early: Vec<EarlyRow>,
    /// The batch has ended: the reply gives no dates.
    too_late: bool,
    last: String,
    /// Supporting documents that are not out yet (PD-7).
    documents: Vec<String>,
}

/// An item whose date lies before the reply, and the field of its new one.
struct EarlyRow {
    field: String,
    title: String,
    hint: String,
}

/// The field of an item's new date.
fn field(item: &str) -> String {
    format!("due-{item}")
}

/// The office's own conditions, one a line.
fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

impl View for ApprovePage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (app, mut form) = (look.app, form.unwrap_or_default());
        let opened = offered(look.db, look.allowed, Act::PlanApprove).await?;
        let today = app.clock.today();
        let early = replying::early(look.db, (&app.scheme, &opened.plan), today).await?;
        let early: Vec<EarlyRow> = early
            .into_iter()
            .map(|each| {
                let field = field(&each.given.item);
                if form.raw(&field).is_none() {
                    form.set(&field, each.given.due.to_string());
                }
                EarlyRow {
                    field,
                    title: each.title,
                    hint: format!("原为{}（{}）", each.given.was, each.gave),
                }
            })
            .collect();
        let copied = approvals::conditions(&opened.approvals, today);
        let own = lines(&form.value(CONDITIONS.name));
        let conditions: Vec<String> = copied.iter().cloned().chain(own).collect();
        let year = chrono::Datelike::year(&today);
        let prefix = &app.scheme.campaign.reply_prefix;
        let number = format!("{prefix}〔{year}〕×号（批复时编定）");
        let letter = acts::letter(&app.scheme, (&opened.plan, today), &conditions);
        Ok(Self {
            page: look.allowed.page("批复实施方案"),
            paper: papers::reply(
                &app.scheme,
                &opened,
                &letter,
                (&number, today),
                &acts::copies(look.db, &opened.approvals).await?,
            ),
            copied,
            early,
            documents: documents::missing(look.db).await?,
            too_late: app.scheme.campaign.is_over(today),
            last: app.scheme.campaign.parameters.batch_final_day.to_string(),
            form,
            plan: opened.plan,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::plan::REPLY.at(allowed.association()?))
    }
}

/// The new dates of items whose own lie before the reply: from today on, until the batch's
/// final day.
async fn dates(
    app: &App,
    id: AssociationId,
    form: &mut Form,
) -> Result<Vec<(String, Slot<Option<NaiveDate>>)>, Error> {
    let mut db = app.read().await?;
    let plan = store::plan(&mut db, id).await?.ok_or(Error::Missing)?;
    let today = app.clock.today();
    let last = app.scheme.campaign.parameters.batch_final_day;
    let early = replying::early(&mut db, (&app.scheme, &plan), today).await?;
    let mut dates = Vec::new();
    for each in early {
        let (name, label) = (field(&each.given.item), &each.title);
        let slot = form.date(&name, label).optional();
        let typed = form.value(&name).trim().parse::<NaiveDate>().ok();
        if typed.is_some_and(|day| day < today || day > last) {
            let message = format!("应不早于批复日期、不晚于{last}。");
            form.fail(&name, label, message);
        }
        dates.push((each.given.item, slot));
    }
    Ok(dates)
}

/// Replies to the plan.
pub async fn approve(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let conditions = CONDITIONS.if_filled(&mut form);
    let opinion = OPINION.if_filled(&mut form);
    if form.pressed("_preview").is_some() {
        return draw::<ApprovePage>(&app, &allowed, Some(form), StatusCode::OK).await;
    }
    let dates = dates(&app, id, &mut form).await?;
    let run = async |write, clean, seen| {
        let dates = dates.into_iter();
        let dates = dates.filter_map(|(item, slot)| Some((item, slot.take(&clean)?)));
        let words = Words {
            conditions: lines(&conditions.take(&clean).unwrap_or_default()),
            opinion: opinion.take(&clean).unwrap_or_default(),
            dates: dates.collect(),
        };
        replying::approve(write, id, seen, &words).await
    };
    allowed.act::<ApprovePage, _, _>(&app, form, run).await
}

/// Begins implementation: the checklist is made with it.
pub async fn begin(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.association()?;
    let landing = paths::progress::PROGRESS.at(id);
    let run = async |write, _, seen| beginning::begin(write, id, seen).await;
    allowed
        .act_and_go::<ShowPage, _, _>(&app, form, landing, run)
        .await
}
