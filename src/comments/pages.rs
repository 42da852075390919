//! The comments on one association.

use askama::Template;
use axum::extract::State;

use crate::access::{Act, Role};
use crate::clock::stamp;
use crate::ids::{AssociationId, DepartmentId};
use crate::paths;
use crate::scheme::Choice;
use crate::web::ask::{self, Ask};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::acts::{self, At};
use super::rules::{self, ASKED, LONGEST};
use super::store::{self, Mention, Row};

const BODY: Ask<String> = ask::longtext("body", "留言", LONGEST)
    .rows(4)
    .hint("最多1000字；当天可以撤回，不能删除")
    .must("请填写留言内容。");

/// The page.
#[derive(Template)]
#[template(path = "comments/list.html")]
pub struct ListPage {
    page: Page,
    form: Form,
    association: AssociationId,
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

impl View for ListPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let id = allowed.association()?;
        let actor = allowed.actor();
        let only_asked = allowed.facts().only_linked(actor);
        let only_for = only_asked.then(|| actor.department());
        let mentions = store::mentions(db, id).await?;
        let comments = store::comments(db, id, only_for).await?;
        let readers = store::readers(db, id).await?;
        let own = (actor.role() != Role::Association).then(|| actor.department());
        Ok(Self {
            page: allowed.page("留言"),
            form: form.unwrap_or_default(),
            association: id,
            comments: comments
                .into_iter()
                .map(|row| comment(look.app, allowed, row, &mentions))
                .collect(),
            departments: readers
                .into_iter()
                .filter(|(department, _)| Some(*department) != own)
                .map(|(department, name)| Choice {
                    value: department.to_string(),
                    label: name,
                })
                .collect(),
            may_write: allowed.may(Act::CommentWrite),
            only_asked,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::comments::COMMENTS.at(allowed.association()?))
    }
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

/// Writes one. Whom one may ask to read it, the act asks in its own transaction: a
/// comment needs one connection, and that only for itself.
pub async fn write(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let body = BODY.read(&mut form);
    form.knows("asked[]");
    let ticked = form.fields().iter().filter(|(name, _)| name == ASKED.0);
    let asked: Vec<DepartmentId> = ticked
        .map(|(_, value)| DepartmentId(value.parse().unwrap_or_default()))
        .collect();
    let run = async |write, clean, _| acts::write(write, id, &body.take(&clean), &asked).await;
    allowed.act::<ListPage, _, _>(&app, form, run).await
}

fn at(allowed: &Allowed) -> Result<At, Error> {
    Ok(At {
        association: allowed.association()?,
        comment: allowed.number("comment")?,
    })
}

/// Withdraws one.
pub async fn withdraw(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    let at = at(&allowed)?;
    let run = async |write, _, _| acts::withdraw(write, at).await;
    allowed.act::<ListPage, _, _>(&app, form, run).await
}

/// Marks one read.
pub async fn acknowledge(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    let at = at(&allowed)?;
    let run = async |write, _, _| acts::acknowledge(write, at).await;
    allowed.act::<ListPage, _, _>(&app, form, run).await
}
