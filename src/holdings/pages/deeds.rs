//! The forms of the registers.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::{Act, Who};
use crate::clock::stamp;
use crate::database::Db;
use crate::holdings::acts::{self, At, Outcome};
use crate::holdings::rules::{self, Refusal, Register};
use crate::holdings::store;
use crate::paths;
use crate::web::conflict::Conflict;
use crate::web::page::html_with;
use crate::web::{Allowed, App, Error, Form, redirect};

use super::{assets, href, reading, row};

async fn again(
    app: &App,
    allowed: &Allowed,
    register: Register,
    form: Form,
) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let view = row::view(db, app, allowed, register, form).await?;
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// The page as it stands now, with what was typed and why it was refused.
async fn refused(
    db: &mut Db,
    (app, allowed): (&App, &Allowed),
    register: Register,
    mut form: Form,
    refusal: &Refusal,
) -> Result<Response, Error> {
    let status = match refusal {
        Refusal::Missing => return Err(Error::Missing),
        Refusal::Unclear(_) | Refusal::NotApproved | Refusal::WrongHandling => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        _ => StatusCode::CONFLICT,
    };
    form.fail("form", "表单", refusal.explain());
    html_with(status, &row::view(db, app, allowed, register, form).await?)
}

/// Two people recorded the same row: both versions side by side (TC-55). Who may
/// no longer record it sees the row and what they had typed.
async fn stale(app: &App, allowed: &Allowed, at: At<'_>, form: Form) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let (_, source) = super::load(db, at.association).await?;
    let book = source.book(&app.scheme);
    let open = book
        .entry(at.register, at.key)
        .filter(|entry| rules::next(entry.state, at.register.recording()).is_some());
    let Some(entry) = open else {
        return refused(db, (app, allowed), at.register, form, &Refusal::Stale).await;
    };
    let history = store::history(db, entry.id).await?;
    let who = history.first().map_or_else(
        || "此项刚由他人修改".to_owned(),
        |last| {
            format!(
                "{}（{}）于{}修改了此项",
                last.who,
                last.department,
                stamp(last.at)
            )
        },
    );
    let conflict = Conflict {
        action: row::save_path(at),
        who,
        version: entry.version,
        current: reading::current(at.register, &entry.facts),
        typed: &form,
    };
    let page = allowed.page("内容有冲突");
    Err(conflict.in_words(page, |name, value| {
        reading::in_words(at.register, name, value)
    }))
}

/// Records facts on a row of the functions' page.
pub async fn function(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    let register = row::register(&allowed, true)?;
    save(&app, &allowed, register, form).await
}

/// Records facts on a row of the assets' page.
pub async fn asset(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    let register = row::register(&allowed, false)?;
    if register.recording() != Act::AssetRecord {
        return Err(Error::Missing);
    }
    save(&app, &allowed, register, form).await
}

/// Records whose an asset is.
pub async fn ownership(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    save(&app, &allowed, Register::Ownership, form).await
}

async fn save(
    app: &App,
    allowed: &Allowed,
    register: Register,
    mut form: Form,
) -> Result<Response, Error> {
    let at = At {
        association: allowed.association()?,
        register,
        key: allowed.param("row")?,
        version: form.version()?,
    };
    let Some(facts) = reading::read(&mut form, register, app.clock.today()) else {
        return again(app, allowed, register, form).await;
    };
    let path = href(at.association.0, register, at.key);
    let who = allowed.who(
        &form,
        format!("{path}?done={}", register.recording().name()),
    );
    match acts::save(&app.database, &app.scheme, &who, at, &facts).await? {
        Ok(()) => Ok(redirect(&path, register.recording())),
        Err(Refusal::Stale) => stale(app, allowed, at, form).await,
        Err(refusal) => {
            refused(
                &mut app.read().await?,
                (app, allowed),
                register,
                form,
                &refusal,
            )
            .await
        }
    }
}

/// The leader signs and sends.
pub async fn submit(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let id = allowed.association()?;
    form.done()
        .map_err(|_| Error::Malformed("页面已更新，请返回上一页刷新后重新提交。"))?;
    let path = paths::holdings::ASSETS.at(id);
    let who = allowed.who(&form, format!("{path}?done={}", Act::HoldingsSubmit.name()));
    match acts::submit(&app.database, &app.scheme, &who, id).await? {
        Ok(_) => Ok(redirect(&path, Act::HoldingsSubmit)),
        Err(refusal) => assets::page(&app, &allowed, Some(refusal.explain())).await,
    }
}

async fn approve(
    app: &App,
    allowed: &Allowed,
    register: Register,
    form: Form,
) -> Result<Response, Error> {
    let act = async |who: Who, at: At<'_>, words: (String, String)| {
        let words = (words.0.as_str(), words.1.as_str());
        acts::approve(&app.database, &app.scheme, &who, at, words).await
    };
    decide(app, allowed, register, form, act).await
}

/// Reads a decision, does it by `act`, and answers. A delay is decided on in the
/// room that keeps the deadlines.
pub async fn decide<F>(
    app: &App,
    allowed: &Allowed,
    register: Register,
    mut form: Form,
    act: F,
) -> Result<Response, Error>
where
    F: AsyncFnOnce(Who, At<'_>, (String, String)) -> Outcome<()>,
{
    let at = At {
        association: allowed.association()?,
        register,
        key: allowed.param("row")?,
        version: form.version()?,
    };
    let document = form
        .text("decision_document", "审批文件文号", 60)
        .required("请填写文号，没有文号的填“无”。");
    let note = form.text("decision_note", "审批意见", 200).optional();
    if register == Register::Room && form.value("decision_note").trim().is_empty() {
        form.fail("decision_note", "验收人", "请填写验收人。");
    }
    let Ok(clean) = form.done() else {
        return again(app, allowed, register, form).await;
    };
    let words = (document.take(&clean), note.take(&clean).unwrap_or_default());
    let path = href(at.association.0, register, at.key);
    let decision = register.decision().ok_or(Error::Missing)?;
    let who = allowed.who(&form, format!("{path}?done={}", decision.name()));
    match act(who, at, words).await? {
        Ok(()) => Ok(redirect(&path, decision)),
        Err(refusal) => {
            refused(
                &mut app.read().await?,
                (app, allowed),
                register,
                form,
                &refusal,
            )
            .await
        }
    }
}

/// Approves a disposition.
pub async fn approve_asset(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    approve(&app, &allowed, Register::Asset, form).await
}

/// Verifies what became of money paid after the stop.
pub async fn settle(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    approve(&app, &allowed, Register::Appropriation, form).await
}

/// Accepts a room.
pub async fn accept(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    approve(&app, &allowed, Register::Room, form).await
}

/// Sends an entry back.
pub async fn return_(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let register = row::register(&allowed, false)?;
    let at = At {
        association: allowed.association()?,
        register,
        key: allowed.param("row")?,
        version: form.version()?,
    };
    let reason = form
        .text("reason", "退回理由", 500)
        .required("请写明退回理由和需要补正的内容。");
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, register, form).await;
    };
    let path = href(at.association.0, register, at.key);
    let who = allowed.who(&form, format!("{path}?done={}", Act::HoldingsReturn.name()));
    match acts::return_(&app.database, &app.scheme, &who, at, &reason.take(&clean)).await? {
        Ok(()) => Ok(redirect(&path, Act::HoldingsReturn)),
        Err(refusal) => {
            refused(
                &mut app.read().await?,
                (&app, &allowed),
                register,
                form,
                &refusal,
            )
            .await
        }
    }
}
