//! 代行: who acts in whose stead, giving it, ending it.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;

use crate::access::{Act, Actor, Role};
use crate::database::Db;
use crate::ids::AccountId;
use crate::paths;
use crate::scheme::Choice;
use crate::settings::acts::delegations::{self as acts, Wanted};
use crate::settings::rules::delegations::{Days, Standing};
use crate::settings::store::delegations::{self as store, Delegation};
use crate::web::ask::{self, Ask};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

const FROM: Ask<NaiveDate> = ask::date("from_on", "开始日期").must("请填写开始日期。");
const TO: Ask<NaiveDate> = ask::date("to_on", "结束日期")
    .hint("当天仍可代行")
    .must("请填写结束日期。");
const DOCUMENT: Ask<String> = ask::text("document", "依据文件", 100)
    .hint("名称或文号")
    .must("请填写依据文件的名称或文号。");

/// The delegations of the own department; all for the office's head and the administrator.
#[derive(Template)]
#[template(path = "settings/delegations.html")]
pub struct ListPage {
    page: Page,
    rows: Vec<Row>,
    may_delegate: bool,
    all: bool,
}

struct Row {
    delegation: Delegation,
    standing: Standing,
    may_end: bool,
}

/// The form.
#[derive(Template)]
#[template(path = "settings/delegation_new.html")]
pub struct NewPage {
    page: Page,
    form: Form,
    colleagues: Vec<Choice>,
    capacity: String,
}

impl View for ListPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (allowed, today) = (look.allowed, look.app.clock.today());
        let actor = allowed.actor();
        let all = matches!(actor.role(), Role::OfficeLeader | Role::Sysadmin);
        let department = (!all).then(|| actor.department());
        let may_end = allowed.may(Act::DelegationEnd);
        let rows = store::delegations(look.db, department).await?.into_iter();
        let row = |delegation: Delegation| {
            let standing = delegation.standing(today);
            let own = delegation.from_account == actor.account || actor.role() == Role::Sysadmin;
            Row {
                may_end: may_end && own && standing.is_open(),
                standing,
                delegation,
            }
        };
        Ok(Self {
            page: allowed.page("代行"),
            rows: rows.map(row).collect(),
            may_delegate: allowed.may(Act::DelegationCreate),
            all,
        })
    }

    fn address(_: &Allowed) -> Result<String, Error> {
        Ok(paths::settings::DELEGATIONS.to_string())
    }
}

/// Who could act for a person.
async fn colleagues(db: &mut Db, actor: &Actor) -> Result<Vec<Choice>, sqlx::Error> {
    let capacity = (actor.department(), actor.role());
    let found = store::colleagues(db, capacity, actor.account).await?;
    let found = found.into_iter();
    Ok(found
        .map(|(id, name)| Choice::from((id.0.to_string(), name)))
        .collect())
}

impl View for NewPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let actor = look.allowed.actor();
        let today = look.app.clock.today().to_string();
        let first = || Form::filled(vec![(FROM.name.to_owned(), today)]);
        let (department, role) = (&actor.capacity.department_name, actor.role().label());
        Ok(Self {
            page: look.allowed.page(Act::DelegationCreate.label()),
            form: form.unwrap_or_else(first),
            colleagues: colleagues(look.db, actor).await?,
            capacity: format!("{department}·{role}"),
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        ListPage::address(allowed)
    }
}

/// Gives a delegation.
pub async fn create(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let colleagues = colleagues(&mut app.read().await?, allowed.actor()).await?;
    let offered: Vec<&str> = colleagues.iter().map(|each| each.value.as_str()).collect();
    let delegate = form
        .choice("delegate", "代行人", &offered)
        .required("请选择代行人。");
    let from = FROM.read(&mut form);
    let to = TO.read(&mut form);
    let document = DOCUMENT.read(&mut form);
    let run = async |write, clean, _| {
        let wanted = Wanted {
            delegate: AccountId(delegate.take(&clean).parse().unwrap_or_default()),
            days: Days {
                from: from.take(&clean),
                to: to.take(&clean),
            },
            document: document.take(&clean),
        };
        acts::delegate(write, &wanted).await
    };
    allowed.act::<NewPage, _, _>(&app, form, run).await
}

/// Ends one early.
pub async fn end(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.number("delegation")?;
    let run = async |write, _, seen| acts::end(write, id, seen).await;
    allowed.act::<ListPage, _, _>(&app, form, run).await
}
