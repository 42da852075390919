//! Amending the published list (LI-8, LI-9).

use askama::Template;
use axum::extract::State as Extract;

use crate::access::{Act, Case as _, Scope as Reach, Seen};
use crate::crossings::amendment::{self, Amendable};
use crate::database::batches;
use crate::paths;
use crate::roster::acts::Amendment;
use crate::roster::rules::amendments::Standing;
use crate::roster::store::requests::Request;
use crate::web::ask::{self, Ask};
use crate::web::hands::{self, Asked};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

const REASON: Ask<String> = ask::longtext("reason", "理由", 500)
    .rows(5)
    .hint("写入名单，向社会公布")
    .must("请写明理由。")
    .fits(|reason| reason.chars().count() >= 5, "理由至少5个字。");

const REQUESTS: &[Column<Request>] = &[
    table::words("协会", |request: &Request| {
        Cell::link(paths::exits::LISTING.at(request.association), &request.name)
    })
    .head(),
    table::short("申请事项", |request: &Request| {
        request.change.label().into()
    }),
    table::short("申请人", |request: &Request| {
        if request.from_office {
            "脱钩办".into()
        } else {
            (&request.unit_name).into()
        }
    }),
    table::short("报送日期", |request: &Request| {
        request.proposed_on.into()
    }),
    table::words("理由", |request: &Request| Cell::plain(&request.reason)),
];

/// The page.
#[derive(Template)]
#[template(path = "exits/amend.html")]
pub struct AmendPage {
    page: Page,
    form: Form,
    published: bool,
    requests: Table,
    now: Amendable,
    seen: Seen,
}

impl AmendPage {
    fn ticked(&self, name: &str, id: &i64) -> bool {
        self.form.has(name, &id.to_string())
    }
}

impl View for AmendPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let reach = Reach::of(look.allowed.actor());
        let now = Amendable::load(look.db, &look.app.scheme, reach).await?;
        let ids: Vec<i64> = now.requests.iter().map(|request| request.id).collect();
        let asked = Asked::Cases(&[Request::KIND], &ids);
        let hands = hands::listed(look.db, (look.app, look.allowed), asked).await?;
        let held = now.requests.iter();
        let held = held.map(|request| hands.of(Request::KIND, request.id));
        Ok(Self {
            page: look.allowed.page("增补、调整、撤出、更正"),
            form: form.unwrap_or_default(),
            published: batches::begun(look.db).await?,
            requests: Table::of(
                "待决定的申请",
                look.allowed.actor(),
                REQUESTS,
                &now.requests,
            )
            .held(held)
            .scrolled(),
            seen: now.seen(),
            now,
        })
    }

    fn address(_: &Allowed) -> Result<String, Error> {
        Ok(paths::roster::ROSTER.at().to_owned())
    }
}

/// What was ticked of what is offered.
fn ticked(form: &mut Form, (name, label): (&str, &str), offered: &[&[Standing]]) -> Vec<i64> {
    let offered = offered.iter().flat_map(|each| each.iter());
    those(form, (name, label), offered.map(|each| each.id))
}

fn those(
    form: &mut Form,
    (name, label): (&str, &str),
    offered: impl Iterator<Item = i64>,
) -> Vec<i64> {
    let offered: Vec<String> = offered.map(|id| id.to_string()).collect();
    let offered: Vec<&str> = offered.iter().map(String::as_str).collect();
    let chosen = form.ticks(name, label, &offered);
    chosen.iter().filter_map(|id| id.parse().ok()).collect()
}

/// Amends.
pub async fn amend(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let reach = Reach::of(allowed.actor());
    let now = Amendable::load(&mut app.read().await?, &app.scheme, reach).await?;
    let added = ticked(&mut form, ("added", "列入"), &[&now.due, &now.addable]);
    let withdrawn = ticked(&mut form, ("withdrawn", "撤出"), &[&now.withdrawable]);
    let offered = now.differing.iter().map(|each| each.id);
    let corrected = those(&mut form, ("corrected", "更正"), offered);
    if added.is_empty() && withdrawn.is_empty() && corrected.is_empty() {
        form.fail("added", "列入", "请至少选择一个列入、撤出或更正的协会。");
    }
    let reason = REASON.read(&mut form);
    let run = async |write, clean, seen| {
        let amendment = Amendment {
            added,
            withdrawn,
            corrected,
            reason: reason.take(&clean),
        };
        amendment::amend(write, seen, &amendment).await
    };
    allowed.act::<AmendPage, _, _>(&app, form, run).await
}
