//! Notices to departments with a tie: sent by the unit, signed for and answered
//! by the department, which sees nothing else of the association (TC-50).

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::database::Db;
use crate::ids::DepartmentId;
use crate::paths;
use crate::plan::acts;
use crate::plan::rules::Refusal;
use crate::plan::store::notices::{self, Notice, NoticeAnswer};
use crate::registry::store::{self as registry, Brief};
use crate::scheme::Choice;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

use super::views::refused;

#[derive(Template)]
#[template(path = "plan/notices.html")]
struct NoticesPage {
    page: Page,
    form: Form,
    association: Brief,
    rows: Vec<Row>,
    departments: Vec<Choice>,
    verdicts: Vec<Choice>,
    may_send: bool,
}

struct Row {
    notice: Notice,
    may_sign: bool,
    may_answer: bool,
}

async fn page(db: &mut Db, allowed: &Allowed, form: Form) -> Result<NoticesPage, Error> {
    let id = allowed.association()?;
    let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
    let own = allowed.actor().department();
    let linked = allowed.facts().only_linked(allowed.actor());
    let rows = notices::of_association(db, id).await?;
    Ok(NoticesPage {
        page: allowed.page("通报有关部门"),
        form,
        rows: rows
            .into_iter()
            .filter(|notice| !linked || notice.department == own)
            .map(|notice| {
                let mine = linked && notice.department == own;
                Row {
                    may_sign: mine && notice.read_on.is_none() && allowed.may(Act::NoticeSign),
                    may_answer: mine
                        && notice.answered_on.is_none()
                        && allowed.may(Act::NoticeAnswer),
                    notice,
                }
            })
            .collect(),
        departments: if linked {
            Vec::new()
        } else {
            notices::linked(db, id)
                .await?
                .into_iter()
                .map(|(id, name)| Choice {
                    value: id.0.to_string(),
                    label: name,
                })
                .collect()
        },
        verdicts: [("yes", "同意终止关系"), ("no", "有异议")]
            .into_iter()
            .map(|(value, label)| Choice {
                value: value.to_owned(),
                label: label.to_owned(),
            })
            .collect(),
        may_send: allowed.may(Act::NoticeSend),
        association,
    })
}

async fn again(app: &App, allowed: &Allowed, form: Form) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &page(db, allowed, form).await?,
    )
}

/// The notices about an association that this person may see.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&page(db, &allowed, Form::default()).await?)
}

fn path(allowed: &Allowed) -> Result<String, Error> {
    Ok(paths::plan::NOTICES.at(allowed.association()?))
}

/// Sends one.
pub async fn send(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let linked = notices::linked(&mut app.read().await?, allowed.association()?).await?;
    let keys: Vec<String> = linked.iter().map(|(id, _)| id.0.to_string()).collect();
    let offered: Vec<&str> = keys.iter().map(String::as_str).collect();
    let department = form
        .choice("department", "被通报部门", &offered)
        .required("请选择被通报的部门。");
    let number = form
        .text("number", "通报文号", 60)
        .required("请填写通报文号，没有文号的填“无”。");
    let text = form
        .text("text", "通报内容", 1_000)
        .required("请写明通报内容。");
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let chosen = department.take(&clean);
    let (department, name) = linked
        .iter()
        .find(|(id, _)| id.0.to_string() == chosen)
        .ok_or(Error::Missing)?;
    let path = path(&allowed)?;
    let who = allowed.who(&form, format!("{path}?done={}", Act::NoticeSend.name()));
    let to: (DepartmentId, &str) = (*department, name);
    let (number, text) = (number.take(&clean), text.take(&clean));
    let said = (number.as_str(), text.as_str());
    finish(
        acts::send_notice(&app.database, &who, (allowed.association()?, to), said)
            .await?
            .map(|_| ()),
        &path,
        Act::NoticeSend,
    )
}

fn finish(outcome: Result<(), Refusal>, path: &str, act: Act) -> Result<Response, Error> {
    match outcome {
        Ok(()) => Ok(redirect(path, act)),
        Err(refusal) => Err(refused(&refusal)),
    }
}

fn number(allowed: &Allowed) -> Result<i64, Error> {
    allowed.param("notice")?.parse().map_err(|_| Error::Missing)
}

/// Signs for one.
pub async fn sign(
    Extract(app): Extract<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    let path = path(&allowed)?;
    let at = (allowed.association()?, number(&allowed)?);
    let who = allowed.who(&form, format!("{path}?done={}", Act::NoticeSign.name()));
    finish(
        acts::sign_notice(&app.database, &who, at).await?,
        &path,
        Act::NoticeSign,
    )
}

/// Answers one.
pub async fn answer(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let path = path(&allowed)?;
    let at = (allowed.association()?, number(&allowed)?);
    let verdict = form
        .choice("agrees", "意见", &["yes", "no"])
        .required("请选择同意终止关系或有异议。");
    let words = form.text("answer", "说明", 1_000).optional();
    let document = form
        .text("document_number", "终止关系的文件", 60)
        .optional();
    if form.value("agrees") == "no" && form.value("answer").trim().is_empty() {
        form.fail("answer", "说明", "有异议的，请写明理由。");
    }
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let said = NoticeAnswer {
        agrees: verdict.take(&clean) == "yes",
        answer: words.take(&clean),
        document_number: document.take(&clean),
    };
    let who = allowed.who(&form, format!("{path}?done={}", Act::NoticeAnswer.name()));
    finish(
        acts::answer_notice(&app.database, &who, at, &said).await?,
        &path,
        Act::NoticeAnswer,
    )
}
