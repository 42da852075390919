//! One task: who has done it and who has not, what blocks it, and its window,
//! which the office's head may move on record.

use askama::Template;
use axum::extract::State as Extract;
use chrono::NaiveDate;

use crate::access::Act;
use crate::crossings::window::{Wanted, move_window};
use crate::timeline::rules::{Holder, windows};
use crate::timeline::store::{self, Moved};
use crate::web::ask::{self, Ask};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::board::{self, LineView};

const FROM: Ask<NaiveDate> = ask::date("from", "开始日期").must("请填写开始日期。");
const DUE: Ask<NaiveDate> = ask::date("due", "截止日期")
    .hint("只调整这项任务的时间，清单事项的时限不变")
    .must("请填写截止日期。");
const STAGE_DUE: Ask<NaiveDate> = DUE.hint("以此为时限的未办结清单事项和今后启动的清单都按新的日期；方案规定的时限、实施方案另定的日期、经批准延期的不变");
const REASON: Ask<String> = ask::longtext("reason", "调整理由", 500).must("请写明调整理由。");

const HOLDERS: &[Column<Holder>] = &[
    table::words("单位", |holder: &Holder| (&holder.name).into()).head(),
    table::words("状态", |holder: &Holder| {
        let (word, mark) = board::words(holder.state, holder.light);
        Cell::Mark(mark, word)
    }),
    table::words("完成", |holder: &Holder| holder.count().into()),
    table::short("最近完成日期", |holder: &Holder| {
        holder.facts.done_on.into()
    }),
];

const MOVES: &[Column<Moved>] = &[
    table::short("调整日期", |each: &Moved| each.moved_on.into()),
    table::words("原时间", |each: &Moved| {
        format!("{}至{}", each.from_before, each.due_before).into()
    }),
    table::words("现时间", |each: &Moved| {
        format!("{}至{}", each.from_now, each.due_now).into()
    }),
    table::words("理由", |each: &Moved| (&each.reason).into()),
    table::words("决定人", |each: &Moved| (&each.by).into()),
];

/// The page.
#[derive(Template)]
#[template(path = "timeline/task.html")]
pub struct TaskPage {
    page: Page,
    form: Form,
    view: LineView,
    holders: Table,
    moves: Table,
    may_move: bool,
    due: Ask<NaiveDate>,
    together: Vec<String>,
    may_remind: bool,
    seen: i32,
}

impl View for TaskPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let (scheme, actor) = (&look.app.scheme, allowed.actor());
        let code = allowed.param("task")?;
        let task = scheme.task(code).ok_or(Error::Missing)?;
        let at = (look.app.clock.today(), Some(task));
        let board = board::board(db, look.app, allowed, at).await?;
        let line = board.line(code).cloned().ok_or(Error::Missing)?;
        let mut together = windows::together(scheme, task);
        let seen = store::moved(db, &together).await?.times;
        together.retain(|other| other != code);
        let moves = store::moves(db, code).await?;
        let holders = line.holders.iter().filter(|holder| holder.id != 0);
        let mut filled = Form::default();
        filled.set("from", line.window.from.to_string());
        if let Some(due) = line.window.due {
            filled.set("due", due.to_string());
        }
        Ok(Self {
            page: allowed.page(format!("{} {}", line.code, line.text)),
            form: form.unwrap_or(filled),
            holders: Table::of("各单位情况", actor, HOLDERS, holders).scrolled(),
            moves: Table::of("时间调整记录", actor, MOVES, &moves).scrolled(),
            due: if scheme.is_stage_date(&task.due) {
                STAGE_DUE
            } else {
                DUE
            },
            together,
            may_move: allowed.may(Act::TimelineMove) && line.window.due.is_some(),
            may_remind: allowed.may(Act::ReminderList),
            seen,
            view: LineView::of(line),
        })
    }
}

/// Moves the window.
pub async fn move_(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let task = allowed.param("task")?.to_owned();
    let from = FROM.read(&mut form);
    let due = DUE.read(&mut form);
    let reason = REASON.read(&mut form);
    let run = async |write, clean, seen| {
        let wanted = Wanted {
            task,
            days: (from.take(&clean), due.take(&clean)),
            reason: reason.take(&clean),
        };
        move_window(write, seen, &wanted).await
    };
    allowed.act::<TaskPage, _, _>(&app, form, run).await
}
