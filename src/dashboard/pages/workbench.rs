//! 工作台: what lies in my hands, read from the desk: what is late, what is due within the
//! days of warning, the rest, and what rests; and what I have done.

use askama::Template;
use chrono::TimeDelta;

use crate::access::{Actor, Role, Scope as Reach};
use crate::clock::stamp;
use crate::dashboard::notices::{self, Notices};
use crate::dashboard::store;
use crate::dashboard::store::beside::{COUNTED, ToRead, beyond};
use crate::database::Db;
use crate::desk::store::reading::{self, Hands, Lying, Piece, Share, Sizes};
use crate::paths;
use crate::timeline::store::{Within, unseen};
use crate::web::figure::Figure;
use crate::web::list::{Pager, ROWS};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{App, Error, Form, Look, View};

mod reminded;
mod todo;

use todo::Todo;

/// Rows of a share where all are shown; the rest is a page away.
const SHOWN: i64 = 50;

/// The workbench of the person in the capacity in force.
#[derive(Template)]
#[template(path = "dashboard/workbench.html")]
pub struct WorkbenchPage {
    page: Page,
    shares: Vec<ShareView>,
    only: bool,
    /// Nothing lies in these hands.
    idle: bool,
    first: Option<Todo>,
    to_read: Table,
    done: Vec<DoneView>,
    owes_nil: bool,
    lead: &'static str,
    notices: Notices,
    changes: Option<i64>,
    reminded: Vec<reminded::Reminded>,
}

/// A share with the rows that are shown of it.
struct ShareView {
    key: &'static str,
    title: String,
    size: i64,
    number: Figure,
    table: Table,
    more: Option<String>,
    pager: Option<Pager>,
}

impl ShareView {
    /// How many, as far as they are counted.
    fn count(&self) -> String {
        let cut = beyond(self.size).filter(|_| self.pager.is_none());
        cut.unwrap_or_else(|| self.size.to_string())
    }
}

const TODOS: &[Column<Todo>] = &[
    table::words("事项", |todo: &Todo| {
        Cell::said_after(&todo.href, &todo.title, format!("：{}", todo.association))
    })
    .head(),
    table::words("协会", |todo: &Todo| match &todo.unit {
        Some(unit) => Cell::plain(&todo.association).under(unit),
        None => Cell::plain(&todo.association),
    }),
    table::short("时限", |todo: &Todo| todo.due.into()),
    table::short("状态", |todo: &Todo| {
        Cell::Tag(todo.tag, todo.state.clone())
    }),
    table::short("在手情况", |todo: &Todo| {
        Cell::plain(format!("{}起", todo.since)).under(&todo.used)
    }),
];

const TO_READ: &[Column<ToRead>] = &[
    table::words("协会", |comment: &ToRead| {
        let address = paths::comments::COMMENTS.at(comment.association);
        Cell::link(address, format!("{}的留言", comment.name))
    })
    .head(),
    table::words("留言人", |comment: &ToRead| {
        format!("{} {}", comment.department, comment.author).into()
    }),
    table::short("日期", |comment: &ToRead| comment.written_on.into()),
];

struct DoneView {
    when: String,
    sentence: String,
    href: Option<String>,
    name: String,
}

impl From<store::Done> for DoneView {
    fn from(act: store::Done) -> Self {
        Self {
            when: stamp(act.at),
            sentence: act.sentence,
            href: act
                .association
                .map(|id| paths::registry::ASSOCIATION.at(id)),
            name: act.name.unwrap_or_default(),
        }
    }
}

