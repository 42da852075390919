//! The forms of an item that carry no file.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::database::Db;
use crate::paths;
use crate::progress::acts::{self, At};
use crate::progress::rules::{self, Deed, Refusal};
use crate::progress::store;
use crate::web::conflict::Conflict;
use crate::web::page::html_with;
use crate::web::{Allowed, App, Error, Form, redirect};

use super::item;

/// Address of the item's page.
pub fn path(allowed: &Allowed) -> Result<String, Error> {
    Ok(paths::progress::ITEM.at(allowed.association()?, allowed.item()?))
}

/// The page again, with messages beside the fields.
pub async fn again(app: &App, allowed: &Allowed, form: Form) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &item::view(db, app, allowed, form).await?,
    )
}

async fn perform(
    app: &App,
    allowed: &Allowed,
    mut form: Form,
    deed: Deed,
) -> Result<Response, Error> {
    let path = path(allowed)?;
    let act = deed.act();
    let at = At {
        association: allowed.association()?,
        item: allowed.item()?,
        version: form.version()?,
    };
    let who = allowed.who(&form, format!("{path}?done={}", act.name()));
    match acts::perform(&app.database, &app.scheme, &who, at, &deed).await? {
        Ok(()) => Ok(redirect(&path, act)),
        Err(Refusal::Stale(name)) if act == Act::ItemSave => {
            Err(conflict(&mut app.read().await?, allowed, (name, path), &form).await?)
        }
        Err(Refusal::Missing) => Err(Error::Missing),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}

/// Both versions side by side (TC-55).
async fn conflict(
    db: &mut Db,
    allowed: &Allowed,
    (who, action): (String, String),
    typed: &Form,
) -> Result<Error, Error> {
    let item = store::item(db, allowed.association()?, allowed.item()?)
        .await?
        .ok_or(Error::Missing)?;
    let day = item.done_on.map(|day| day.to_string()).unwrap_or_default();
    let conflict = Conflict {
        action,
        who,
        version: item.version,
        current: vec![
            ("note".to_owned(), "办理情况".to_owned(), item.note),
            ("done_on".to_owned(), "完成日期".to_owned(), day),
        ],
        typed,
    };
    Ok(conflict.into_error(allowed.page("他人同时修改了此事项")))
}

/// A form of one button has nothing to be mended.
async fn press(
    app: &App,
    allowed: &Allowed,
    mut form: Form,
    deed: Deed,
) -> Result<Response, Error> {
    match form.done() {
        Ok(_) => perform(app, allowed, form, deed).await,
        Err(_) => again(app, allowed, form).await,
    }
}

/// Says how far it is.
pub async fn save(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let today = app.clock.today();
    let note = form.text("note", "办理情况", 1000).optional();
    let done_on = form
        .date("done_on", "完成日期")
        .check(
            |day| rules::possible(*day, today).is_ok(),
            "完成日期不得早于2000年1月1日，不得晚于今天。",
        )
        .optional();
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let deed = Deed::Save {
        note: note.take(&clean).unwrap_or_default(),
        done_on: done_on.take(&clean),
    };
    perform(&app, &allowed, form, deed).await
}

/// Reports it as done.
pub async fn report(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    press(&app, &allowed, form, Deed::Report).await
}

/// Confirms that it is done.
pub async fn verify(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    press(&app, &allowed, form, Deed::Verify).await
}

/// Sends it back.
pub async fn return_(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let reason = form
        .text("reason", "退回理由", 500)
        .required("请写明退回理由和需要补正的内容。");
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let deed = Deed::Return {
        reason: reason.take(&clean),
    };
    perform(&app, &allowed, form, deed).await
}

/// Strikes it off.
pub async fn accept(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    press(&app, &allowed, form, Deed::Accept).await
}

/// Asks to keep things as a law has them.
pub async fn ask_exemption(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let law = form
        .text("law", "法律、法规名称", 200)
        .check(|law| rules::names_a_law(law), &Refusal::NoLaw.explain())
        .required(&Refusal::NoLaw.explain());
    let article = form
        .text("article", "条款", 100)
        .check(
            |article| rules::names_an_article(article),
            &Refusal::NoArticle.explain(),
        )
        .required(&Refusal::NoArticle.explain());
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let deed = Deed::AskExemption {
        law: law.take(&clean),
        article: article.take(&clean),
    };
    perform(&app, &allowed, form, deed).await
}

/// Grants that.
pub async fn exempt(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    press(&app, &allowed, form, Deed::Exempt).await
}
