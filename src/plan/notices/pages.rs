//! Notices to departments with a tie: sent by the unit, signed for and answered
//! by the department, which sees nothing else of the association (TC-50).

use askama::Template;
use axum::extract::State as Extract;

use crate::access::{Act, Case as _};
use crate::database::Write;
use crate::paths;
use crate::plan::acts::At;
use crate::registry::store::{self as registry, Brief};
use crate::scheme::Choice;
use crate::web::ask::{self, Ask};
use crate::web::hands;
use crate::web::page::Page;
use crate::web::table::Cell;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::acts;
use super::rules::NoticeState;
use super::store::{self, NewNotice, Notice, NoticeAnswer};

const NUMBER: Ask<String> = ask::text("number", "通报文号", 60)
    .hint("没有文号的填“无”")
    .must("请填写通报文号，没有文号的填“无”。");
const TEXT: Ask<String> = ask::longtext("text", "通报内容", 1_000)
    .rows(4)
    .hint("写明拟终止的关系、时间和需要配合的事项")
    .must("请写明通报内容。");
const WORDS: Ask<String> = ask::longtext("answer", "说明", 1_000).hint("有异议的必填");
const DOCUMENT: Ask<String> = ask::text("document_number", "终止关系的文件", 60)
    .hint("例如：绿工信发〔2018〕40号；没有的不填");

/// The notices about an association that this person may see.
#[derive(Template)]
#[template(path = "plan/notices.html")]
pub struct NoticesPage {
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
    hand: Cell,
    may_sign: bool,
    may_answer: bool,
}

fn choice(value: impl Into<String>, label: impl Into<String>) -> Choice {
    Choice {
        value: value.into(),
        label: label.into(),
    }
}

impl View for NoticesPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let id = allowed.association()?;
        let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
        let own = allowed.actor().department();
        let linked = allowed.facts().only_linked(allowed.actor());
        let around = allowed.around();
        let row = |notice: Notice| {
            let offers = |act| linked && allowed.may(act) && notice.open(act);
            Row {
                may_sign: offers(Act::NoticeSign),
                may_answer: offers(Act::NoticeAnswer),
                hand: hands::cell(around.of(Notice::KIND, notice.id).as_ref()),
                notice,
            }
        };
        let rows = store::of_association(db, id).await?.into_iter();
        let departments = if linked {
            Vec::new()
        } else {
            store::linked(db, id).await?
        };
        Ok(Self {
            page: allowed.page("通报有关部门"),
            form: form.unwrap_or_default(),
            rows: rows
                .filter(|notice| !linked || notice.department == own)
                .map(row)
                .collect(),
            departments: departments
                .into_iter()
                .map(|(id, name)| choice(id.0.to_string(), name))
                .collect(),
            verdicts: vec![
                choice("yes", NoticeState::Agreed.label()),
                choice("no", NoticeState::Objected.label()),
            ],
            may_send: allowed.may(Act::NoticeSend),
            association,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::plan::NOTICES.at(allowed.association()?))
    }
}

/// Sends one.
pub async fn send(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let linked = store::linked(&mut app.read().await?, id).await?;
    let keys: Vec<String> = linked.iter().map(|(id, _)| id.0.to_string()).collect();
    let offered: Vec<&str> = keys.iter().map(String::as_str).collect();
    let department = form
        .choice("department", "被通报部门", &offered)
        .required("请选择被通报的部门。");
    let number = NUMBER.read(&mut form);
    let text = TEXT.read(&mut form);
    let run = async |write, clean, _| {
        let chosen = department.take(&clean);
        let mut linked = linked.into_iter();
        let (department, name) = linked
            .find(|(id, _)| id.0.to_string() == chosen)
            .unwrap_or_default();
        let new = NewNotice {
            department,
            name,
            number: number.take(&clean),
            text: text.take(&clean),
        };
        acts::send_notice(write, id, &new).await
    };
    allowed.act::<NoticesPage, _, _>(&app, form, run).await
}

fn at(allowed: &Allowed) -> Result<At, Error> {
    Ok(At {
        association: allowed.association()?,
        id: allowed.number("notice")?,
    })
}

/// Signs for one.
pub async fn sign(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let at = at(&allowed)?;
    let run = async |write, _, seen| acts::sign_notice(write, at, seen).await;
    allowed.act::<NoticesPage, _, _>(&app, form, run).await
}

/// Answers one.
pub async fn answer(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let verdict = form
        .choice("agrees", "意见", &["yes", "no"])
        .required("请选择同意终止关系或有异议。");
    let words = WORDS.if_filled(&mut form);
    let document = DOCUMENT.if_filled(&mut form);
    if form.value("agrees") == "no" && form.value(WORDS.name).trim().is_empty() {
        form.fail(WORDS.name, WORDS.label, "有异议的，请写明理由。");
    }
    let run = async |write: Write, clean, seen| {
        let said = NoticeAnswer {
            agrees: verdict.take(&clean) == "yes",
            answer: words.take(&clean),
            document_number: document.take(&clean),
        };
        acts::answer_notice(write, at, seen, &said).await
    };
    allowed.act::<NoticesPage, _, _>(&app, form, run).await
}
