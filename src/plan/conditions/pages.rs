//! One condition of a reply: how the unit fulfilled it, whether the office agrees.

use askama::Template;
use axum::extract::State as Extract;

use crate::access::{Act, Case as _};
use crate::corrections::rules::{Kind as Matter, Of, Standing};
use crate::corrections::section::Section as Correction;
use crate::database::Explain as _;
use crate::paths;
use crate::plan::acts::At;
use crate::plan::pages::views::open;
use crate::plan::rules::Refusal;
use crate::plan::store::Plan;
use crate::signatures::pages::{Changed, Reading};
use crate::signatures::rules::Kind;
use crate::signatures::store as signatures;
use crate::web::ask::{self, Ask};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::acts;
use super::store::{self, Condition};

const NOTE: Ask<String> = ask::longtext("note", "落实情况", 1_000)
    .rows(4)
    .hint("写明何时、以何种方式落实")
    .must("请写明条件如何落实。");
const DOCUMENT: Ask<String> = ask::text("document_number", "文号", 60).hint("没有文件的不填");
const REASON: Ask<String> = ask::longtext("reason", "退回理由", 500).must("请写明退回理由。");

/// The condition.
#[derive(Template)]
#[template(path = "plan/condition.html")]
pub struct ConditionPage {
    page: Page,
    form: Form,
    plan: Plan,
    condition: Condition,
    changed: Vec<Changed>,
    may_report: bool,
    may_confirm: bool,
    may_return: bool,
    recall: bool,
    recall_refusal: Option<String>,
    correction: Correction,
}

fn at(allowed: &Allowed) -> Result<At, Error> {
    Ok(At {
        association: allowed.association()?,
        id: allowed.number("condition")?,
    })
}

impl View for ConditionPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let id = at(allowed)?.id;
        let plan = open(db, allowed).await?.plan;
        let condition = store::of_plan(db, plan.id)
            .await?
            .into_iter()
            .find(|condition| condition.id == id)
            .ok_or(Error::Missing)?;
        let signed = signatures::shown(db, &[Kind::Condition], id).await?;
        let reading = Reading::by(&look.app.scheme, &[], false);
        let goes_on = |act| plan.state.is_followed() && plan.stands_still(act).is_none();
        let offers = |act| goes_on(act) && allowed.may(act) && condition.open(act);
        let of = Of::matter_of(plan.association, Matter::Condition, condition.id);
        let opened = acts::is_opened(db, &condition).await?;
        let standing = Standing::of(&condition, opened);
        Ok(Self {
            correction: Correction::of(db, allowed, of, standing).await?,
            page: allowed.page(format!("批复条件{}的落实", condition.number)),
            form: form.unwrap_or_default(),
            changed: reading.changed(&signed),
            may_report: offers(Act::ConditionReport),
            may_confirm: offers(Act::ConditionConfirm),
            may_return: offers(Act::ConditionReturn),
            recall: offers(Act::ConditionRecall),
            recall_refusal: opened.then(|| Refusal::Opened.explain()),
            condition,
            plan,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        let at = at(allowed)?;
        Ok(paths::plan::CONDITION.at(at.association, at.id))
    }
}

/// The unit reports it fulfilled.
pub async fn report(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let note = NOTE.read(&mut form);
    let document = DOCUMENT.if_filled(&mut form);
    let run = async |write, clean, seen| {
        let (note, document) = (note.take(&clean), document.take(&clean));
        acts::report_condition(write, at, seen, &note, document.as_deref()).await
    };
    allowed.act::<ConditionPage, _, _>(&app, form, run).await
}

/// The unit takes its report back.
pub async fn recall(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let at = at(&allowed)?;
    let run = async |write, _, seen| acts::recall_condition(write, at, seen).await;
    allowed.act::<ConditionPage, _, _>(&app, form, run).await
}

/// The office agrees.
pub async fn confirm(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let at = at(&allowed)?;
    let run = async |write, _, seen| acts::answer_condition(write, at, seen, None).await;
    allowed.act::<ConditionPage, _, _>(&app, form, run).await
}

/// The office sends it back.
pub async fn return_(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let reason = REASON.read(&mut form);
    let run = async |write, clean, seen| {
        acts::answer_condition(write, at, seen, Some(&reason.take(&clean))).await
    };
    allowed.act::<ConditionPage, _, _>(&app, form, run).await
}
