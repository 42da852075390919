//! 代行: who acts in whose stead, giving it, ending it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::{Act, Role};
use crate::database::Db;
use crate::ids::AccountId;
use crate::paths;
use crate::scheme::Choice;
use crate::settings::acts::delegations::{self as acts, Wanted};
use crate::settings::rules::delegations::{Days, Refusal, Standing};
use crate::settings::store::delegations::{self as store, Delegation};
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

#[derive(Template)]
#[template(path = "settings/delegations.html")]
struct ListPage {
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

#[derive(Template)]
#[template(path = "settings/delegation_new.html")]
struct NewPage {
    page: Page,
    form: Form,
    colleagues: Vec<Choice>,
    capacity: String,
}

/// The delegations of the own department; all for the office's head and the administrator.
pub async fn list(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let actor = allowed.actor();
    let today = app.clock.today();
    let all = matches!(actor.role(), Role::OfficeLeader | Role::Sysadmin);
    let department = (!all).then(|| actor.department());
    let may_end = allowed.may(Act::DelegationEnd);
    let rows = store::delegations(db, department)
        .await?
        .into_iter()
        .map(|delegation| {
            let days = Days {
                from: delegation.from_on,
                to: delegation.to_on,
            };
            let standing = Standing::of(days, delegation.ended_on.is_some(), today);
            let own = delegation.from_account == actor.account || actor.role() == Role::Sysadmin;
            Row {
                may_end: may_end && own && standing.is_open(),
                standing,
                delegation,
            }
        })
        .collect();
    html(&ListPage {
        page: allowed.page("代行"),
        rows,
        may_delegate: allowed.may(Act::DelegationCreate),
        all,
    })
}

async fn new_page(db: &mut Db, allowed: &Allowed, form: Form) -> Result<NewPage, Error> {
    let actor = allowed.actor();
    let colleagues =
        store::colleagues(db, (actor.department(), actor.role()), actor.account).await?;
    Ok(NewPage {
        page: allowed.page(Act::DelegationCreate.label()),
        form,
        colleagues: colleagues
            .into_iter()
            .map(|(id, name)| Choice {
                value: id.0.to_string(),
                label: name,
            })
            .collect(),
        capacity: format!(
            "{}·{}",
            actor.capacity.department_name,
            actor.role().label()
        ),
    })
}

/// The form.
pub async fn new(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let today = app.clock.today().to_string();
    let form = Form::filled(vec![("from_on".to_owned(), today)]);
    html(&new_page(db, &allowed, form).await?)
}

/// Gives a delegation.
pub async fn create(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let page = new_page(&mut app.read().await?, &allowed, Form::default()).await?;
    let offered: Vec<&str> = page
        .colleagues
        .iter()
        .map(|choice| choice.value.as_str())
        .collect();
    let delegate = form
        .choice("delegate", "代行人", &offered)
        .required("请选择代行人。");
    let from = form
        .date("from_on", "开始日期")
        .required("请填写开始日期。");
    let to = form.date("to_on", "结束日期").required("请填写结束日期。");
    let document = form
        .text("document", "依据文件", 100)
        .required("请填写依据文件的名称或文号。");
    let Ok(clean) = form.done() else {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &NewPage { form, ..page });
    };
    let delegate = delegate.take(&clean).parse().map_err(|_| Error::Missing)?;
    let document = document.take(&clean);
    let wanted = Wanted {
        delegate: AccountId(delegate),
        days: Days {
            from: from.take(&clean),
            to: to.take(&clean),
        },
        document: &document,
    };
    let who = allowed.who(&form, paths::settings::DELEGATIONS.at());
    match acts::delegate(&app.database, &who, &wanted).await? {
        Ok(_) => Ok(redirect(
            paths::settings::DELEGATIONS.at(),
            Act::DelegationCreate,
        )),
        Err(refusal) => {
            let (field, label, message) = refusal.explain();
            form.fail(field, label, message);
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &NewPage { form, ..page })
        }
    }
}

/// Ends one early.
pub async fn end(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let seen = (allowed.number("delegation")?, form.version()?);
    if form.done().is_err() {
        return Err(Error::Malformed("表单内容无法识别，请返回上一页重新操作。"));
    }
    let who = allowed.who(&form, paths::settings::DELEGATIONS.at());
    match acts::end(&app.database, &who, seen).await? {
        Ok(()) => Ok(redirect(
            paths::settings::DELEGATIONS.at(),
            Act::DelegationEnd,
        )),
        Err(refusal) => Err(Error::Conflict(Refusal::explain(refusal).2.to_owned())),
    }
}
