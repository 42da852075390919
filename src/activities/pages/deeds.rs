//! The forms on an activity's page.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::accounts::store::departments;
use crate::activities::acts::{self, At};
use crate::activities::rules::{Deed, Refusal};
use crate::activities::store::NewApproval;
use crate::ids::DepartmentId;
use crate::paths;
use crate::web::page::html_with;
use crate::web::{Allowed, App, Error, Form, redirect};

use super::show;

fn at(allowed: &Allowed, form: &mut Form) -> Result<At, Error> {
    Ok(At {
        association: allowed.association()?,
        activity: allowed.number("activity")?,
        version: form.version()?,
    })
}

fn path(at: At) -> String {
    paths::activities::ACTIVITY.at(at.association, at.activity)
}

async fn again(app: &App, allowed: &Allowed, form: Form) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let view = show::view(db, app, allowed, form).await?;
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

fn finished(outcome: Result<(), Refusal>, at: At, act: Act) -> Result<Response, Error> {
    match outcome {
        Ok(()) => Ok(redirect(&path(at), act)),
        Err(Refusal::Gone) => Err(Error::Missing),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}

async fn decide(
    app: &App,
    allowed: &Allowed,
    (form, at): (&Form, At),
    deed: Deed,
) -> Result<Response, Error> {
    let who = allowed.who(form, path(at));
    let outcome = acts::decide(&app.database, &app.scheme, &who, at, &deed).await?;
    finished(outcome, at, deed.act())
}

/// Puts a department's approval on record.
pub async fn note(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let at = at(&allowed, &mut form)?;
    let offered: Vec<String> = departments(&mut app.read().await?)
        .await?
        .into_iter()
        .map(|department| department.id.to_string())
        .collect();
    let offered: Vec<&str> = offered.iter().map(String::as_str).collect();
    let today = app.clock.today();
    let department = form
        .choice("department", "批准部门", &offered)
        .required("请选择批准部门。");
    let number = form
        .text("document_number", "文号", 60)
        .required("请填写批准文件的文号。");
    let date = form
        .date("document_date", "批准日期")
        .check(|day| *day <= today, "批准日期不能晚于今天。")
        .required("请填写批准日期。");
    let opinion = form
        .text("opinion", "批准内容", 300)
        .required("请填写批准内容。");
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let new = NewApproval {
        department: DepartmentId(
            department
                .take(&clean)
                .parse()
                .map_err(|_| Error::Missing)?,
        ),
        document_number: number.take(&clean),
        document_date: date.take(&clean),
        opinion: opinion.take(&clean),
    };
    let who = allowed.who(&form, path(at));
    let outcome = acts::note(&app.database, &who, at, &new).await?;
    finished(outcome, at, Act::ActivityNote)
}

/// The unit's leader agrees.
pub async fn approve(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let at = at(&allowed, &mut form)?;
    let office = form
        .yes_no("needs_office", "是否须报脱钩办批准")
        .required("请选择是否须报脱钩办批准。");
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let deed = Deed::Approve(office.take(&clean));
    decide(&app, &allowed, (&form, at), deed).await
}

/// A decision with words under this field name.
async fn with_words(
    app: &App,
    allowed: &Allowed,
    mut form: Form,
    (name, label, message): (&str, &str, &str),
    deed: fn(String) -> Deed,
) -> Result<Response, Error> {
    let at = at(allowed, &mut form)?;
    let words = form.text(name, label, 500).required(message);
    let Ok(clean) = form.done() else {
        return again(app, allowed, form).await;
    };
    let deed = deed(words.take(&clean));
    decide(app, allowed, (&form, at), deed).await
}

/// The unit's leader sends it back.
pub async fn return_(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    let field = ("return_reason", "退回的理由", "请写明退回的理由。");
    with_words(&app, &allowed, form, field, Deed::Return).await
}

/// The office agrees.
pub async fn allow(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    let field = ("allow_opinion", "批准意见", "请填写批准意见。");
    with_words(&app, &allowed, form, field, Deed::Allow).await
}

/// The office refuses.
pub async fn refuse(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    let field = ("refuse_reason", "不予批准的理由", "请写明不予批准的理由。");
    with_words(&app, &allowed, form, field, Deed::Refuse).await
}

/// Writes what came of it.
pub async fn finish(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let at = at(&allowed, &mut form)?;
    let today = app.clock.today();
    let result = form
        .text("result", "活动结果", 500)
        .required("请填写活动结果。");
    let on = form
        .date("result_on", "结果日期")
        .check(|day| *day <= today, "结果日期不能晚于今天。")
        .required("请填写结果日期。");
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let deed = Deed::Finish(result.take(&clean), on.take(&clean));
    decide(&app, &allowed, (&form, at), deed).await
}