impl View for WorkbenchPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let (actor, query) = (allowed.actor(), allowed.query());
        let only = query.get("part").map(Share::from_key);
        let only = match only {
            Some(None) => return Err(Error::Missing),
            Some(share) => share,
            None => None,
        };
        let hands = hands(app, actor);
        let notices = notices::of(db, actor, hands.today).await?;
        let most = only.is_none().then_some(COUNTED);
        let sizes = reading::sizes(db, hands, most).await?;
        let pieces = pieces(sizes, only, |size| Pager::offset(query, size));
        let lying = reading::workbench(db, hands, &pieces).await?;
        let todo = |lying: &Lying| Todo::of(app, actor, lying, hands);
        let mut shares = Vec::new();
        for piece in &pieces {
            let rows = lying.iter().filter(|row| hands.share(row) == piece.share);
            let rows = together(rows.collect());
            let rows: Vec<Todo> = rows.into_iter().map(todo).collect();
            let (size, title) = (sizes.of(piece.share), title(piece.share, app));
            let cut = size > piece.rows && only.is_none();
            let whole = query.with("part", Some(piece.share.key()));
            let number = Figure::count(size);
            shares.push(ShareView {
                key: piece.share.key(),
                number: match beyond(size).filter(|_| only.is_none()) {
                    Some(cut) => number.shown(cut),
                    None => number
                        .opens(only.is_none().then_some(whole))
                        .said(format!("全部{title}")),
                },
                table: Table::of(format!("{title}的事项"), actor, TODOS, &rows),
                title,
                size,
                more: cut.then(|| query.with("part", Some(piece.share.key()))),
                pager: only.map(|_| Pager::exact(query, size)),
            });
        }
        let first = lying.iter().find(|row| !row.suspended);
        let first = first.filter(|row| hands.share(row) != Share::Later);
        let owes_nil = |row: &Lying| row.kind == "nil_report" && actor.role() == Role::UnitLeader;
        let done = store::done(db, actor.account).await?;
        Ok(Self {
            page: allowed.page("工作台"),
            only: only.is_some(),
            idle: Share::ALL.iter().all(|share| sizes.of(*share) == 0),
            first: first.filter(|_| only.is_none()).map(todo),
            owes_nil: lying.iter().any(owes_nil),
            reminded: reminded::of(app, actor, &lying, hands.today),
            shares,
            to_read: Table::of("待阅的留言", actor, TO_READ, &notices.to_read),
            done: done.into_iter().map(DoneView::from).collect(),
            lead: lead(actor.role()),
            notices,
            changes: changes(db, app, actor).await?,
        })
    }
}

/// Whose workbench, on which day.
fn hands(app: &App, actor: &Actor) -> Hands {
    let today = app.clock.today();
    let warn = app.scheme.campaign.parameters.warn_days;
    Hands {
        department: actor.department(),
        role: actor.role(),
        today,
        soon: today + TimeDelta::days(warn),
    }
}

/// Which rows are read: some of every share that has any, or a page of one.
fn pieces(sizes: Sizes, only: Option<Share>, offset: impl Fn(i64) -> i64) -> Vec<Piece> {
    let shares = Share::ALL.into_iter();
    let pieces = shares.filter_map(|share| match only {
        Some(wanted) if wanted == share => Some(Piece {
            share,
            rows: ROWS,
            after: offset(sizes.of(share)),
        }),
        Some(_) => None,
        None => Some(Piece {
            share,
            rows: SHOWN,
            after: 0,
        }),
    });
    pieces.collect()
}

/// The rows of an association together, where its first one stands.
fn together(rows: Vec<&Lying>) -> Vec<&Lying> {
    let mut groups: Vec<Vec<&Lying>> = Vec::new();
    for row in rows {
        let known = groups.iter_mut().find(|group| {
            let first = group.first().and_then(|first| first.association);
            first.is_some() && first == row.association
        });
        match known {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups.into_iter().flatten().collect()
}

fn title(share: Share, app: &App) -> String {
    match share {
        Share::Soon => format!("{}天内到期", app.scheme.campaign.parameters.warn_days),
        share => share.label().to_owned(),
    }
}

/// How much others did since the person's last visit; none: they have no such page.
async fn changes(db: &mut Db, app: &App, actor: &Actor) -> Result<Option<i64>, Error> {
    if matches!(actor.role(), Role::Sysadmin | Role::Superior) {
        return Ok(None);
    }
    let within = Within::of(Reach::of(actor), &app.scheme);
    Ok(Some(
        unseen(db, within, actor.account, app.clock.today()).await?,
    ))
}

const fn lead(role: Role) -> &'static str {
    match role {
        Role::UnitClerk => "在您手里的本单位事项，逾期的在前。",
        Role::UnitLeader => "等待您以单位名义签发和决定的事项，逾期的在前。",
        Role::OfficeClerk | Role::OfficeLeader => "等待脱钩办办理的事项，逾期的在前。",
        Role::Association => "本协会的事项。",
        Role::Sysadmin => "账号、单位由您维护；业务事项由各单位办理。",
        Role::Superior => "您可以查看已公布的结果和进展数字。",
        _ => "等待本单位办理的事项，逾期的在前。",
    }
}
