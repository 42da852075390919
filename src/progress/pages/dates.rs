//! A later date of an item.

use askama::Template;
use axum::extract::State as Extract;
use chrono::NaiveDate;

use crate::access::{Act, Case as _};
use crate::paths;
use crate::progress::acts::extending;
use crate::progress::rules::Item;
use crate::progress::rules::extension::{Decision, State, Wish};
use crate::progress::store;
use crate::progress::store::extensions::{self, Extension};
use crate::registry::store::{self as registry, Brief};
use crate::scheme::Choice;
use crate::web::ask::{self, Ask};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::at;

const WANTED: Ask<NaiveDate> = ask::date("wanted", "申请延至").must("请填写申请延至的日期。");
const REASON: Ask<String> = ask::longtext("reason", "理由", 1_000)
    .rows(4)
    .hint("写明特殊情况和依据")
    .must("请写明延期的理由和依据。");
const NUMBER: Ask<String> =
    ask::text("document_number", "文号", 60).must("请填写批准或复函的文号。");
const OPINION: Ask<String> = ask::longtext("opinion", "意见", 1_000).hint("不同意的必填");

const BEFORE: &[Column<Extension>] = &[
    table::words("申请日期", |extension: &Extension| {
        extension.asked_on.into()
    })
    .head(),
    table::short("原时限", |extension: &Extension| extension.before.into()),
    table::short("申请延至", |extension: &Extension| {
        extension.wanted.into()
    }),
    table::words("理由", |extension: &Extension| {
        Cell::plain(&extension.reason)
    }),
    table::words("决定", |extension: &Extension| {
        let number = extension.document_number.as_ref();
        let number = number.map_or_else(String::new, |number| format!("（{number}）"));
        let opinion = extension.opinion.as_ref();
        let opinion = opinion.map_or_else(String::new, |words| format!("：{words}"));
        format!("{}{number}{opinion}", extension.state.label()).into()
    }),
];

/// What was asked for an item and decided.
#[derive(Template)]
#[template(path = "progress/extension.html")]
pub struct ExtensionPage {
    page: Page,
    form: Form,
    association: Brief,
    item: Item,
    text: String,
    asked: Option<Extension>,
    before: Table,
    verdicts: Vec<Choice>,
    may_ask: bool,
    may_decide: bool,
}

impl View for ExtensionPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed, at) = (look.db, look.allowed, at(look.allowed)?);
        let association = registry::brief(db, at.association).await?;
        let association = association.ok_or(Error::Missing)?;
        let item = store::item(db, at.association, at.item).await?;
        let item = item.ok_or(Error::Missing)?;
        let (mut asked, before): (Vec<_>, Vec<_>) = extensions::of_item(db, item.id)
            .await?
            .into_iter()
            .partition(|extension| extension.state == State::Asked);
        let asked = asked.pop();
        let measure = look.app.scheme.measure(&item.measure);
        let open = |act| allowed.may(act) && item.open(act);
        Ok(Self {
            page: allowed.page(format!("延期：{}", look.app.scheme.spelled(&item.title()))),
            form: form.unwrap_or_default(),
            association,
            text: measure.map_or_else(String::new, |measure| measure.text.clone()),
            may_ask: asked.is_none() && open(Act::ExtensionAsk),
            may_decide: asked.is_some() && open(Act::ExtensionDecide),
            verdicts: [("grant", "同意延期"), ("refuse", "不同意延期")]
                .into_iter()
                .map(|(value, label)| Choice {
                    value: value.to_owned(),
                    label: label.to_owned(),
                })
                .collect(),
            asked,
            before: Table::of("历次延期申请", allowed.actor(), BEFORE, &before).scrolled(),
            item,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        let at = at(allowed)?;
        Ok(paths::progress::EXTENSION.at(at.association, at.item))
    }
}

/// Asks for a later date.
pub async fn ask(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let wanted = WANTED.read(&mut form);
    let reason = REASON.read(&mut form);
    let run = async |write, clean, seen| {
        let wish = Wish {
            wanted: wanted.take(&clean),
            reason: reason.take(&clean),
        };
        extending::ask(write, at, seen, &wish).await
    };
    allowed.act::<ExtensionPage, _, _>(&app, form, run).await
}

/// Decides on it.
pub async fn decide(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let verdict = form
        .choice("verdict", "决定", &["grant", "refuse"])
        .required("请选择同意或不同意。");
    let number = NUMBER.read(&mut form);
    let opinion = OPINION.if_filled(&mut form);
    if form.value("verdict") == "refuse" && form.value(OPINION.name).trim().is_empty() {
        form.fail(OPINION.name, OPINION.label, "不同意的，请写明理由。");
    }
    let run = async |write, clean, seen| {
        let decision = Decision {
            granted: verdict.take(&clean) == "grant",
            document_number: number.take(&clean),
            opinion: opinion.take(&clean),
        };
        extending::decide(write, at, seen, &decision).await
    };
    allowed.act::<ExtensionPage, _, _>(&app, form, run).await
}
