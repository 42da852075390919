//! One task: who has done it and who has not, what blocks it, and its window,
//! which the office's head may move on record.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::database::Db;
use crate::paths;
use crate::scheme::timeline::Task;
use crate::timeline::acts;
use crate::timeline::store::{self, Move, Moved};
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

use super::board::{self, LineView};

#[derive(Template)]
#[template(path = "timeline/task.html")]
struct TaskPage {
    page: Page,
    form: Form,
    view: LineView,
    holders: Vec<HolderView>,
    moves: Vec<Moved>,
    may_move: bool,
    stage: bool,
    together: Vec<String>,
    may_remind: bool,
    seen: usize,
}

struct HolderView {
    name: String,
    count: String,
    done_on: String,
    word: String,
    tag: &'static str,
}

async fn view(db: &mut Db, app: &App, allowed: &Allowed, form: Form) -> Result<TaskPage, Error> {
    let code = allowed.param("task")?;
    let board = board::board(db, app, allowed, app.clock.today()).await?;
    let line = board.line(code).cloned().ok_or(Error::Missing)?;
    let task = app.scheme.task(code);
    let together = together(app, task);
    let moves = store::moves(db, code).await?;
    let holders = line
        .holders
        .iter()
        .filter(|holder| holder.id != 0)
        .map(|holder| {
            let (word, tag) = board::words(holder.state, holder.light);
            HolderView {
                name: holder.name.clone(),
                count: holder.count(),
                done_on: holder
                    .facts
                    .done_on
                    .map_or_else(|| "—".to_owned(), |day| day.to_string()),
                word,
                tag,
            }
        })
        .collect();
    Ok(TaskPage {
        page: allowed.page(format!("{} {}", line.code, line.text)),
        form,
        holders,
        stage: task.is_some_and(|task| app.scheme.is_stage_date(&task.due)),
        together,
        may_move: allowed.may(Act::TimelineMove) && line.window.due.is_some(),
        may_remind: allowed.may(Act::ReminderList),
        seen: moves.len(),
        moves,
        view: LineView::of(line),
    })
}

/// The other tasks that end with the same stage.
fn together(app: &App, task: Option<&Task>) -> Vec<String> {
    let Some(task) = task.filter(|task| app.scheme.is_stage_date(&task.due)) else {
        return Vec::new();
    };
    let tasks = app.scheme.timeline.tasks.iter();
    tasks
        .filter(|other| other.due == task.due && other.code() != task.code())
        .map(|other| other.code().to_owned())
        .collect()
}

/// The page.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let page = view(db, &app, &allowed, Form::default()).await?;
    let mut form = Form::default();
    form.set("from", page.view.line.window.from.to_string());
    if let Some(due) = page.view.line.window.due {
        form.set("due", due.to_string());
    }
    html(&TaskPage { form, ..page })
}

/// Moves the window.
pub async fn move_(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let page = view(&mut app.read().await?, &app, &allowed, Form::default()).await?;
    let before = page.view.line.window;
    let Some(due_before) = before.due else {
        return Err(Error::Conflict(
            "常态进行的任务没有截止日期，不能调整。".to_owned(),
        ));
    };
    let seen = form.version()?;
    let from = form.date("from", "开始日期").required("请填写开始日期。");
    let due = form.date("due", "截止日期").required("请填写截止日期。");
    let reason = form
        .text("reason", "调整理由", 500)
        .required("请写明调整理由。");
    let Ok(clean) = form.done() else {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &TaskPage { form, ..page });
    };
    let now = (from.take(&clean), due.take(&clean));
    let wrong = if now.1 < now.0 {
        Some("截止日期早于开始日期，请核对。")
    } else if now == (before.from, due_before) {
        Some("时间没有变化。")
    } else {
        None
    };
    if let Some(message) = wrong {
        form.fail("due", "截止日期", message);
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &TaskPage { form, ..page });
    }
    let new = Move {
        task: page.view.line.code.clone(),
        before: (before.from, due_before),
        now,
        reason: reason.take(&clean),
    };
    let path = paths::timeline::TASK.at(&new.task);
    let who = allowed.who(&form, path.clone());
    if acts::move_window(&app.database, &app.scheme, &who, &new, i64::from(seen)).await? {
        Ok(redirect(&path, Act::TimelineMove))
    } else {
        Err(Error::Conflict(
            "该任务的时间刚被他人调整，请刷新页面核对后重新办理。".to_owned(),
        ))
    }
}
