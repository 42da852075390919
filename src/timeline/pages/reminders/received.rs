//! 催办通知 as the department that was asked receives it.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State as Extract;
use chrono::NaiveDate;

use crate::access::Act;
use crate::crossings::reminding::still_open;
use crate::database::Db;
use crate::paths;
use crate::timeline::acts::reminders as acts;
use crate::timeline::rules::orders::Written;
use crate::timeline::rules::reminders::word;
use crate::timeline::store::reminders::{self as store, Notice};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};
use crate::words::Mark;

use super::leads::Ways;
use super::mark;

/// The page.
#[derive(Template)]
#[template(path = "timeline/reminder.html")]
pub struct ReceivedPage {
    page: Page,
    notice: Notice,
    rows: Table,
    open: usize,
    may_sign: bool,
}

/// A matter as it was written and as it stands now.
pub(super) struct MatterView {
    written: Written,
    href: Option<String>,
    late: i64,
    /// It is settled.
    pub(super) settled: bool,
}

/// The matters of a notice or a 督办单, as they were and as they stand now.
pub(super) const MATTERS: &[Column<MatterView>] = &[
    table::words("事项", |matter: &MatterView| titled(matter)).head(),
    table::short("时限", |matter: &MatterView| {
        matter.written.deadline.into()
    }),
    table::short("当时", |matter: &MatterView| matter.written.word().into()),
    table::short("现在", |matter: &MatterView| {
        if matter.settled {
            Cell::Mark(Mark::Done, "已办结".to_owned())
        } else {
            Cell::Mark(mark(matter.late), word(matter.late))
        }
    }),
];

/// A matter, with its association below; it opens where the reader may open it.
fn titled(matter: &MatterView) -> Cell {
    let title = match &matter.href {
        Some(href) => Cell::link(href, &matter.written.title),
        None => Cell::plain(&matter.written.title),
    };
    title.under(&matter.written.subject)
}

/// The matters as they stand now.
pub(super) fn views(
    matters: Vec<Written>,
    (open, ways): (&BTreeSet<String>, &Ways<'_>),
    today: NaiveDate,
) -> Vec<MatterView> {
    let view = |written: Written| MatterView {
        href: ways.to(&written),
        late: (today - written.deadline).num_days(),
        settled: !open.contains(&written.matter),
        written,
    };
    matters.into_iter().map(view).collect()
}

/// Which of the matters of a department are open.
pub(super) async fn open(
    db: &mut Db,
    app: &App,
    department: i64,
    matters: &[Written],
) -> Result<BTreeSet<String>, Error> {
    let keys: Vec<String> = matters.iter().map(|each| each.matter.clone()).collect();
    let today = app.clock.today();
    Ok(still_open(db, &app.scheme, today, (department, &keys)).await?)
}

impl View for ReceivedPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let id = allowed.number("reminder")?;
        let notice = store::notice(db, id).await?.ok_or(Error::Missing)?;
        let matters = store::matters(db, id).await?;
        let open = open(db, app, notice.department, &matters).await?;
        let ways = Ways::of(db, allowed.actor(), &matters).await?;
        let rows = views(matters, (&open, &ways), app.clock.today());
        Ok(Self {
            page: allowed.page(format!("催办通知（{}，{}）", notice.name, notice.sent_on)),
            open: rows.iter().filter(|row| !row.settled).count(),
            rows: Table::of("催办的事项", allowed.actor(), MATTERS, &rows).scrolled(),
            may_sign: allowed.may(Act::ReminderAcknowledge) && notice.acknowledged_on.is_none(),
            notice,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::timeline::REMINDER.at(allowed.number("reminder")?))
    }
}

/// 签收.
pub async fn acknowledge(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.number("reminder")?;
    let run = async |write, _, _| acts::acknowledge(write, id).await;
    allowed.act::<ReceivedPage, _, _>(&app, form, run).await
}
