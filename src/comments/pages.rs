//! The comments on one association.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::{Act, Role};
use crate::clock::stamp;
use crate::database::Db;
use crate::ids::DepartmentId;
use crate::paths;
use crate::registry::store as registry;
use crate::scheme::Choice;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

use super::acts::{self, Wanted};
use super::rules::{self, LONGEST, Refusal};
use super::store::{self, Mention, Row};

#[derive(Template)]
#[template(path = "comments/list.html")]
struct ListPage {
    page: Page,
    form: Form,
    association: i64,
    name: String,
    comments: Vec<CommentView>,
    departments: Vec<Choice>,
    may_write: bool,
    only_asked: bool,
}

struct CommentView {
    id: i64,
    when: String,
    author: String,
    department: String,
    body: Option<String>,
    asked: Vec<String>,
    may_withdraw: bool,
    may_acknowledge: bool,
}

/// The page.
pub async fn list(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &app, &allowed, Form::default()).await?)
}

async fn view(db: &mut Db, app: &App, allowed: &Allowed, form: Form) -> Result<ListPage, Error> {
    let id = allowed.association()?;
    let actor = allowed.actor();
    let only_asked = allowed.facts().only_linked(actor);
    let only_for = only_asked.then(|| actor.department());
    let brief = registry::brief(db, id).await?.ok_or(Error::Missing)?;
    let mentions = store::mentions(db, id).await?;
    let comments = store::comments(db, id, only_for)
        .await?
        .into_iter()
        .map(|row| comment(app, allowed, row, &mentions))
        .collect();
    let own = (actor.role() != Role::Association).then(|| actor.department());
    Ok(ListPage {
        page: allowed.page(format!("{}的留言", brief.name)),
        form,
        association: id.0,
        name: brief.name,
        comments,
        departments: store::readers(db, id)
            .await?
            .into_iter()
            .filter(|(department, _)| Some(*department) != own)
            .map(|(department, name)| Choice {
                value: department.0.to_string(),
                label: name,
            })
            .collect(),
        may_write: allowed.may(Act::CommentWrite),
        only_asked,
    })
}

fn comment(app: &App, allowed: &Allowed, row: Row, mentions: &[Mention]) -> CommentView {
    let actor = allowed.actor();
    let withdrawn = row.withdrawn_at.is_some();
    let asked: Vec<&Mention> = mentions
        .iter()
        .filter(|mention| mention.comment == row.id)
        .collect();
    let known = rules::Comment {
        author: row.account,
        written_on: row.written_on,
        withdrawn,
    };
    CommentView {
        id: row.id,
        when: stamp(row.written_at),
        may_withdraw: rules::may_withdraw(known, actor.account, app.clock.today()).is_ok(),
        may_acknowledge: !withdrawn
            && actor.role() != Role::Association
            && asked.iter().any(|mention| {
                mention.department == actor.department() && mention.read_at.is_none()
            }),
        asked: asked.into_iter().map(told).collect(),
        author: row.author,
        department: row.department,
        body: (!withdrawn).then_some(row.body),
    }
}

fn told(mention: &Mention) -> String {
    match (&mention.read_by, mention.read_at) {
        (Some(by), Some(at)) => format!("{}已签收（{by}，{}）", mention.name, stamp(at)),
        _ => format!("{}待阅", mention.name),
    }
}

/// Writes one.
pub async fn write(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let association = allowed.association()?;
    let body = form
        .text("body", "留言", LONGEST)
        .required("请填写留言内容。");
    let mut db = app.read().await?;
    let readers = store::readers(&mut db, association).await?;
    let offered: Vec<String> = readers.iter().map(|(id, _)| id.0.to_string()).collect();
    let offered: Vec<&str> = offered.iter().map(String::as_str).collect();
    let asked: Vec<DepartmentId> = form
        .ticks("asked", "请有关单位阅", &offered)
        .iter()
        .filter_map(|value| value.parse().ok().map(DepartmentId))
        .collect();
    let Ok(clean) = form.done() else {
        let view = view(&mut db, &app, &allowed, form).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    drop(db);
    let path = paths::comments::COMMENTS.at(association);
    let wanted = Wanted {
        body: &body.take(&clean),
        asked: &asked,
    };
    let who = allowed.who(&form, path.clone());
    match acts::write(&app.database, &who, association, &wanted).await? {
        Ok(_) => Ok(redirect(&path, Act::CommentWrite)),
        Err(refusal) => {
            form.fail("asked", "请有关单位阅", refusal.explain());
            let view = view(&mut app.read().await?, &app, &allowed, form).await?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}

/// Withdraws one.
pub async fn withdraw(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    let at = (allowed.association()?, allowed.number("comment")?);
    let path = paths::comments::COMMENTS.at(at.0);
    let who = allowed.who(&form, path.clone());
    let outcome = acts::withdraw(&app.database, &who, at).await?;
    finish(outcome, &path, Act::CommentWithdraw)
}

/// Marks one read.
pub async fn acknowledge(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    let at = (allowed.association()?, allowed.number("comment")?);
    let path = paths::comments::COMMENTS.at(at.0);
    let who = allowed.who(&form, path.clone());
    let outcome = acts::acknowledge(&app.database, &who, at).await?;
    finish(outcome, &path, Act::CommentAcknowledge)
}

fn finish(outcome: Result<(), Refusal>, path: &str, act: Act) -> Result<Response, Error> {
    match outcome {
        Ok(()) => Ok(redirect(path, act)),
        Err(Refusal::Missing) => Err(Error::Missing),
        Err(refusal) => Err(Error::Conflict(refusal.explain().to_owned())),
    }
}
