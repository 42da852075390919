//! The form of a finding: entering one, correcting it.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;

use crate::access::Act;
use crate::crossings::finding as crossing;
use crate::findings::rules::{Entry, Finding, Kind, Level};
use crate::findings::store;
use crate::paths::findings as paths;
use crate::scheme::Choice;
use crate::web::answer::money;
use crate::web::ask::{self, Ask};
use crate::web::conflict::{Line, Theirs};
use crate::web::form::{Clean, Slot};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::at;

const SUMMARY: Ask<String> = ask::longtext("summary", "审计问题", 300)
    .hint("问题是什么；涉及个人的不写姓名")
    .must("请写明审计问题。");
const AMOUNT: Ask<i64> = ask::money("amount", "涉及金额").hint("不涉及金额的不填");
const ASSETS: Ask<String> = ask::longtext("assets", "涉及的资产", 500)
    .rows(2)
    .hint("资产台账的行号和名称；不涉及资产的不填");
const FOUND_ON: Ask<NaiveDate> = ask::date("found_on", "发现日期").must("请填写发现日期。");
const DUE_ON: Ask<NaiveDate> = ask::date("due_on", "整改期限")
    .hint("由审计局确定，即清单事项的时限")
    .must("请填写整改期限。");
const REASON: Ask<String> = ask::longtext("reason", "更正理由", 500)
    .hint("原内容保留在办理历史中")
    .must("请写明更正理由。");

/// The form.
#[derive(Template)]
#[template(path = "findings/edit.html")]
pub struct EditPage {
    page: Page,
    form: Form,
    finding: Option<Finding>,
    kinds: Vec<Choice>,
    levels: Vec<Choice>,
    version: i32,
    act: Act,
    action: String,
}

fn current(entry: &Entry) -> Vec<(Line, String)> {
    let amount = entry.amount_cents.map(money::show);
    vec![
        (SUMMARY.into(), entry.summary.clone()),
        (
            Line::of("kind", "类型", &Choice::of::<Kind>()),
            entry.kind.key().to_owned(),
        ),
        (
            Line::of("level", "级别", &Choice::of::<Level>()),
            entry.level.key().to_owned(),
        ),
        (ASSETS.into(), entry.assets.clone()),
        (AMOUNT.into(), amount.unwrap_or_default()),
        (FOUND_ON.into(), entry.found_on.to_string()),
        (DUE_ON.into(), entry.due_on.to_string()),
    ]
}

impl View for EditPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let id = allowed.association()?;
        let finding = match at(allowed) {
            Ok(at) => {
                let found = store::finding(db, id, at.finding).await?;
                Some(found.ok_or(Error::Missing)?)
            }
            Err(_) => None,
        };
        let (title, act, action) = match &finding {
            Some(finding) => (
                "更正审计问题",
                Act::FindingCorrect,
                paths::CORRECTION.at(id, finding.id),
            ),
            None => ("登记审计问题", Act::FindingEnter, paths::NEW_FINDING.at(id)),
        };
        let form = form.unwrap_or_else(|| match &finding {
            Some(finding) => Form::of_lines(current(&finding.entry)),
            None => Form::default(),
        });
        Ok(Self {
            page: allowed.page(title),
            form,
            version: finding.as_ref().map_or(0, |finding| finding.version),
            finding,
            kinds: Choice::of::<Kind>(),
            levels: Choice::of::<Level>(),
            act,
            action,
        })
    }

    fn theirs(&self) -> Option<Theirs> {
        let finding = self.finding.as_ref()?;
        Some(Theirs::lines(finding.version, current(&finding.entry)))
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        let id = allowed.association()?;
        Ok(match at(allowed) {
            Ok(at) => paths::FINDING.at(id, at.finding),
            Err(_) => paths::FINDING.at(id, "{}"),
        })
    }
}

struct Typed {
    summary: Slot<String>,
    kind: Slot<Kind>,
    level: Slot<Level>,
    assets: Slot<Option<String>>,
    amount: Slot<Option<i64>>,
    found_on: Slot<NaiveDate>,
    due_on: Slot<NaiveDate>,
}

fn read(form: &mut Form, today: NaiveDate) -> Typed {
    Typed {
        summary: SUMMARY.read(form),
        kind: form.word("kind", "类型").required("请选择类型。"),
        level: form.word("level", "级别").required("请选择级别。"),
        assets: ASSETS.if_filled(form),
        amount: AMOUNT.if_filled(form),
        found_on: FOUND_ON.read_past(form, today),
        due_on: DUE_ON.read(form),
    }
}

impl Typed {
    fn take(self, clean: &Clean) -> Entry {
        Entry {
            summary: self.summary.take(clean),
            kind: self.kind.take(clean),
            level: self.level.take(clean),
            assets: self.assets.take(clean).unwrap_or_default(),
            amount_cents: self.amount.take(clean),
            found_on: self.found_on.take(clean),
            due_on: self.due_on.take(clean),
        }
    }
}

/// Enters a finding.
pub async fn enter(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let typed = read(&mut form, app.clock.today());
    let run = async |write, clean, _| crossing::enter(write, id, &typed.take(&clean)).await;
    allowed.act::<EditPage, _, _>(&app, form, run).await
}

/// Corrects it.
pub async fn correct(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let typed = read(&mut form, app.clock.today());
    let reason = REASON.read(&mut form);
    let run = async |write, clean, seen| {
        let (entry, reason) = (typed.take(&clean), reason.take(&clean));
        crossing::correct(write, at, seen, &entry, &reason).await
    };
    allowed.act::<EditPage, _, _>(&app, form, run).await
}
