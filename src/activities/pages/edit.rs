//! The form of an activity: registering one, mending one that came back.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;

use crate::access::Act;
use crate::activities::acts;
use crate::activities::rules::Kind;
use crate::activities::store::{self, Activity, Entry};
use crate::paths;
use crate::scheme::Choice;
use crate::web::answer::money;
use crate::web::ask::{self, Ask};
use crate::web::form::Slot;
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::deeds::at;

const TITLE: Ask<String> = ask::wide("title", "活动内容", 100)
    .hint("如“召开第三届会员大会换届”")
    .must("请填写活动内容。");
const AMOUNT: Ask<i64> = ask::money("amount", "涉及金额").hint("不涉及金额的不填");
const PROCEDURE: Ask<String> = ask::longtext("procedure", "应履行的程序", 300)
    .hint("按什么规定，应经谁审议、报谁批准")
    .must("请写明按什么规定应履行什么程序。");
const CANDIDATES: Ask<String> = ask::longtext("candidates", "拟选负责人", 500)
    .rows(4)
    .hint("每行一人；仅有权查看人员登记表的单位可以看到姓名");

/// The form.
#[derive(Template)]
#[template(path = "activities/edit.html")]
pub struct EditPage {
    page: Page,
    form: Form,
    kinds: Vec<Choice>,
    version: i32,
    action: String,
    back: String,
}

impl View for EditPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let id = allowed.association()?;
        let activity = match at(allowed) {
            Ok(at) => Some(
                store::activity(db, id, at.activity)
                    .await?
                    .ok_or(Error::Missing)?,
            ),
            Err(_) => None,
        };
        let (title, action, back) = match &activity {
            Some(activity) => (
                "修改重大业务活动",
                paths::activities::FORM.at(id, activity.id),
                paths::activities::ACTIVITY.at(id, activity.id),
            ),
            None => (
                "登记重大业务活动",
                paths::activities::NEW_ACTIVITY.at(id),
                paths::activities::ACTIVITIES.at(id),
            ),
        };
        Ok(Self {
            page: allowed.page(title),
            form: form.unwrap_or_else(|| activity.as_ref().map(fill).unwrap_or_default()),
            kinds: Choice::of::<Kind>(),
            version: activity.map_or(0, |activity| activity.version),
            action,
            back,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        let id = allowed.association()?;
        Ok(match at(allowed) {
            Ok(at) => paths::activities::ACTIVITY.at(id, at.activity),
            Err(_) => paths::activities::ACTIVITY.at(id, "{}"),
        })
    }
}

/// What is typed, until the form is whole.
struct Typed {
    kind: Slot<Kind>,
    title: Slot<String>,
    held_on: Slot<NaiveDate>,
    amount: Slot<Option<i64>>,
    procedure: Slot<String>,
    candidates: Slot<Option<String>>,
    declared: bool,
}

/// Reads the form.
fn read(form: &mut Form, issued: NaiveDate) -> Typed {
    Typed {
        kind: form.word("kind", "类别").required("请选择类别。"),
        title: TITLE.read(form),
        held_on: form
            .date("held_on", "活动日期")
            .check(
                |day| *day >= issued,
                "方案印发以前的活动不在登记范围内，请核对日期。",
            )
            .required("请填写活动日期。"),
        amount: AMOUNT.if_filled(form),
        procedure: PROCEDURE.read(form),
        candidates: CANDIDATES.if_filled(form),
        declared: form.tick("declared"),
    }
}

impl Typed {
    fn entry(self, clean: &crate::web::form::Clean) -> Entry {
        let kind = self.kind.take(clean);
        let election = kind == Kind::Election;
        let names = self.candidates.take(clean).unwrap_or_default();
        Entry {
            kind,
            title: self.title.take(clean),
            held_on: self.held_on.take(clean),
            amount_cents: self.amount.take(clean),
            procedure: self.procedure.take(clean),
            candidates: names
                .split(['\n', '、', '，', ',', '；', ';'])
                .map(str::trim)
                .filter(|name| election && !name.is_empty())
                .map(str::to_owned)
                .collect(),
            declared: self.declared && election,
        }
    }
}

/// Registers what was typed, or saves it anew.
pub async fn save(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let typed = read(&mut form, app.scheme.campaign.parameters.issue_date);
    let Ok(at) = at(&allowed) else {
        let run = async |write, clean, _| acts::register(write, id, &typed.entry(&clean)).await;
        return allowed.act::<EditPage, _, _>(&app, form, run).await;
    };
    let run = async |write, clean, seen| acts::save(write, at, seen, &typed.entry(&clean)).await;
    allowed.act::<EditPage, _, _>(&app, form, run).await
}

fn fill(activity: &Activity) -> Form {
    let mut form = Form::default();
    form.set("kind", activity.kind.key());
    form.set("title", activity.title.clone());
    form.set("held_on", activity.held_on.to_string());
    let amount = activity.amount_cents.map(money::show);
    form.set("amount", amount.unwrap_or_default());
    form.set("procedure", activity.procedure.clone());
    form.set("candidates", activity.candidates.join("、"));
    if activity.declared {
        form.set("declared", "yes");
    }
    form
}
