//! One association's exit: proposal, decision, what it ended.

use askama::Template;
use axum::extract::State as Extract;
use chrono::NaiveDate;

use crate::access::{Act, Case as _};
use crate::crossings::{exit, standstill};
use crate::database::Write;
use crate::exits::acts;
use crate::exits::rules::{self, Decision, Refusal, State};
use crate::exits::store::{self, Exit, Proposal, TakenOver};
use crate::paths;
use crate::registry::names;
use crate::registry::rules::ExitKind;
use crate::registry::store::{self as registry, Association};
use crate::scheme::Choice;
use crate::survey::store as survey;
use crate::web::ask::{self, Ask};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

const SURVIVOR: Ask<String> =
    ask::wide("survivor", "合并后存续的协会", 100).hint("只在合并时填写登记证书上的全称");
const REASON: Ask<String> = ask::longtext("reason", "理由", 1000)
    .rows(5)
    .hint("不活动的起始时间、联系情况、会员大会决议等")
    .must("请写明退出的理由。");
const DOCUMENT: Ask<String> = ask::wide("document", "单位文件", 100)
    .hint("报告或会议决议的名称和文号")
    .must("请填写单位报告或会议决议的名称和文号。");
const REFUSAL: Ask<String> = ask::longtext("refusal", "理由", 500).must("请写明不予退出的理由。");
const NUMBER: Ask<String> = ask::text("number", "决定文书文号", 60)
    .hint("发文机关代字〔年份〕顺序号")
    .must("请填写决定文书的文号。");
const DATE: Ask<NaiveDate> = ask::date("date", "决定日期")
    .hint("即退出日期")
    .must("请填写决定日期。");
const OPINION: Ask<String> = ask::longtext("opinion", "说明", 500).hint("可以不填");

/// The page.
#[derive(Template)]
#[template(path = "exits/show.html")]
pub struct ShowPage {
    page: Page,
    form: Form,
    association: Association,
    exit: Option<Exit>,
    version: i32,
    kinds: Vec<Choice>,
    suggestions: Vec<&'static str>,
    taken_over: Vec<TakenOver>,
    may: May,
}

/// The acts open to this person now.
struct May {
    save: bool,
    propose: bool,
    decide: bool,
}

impl View for ShowPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let id = allowed.association()?;
        let association = registry::association(db, id).await?.ok_or(Error::Missing)?;
        let exit = store::exit(db, id).await?;
        let confirmed = survey::confirmed(db, id).await?;
        let state = exit.as_ref().map_or(State::Draft, |exit| exit.state);
        let living = association.exited_on.is_none();
        let open = |act| living && allowed.may(act) && Exit::next(state, act).is_some();
        Ok(Self {
            page: allowed.page("协会退出"),
            form: form.unwrap_or_else(|| filled(exit.as_ref())),
            version: exit.as_ref().map_or(0, |exit| exit.version),
            may: May {
                save: open(Act::ExitSave),
                propose: exit.is_some() && open(Act::ExitPropose),
                decide: open(Act::ExitDecide),
            },
            kinds: Choice::of::<ExitKind>(),
            suggestions: confirmed
                .map(|survey| rules::suggestions(&survey.answers))
                .unwrap_or_default(),
            taken_over: store::taken_over(db, id).await?,
            association,
            exit,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::exits::EXIT.at(allowed.association()?))
    }
}

fn filled(exit: Option<&Exit>) -> Form {
    let mut form = Form::default();
    if let Some(exit) = exit {
        form.set("kind", exit.kind.key());
        form.set("reason", &exit.reason);
        form.set("document", &exit.document);
        form.set(
            "survivor",
            exit.survivor_name.as_deref().unwrap_or_default(),
        );
    }
    form
}

/// Saves the unit's draft.
pub async fn save(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let kind = form
        .word::<ExitKind>("kind", "退出方式")
        .required("请选择退出方式。");
    let reason = REASON.read(&mut form);
    let document = DOCUMENT.read(&mut form);
    let name = SURVIVOR.if_filled(&mut form);
    let typed = form.value(SURVIVOR.name);
    let merged = form.value("kind") == ExitKind::Merged.key();
    if merged && typed.trim().is_empty() {
        form.fail(
            SURVIVOR.name,
            SURVIVOR.label,
            "合并的，请填写合并后存续的协会。",
        );
    }
    let run = async |mut write: Write, clean, seen| {
        let _ = name.take(&clean);
        let survivor = if merged {
            let found = registry::named(&mut write, &names::key(&typed)).await?;
            Some(found.ok_or(Refusal::NoSurvivor)?)
        } else {
            None
        };
        let proposal = Proposal {
            kind: kind.take(&clean),
            reason: reason.take(&clean),
            document: document.take(&clean),
            survivor,
        };
        acts::save(write, id, seen, &proposal).await
    };
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// Sends it in the unit's name.
pub async fn propose(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.association()?;
    let run = async |write, _, seen| standstill::propose_exit(write, id, seen).await;
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// Sends it back.
pub async fn refuse(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let opinion = REFUSAL.read(&mut form);
    let run = async |write, clean, seen| {
        standstill::refuse_exit(write, id, seen, &opinion.take(&clean)).await
    };
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// Puts the decision of civil affairs on record.
pub async fn decide(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let number = NUMBER.read(&mut form);
    let date = DATE.read_past(&mut form, app.clock.today());
    let opinion = OPINION.if_filled(&mut form);
    let run = async |write, clean, seen| {
        let decision = Decision {
            number: number.take(&clean),
            date: date.take(&clean),
            opinion: opinion.take(&clean).unwrap_or_default(),
        };
        exit::decide(write, id, seen, &decision).await
    };
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}
