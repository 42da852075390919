//! The forms on a docket's page: one handler for every step of every process.

use axum::extract::State;

use crate::access::Act;
use crate::accounts::store::choices;
use crate::database::Stopped;
use crate::oversight::acts::{self, Typed};
use crate::oversight::store::{self, Remarks};
use crate::paths::oversight as paths;
use crate::web::answer::questions;
use crate::web::ask::{self, Ask};
use crate::web::upload::{Upload, cleaned};
use crate::web::{Allowed, Answer, App, Error, Form};

use super::show::ShowPage;
use super::{at, process_of};

/// What a department says.
pub const OPINION: Ask<String> =
    ask::longtext("opinion", "意见", 1000).must("请写明意见；没有意见的不必提出。");

/// The name of the field for a part that is sent back.
#[must_use]
pub fn remark(code: &str) -> String {
    format!("remark-{code}")
}

/// Goes the step of the scheme that the route's act is.
pub async fn step(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let (id, act) = (at(&allowed)?, allowed.gate_act());
    let (docket, departments) = {
        let mut db = app.read().await?;
        let docket = store::docket(&mut db, id).await?.ok_or(Error::Missing)?;
        (docket, choices(&mut db).await?)
    };
    let process = process_of(&app, &docket)?;
    let step = process.step(act.name(), docket.state.key(), docket.level.key());
    let asked = step.map(|step| process.asked(step)).unwrap_or_default();
    let answers = questions::read(&mut form, &asked, &departments);
    for question in asked.iter().filter(|question| question.required) {
        let code = question.code();
        if !answers.has(code) && form.error(code).is_none() {
            form.fail(
                code,
                &question.label,
                format!("请填写“{}”。", question.label),
            );
        }
    }
    let mut remarks = Remarks::new();
    if step.is_some_and(|step| step.by_part) {
        let mut slots = Vec::new();
        for question in process.written() {
            let (name, label) = (remark(question.code()), &question.label);
            let slot = form.text(&name, label, 500).optional();
            slots.push((question.code().to_owned(), slot));
        }
        let run = async |write, clean, seen| {
            for (code, slot) in slots {
                if let Some(text) = slot.take(&clean) {
                    remarks.insert(code, text);
                }
            }
            let typed = Typed { answers, remarks };
            acts::step(write, id, seen, (act, &typed)).await
        };
        return allowed.act::<ShowPage, _, _>(&app, form, run).await;
    }
    let run = async |write, _, seen| {
        let typed = Typed { answers, remarks };
        acts::step(write, id, seen, (act, &typed)).await
    };
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// Begins the next edition.
pub async fn revise(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    let id = at(&allowed)?;
    let landing = paths::DOCKET.at("{}");
    let run = async |write, _, seen| acts::revise(write, id, seen).await;
    allowed
        .act_and_go::<ShowPage, _, _>(&app, form, landing, run)
        .await
}

/// Attaches a file; of a photograph the place where it was taken is left out.
pub async fn attach(State(app): State<App>, allowed: Allowed, upload: Upload) -> Answer {
    let id = at(&allowed)?;
    let Upload { mut form, file } = upload;
    if file.is_none() && form.errors().is_empty() {
        form.fail("file", "文件", "请选择文件。");
    }
    let file = match file {
        Some(file) => match cleaned(file).await {
            Ok(file) => Some(file),
            Err(message) => {
                form.fail("file", "文件", message);
                None
            }
        },
        None => None,
    };
    let run = async |write, _, seen| {
        let file = file.ok_or(Stopped::Hidden)?;
        acts::attach(write, id, seen, &file).await
    };
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// Adds an opinion.
pub async fn advise(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = at(&allowed)?;
    let body = OPINION.read(&mut form);
    let run = async |write, clean, _| acts::advise(write, id, &body.take(&clean)).await;
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// Where the form of an act goes; none: it has none on the page.
#[must_use]
pub fn address(act: Act, id: i64) -> Option<String> {
    let path = match act {
        Act::DocketTake => paths::TAKING,
        Act::DocketRaise => paths::RAISING,
        Act::DocketSend => paths::SENDING,
        Act::DocketSign => paths::SIGNATURE,
        Act::DocketAssign => paths::ASSIGNMENT,
        Act::DocketAnswer => paths::ANSWER,
        Act::DocketDecide => paths::DECISION,
        Act::DocketFinish => paths::FINISH,
        Act::DocketAccept => paths::ACCEPTANCE,
        Act::DocketClose => paths::CLOSING,
        Act::DocketReturn => paths::RETURN,
        Act::DocketWithdraw => paths::WITHDRAWAL,
        Act::DocketRevise => paths::REVISION,
        _ => return None,
    };
    Some(path.at(id))
}
