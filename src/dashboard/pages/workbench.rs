//! 工作台: what lies in my hands, read from the desk, the most urgent first and an association's
//! together; and behind the other tabs what others have, what I did and what is finished.

use std::collections::BTreeMap;

use askama::Template;
use chrono::TimeDelta;

use crate::access::{Act, Actor, Role, Scope as Reach};
use crate::dashboard::notices::{self, Notices};
use crate::dashboard::store::bench::{self, Last, Mine, Standing};
use crate::dashboard::store::beside::{COUNTED, beyond};
use crate::database::Db;
use crate::desk::store::reading::{self, Hands, Lying, Piece, Share, Sizes};
use crate::paths;
use crate::scheme::Scheme;
use crate::timeline::store::{Newest, Unseen, Within, unseen};
use crate::web::figure::Figure;
use crate::web::list::{Pager, ROWS};
use crate::web::page::Page;
use crate::web::table::Table;
use crate::web::{App, Error, Form, Look, View};

mod coming;
mod lists;
mod reminded;
pub mod tabs;
mod todo;
mod unit;

use coming::{Coming, coming};
use tabs::{Counts, Tab, TabView, tabs};
use todo::{Group, Known, Todo, groups};
use unit::{Own, own};

/// Rows of a share where all are shown; the rest is a page away.
const SHOWN: i64 = 50;

/// The workbench of the person in the capacity in force.
#[derive(Template)]
#[template(path = "dashboard/workbench.html")]
pub struct WorkbenchPage {
    page: Page,
    lead: &'static str,
    tabs: Vec<TabView>,
    /// The person signs: there is a page for that alone.
    signs: bool,
    notices: Notices,
    shown: Shown,
}

/// What stands behind the tab that is open.
enum Shown {
    /// What is to be done.
    Desk(Box<Desk>),
    /// A list.
    List(Table, &'static str, Option<Pager>),
}

/// What is to be done, and what stands beside it.
struct Desk {
    /// The most urgent of it.
    first: Option<Todo>,
    shares: Vec<ShareView>,
    /// One share alone, a page at a time.
    only: Option<(String, Pager)>,
    groups: Vec<Group>,
    resting: Vec<Group>,
    owes_nil: bool,
    reminded: Vec<reminded::Reminded>,
    coming: Vec<Coming>,
    changes: Option<Unseen>,
    last: Vec<Last>,
    own: Option<Own>,
}

/// How much of a share there is.
struct ShareView {
    title: String,
    number: Figure,
    more: Option<String>,
}

impl Desk {
    /// Says what measures are called where acts name their codes alone.
    fn spell(&mut self, scheme: &Scheme) {
        for act in &mut self.last {
            act.sentence = scheme.spelled(&act.sentence);
        }
        for told in self.changes.iter_mut().flat_map(|told| &mut told.newest.0) {
            told.sentence = scheme.spelled(&told.sentence);
        }
    }

    /// What others did last.
    fn newest(&self) -> &[Newest] {
        self.changes.as_ref().map_or(&[], |told| &told.newest.0)
    }

    fn rests(&self) -> bool {
        self.groups.is_empty() && self.resting.is_empty()
    }
}

impl View for WorkbenchPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (app, allowed) = (look.app, look.allowed);
        let (actor, query) = (allowed.actor(), allowed.query());
        let mine = Mine::of(actor, app.clock.today());
        let tab = Tab::asked(query).filter(|tab| tab.has(actor, mine.follows));
        let tab = tab.ok_or(Error::Missing)?;
        let hands = hands(app, actor);
        let notices = notices::of(look.db, actor, mine.today).await?;
        let most = most(tab, query.get("part"));
        let counted = bench::counted(look.db, (mine, hands.soon), most).await?;
        let (sizes, told) = (counted.sizes(), allowed.waiting(&counted.kinds));
        let counts = Counts {
            // What rests is not to be done (FD-4), and the menu does not count it either.
            todo: (Share::ALL.iter())
                .filter(|share| **share != Share::Resting)
                .map(|share| sizes.of(*share))
                .sum(),
            read: i64::try_from(notices.to_read.len()).unwrap_or(i64::MAX),
            counted,
        };
        let address = paths::dashboard::WORKBENCH.at();
        let tabs = tabs((actor, mine.follows), (tab, &counts), address);
        let pager = |total| Some(Pager::exact(query, total)).filter(|_| total > ROWS);
        let size = counts.of(tab);
        let after = Pager::offset(query, size);
        let shown = match tab {
            Tab::Todo => {
                let only = only(query.get("part"))?;
                let mut desk = desk(look, (hands, sizes, only)).await?;
                desk.last = counts.counted.last.0;
                desk.spell(&app.scheme);
                Shown::Desk(Box::new(desk))
            }
            Tab::Read => {
                let table = lists::to_read(actor, &notices.to_read);
                Shown::List(table, "没有待阅的留言。", None)
            }
            Tab::Others => {
                let table = lists::others(look.db, (app, actor), (mine, after)).await?;
                Shown::List(table, "没有在别人手里的事项。", pager(size))
            }
            Tab::Done => {
                let table = lists::done(look.db, (app, actor), after).await?;
                Shown::List(table, "还没有办理过事项。", pager(size))
            }
            Tab::Closed => {
                let table = lists::closed(look.db, (app, actor), (mine, after)).await?;
                Shown::List(table, "还没有办结的事项。", pager(size))
            }
        };
        Ok(Self {
            page: told.page("工作台"),
            lead: lead(actor.role()),
            tabs,
            signs: allowed.may(Act::SigningRead),
            notices,
            shown,
        })
    }
}

/// The share that is asked for alone.
fn only(part: Option<&str>) -> Result<Option<Share>, Error> {
    part.map(|key| Share::from_key(key).ok_or(Error::Missing))
        .transpose()
}

/// How far shares are counted: where one is paged, to its end.
fn most(tab: Tab, part: Option<&str>) -> Option<i64> {
    let paged = tab == Tab::Todo && part.is_some();
    (!paged).then_some(COUNTED)
}

/// What lies in the person's hands, with what stands beside it.
async fn desk(
    look: Look<'_>,
    (hands, sizes, only): (Hands, Sizes, Option<Share>),
) -> Result<Desk, Error> {
    let (db, app, allowed) = (look.db, look.app, look.allowed);
    let (actor, query) = (allowed.actor(), allowed.query());
    let pieces = pieces(sizes, only, |size| Pager::offset(query, size));
    let lying = reading::workbench(db, hands, &pieces).await?;
    let whole = only.is_none();
    let unit = if whole && actor.role().is_unit() {
        actor.department().0
    } else {
        0
    };
    let mut ids: Vec<i64> = lying.iter().filter_map(|row| row.association).collect();
    ids.sort_unstable();
    ids.dedup();
    let standing = bench::standing(db, (unit, unit::ROWS + 1), &ids).await?;
    let own = (unit != 0).then(|| own(app, &standing));
    let standing: BTreeMap<i64, Standing> = standing.into_iter().map(|all| (all.id, all)).collect();
    let known = Known {
        app,
        actor,
        hands,
        standing: &standing,
    };
    let (resting, todos): (Vec<&Lying>, Vec<&Lying>) = lying.iter().partition(|row| row.suspended);
    let first = todos.first().filter(|_| whole);
    let owes_nil = |row: &Lying| row.kind == "nil_report" && actor.role() == Role::UnitLeader;
    Ok(Desk {
        first: first.map(|row| Todo::of(app, row, hands)),
        shares: shares(app, (sizes, whole), |share| {
            query.with("part", Some(share.key()))
        }),
        only: only.map(|share| (title(share, app), Pager::exact(query, sizes.of(share)))),
        owes_nil: lying.iter().any(owes_nil),
        reminded: reminded::of(app, actor, &lying, hands.today),
        coming: coming(app, actor, &lying, allowed.may(Act::TimelineRead)),
        changes: changes(db, app, actor).await?.filter(|_| whole),
        last: Vec::new(),
        groups: groups(todos.into_iter(), known),
        resting: groups(resting.into_iter(), known),
        own,
    })
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

/// How much there is of each share, where there is any.
fn shares(
    app: &App,
    (sizes, whole): (Sizes, bool),
    address: impl Fn(Share) -> String,
) -> Vec<ShareView> {
    let there = Share::ALL
        .into_iter()
        .filter(|share| whole && sizes.of(*share) > 0);
    let views = there.map(|share| {
        let (size, title) = (sizes.of(share), title(share, app));
        let cut = beyond(size);
        let number = Figure::count(size);
        ShareView {
            number: match &cut {
                Some(cut) => number.shown(cut.clone()),
                None => number
                    .opens(Some(address(share)))
                    .said(format!("全部{title}")),
            },
            more: (size > SHOWN).then(|| address(share)),
            title,
        }
    });
    views.collect()
}

fn title(share: Share, app: &App) -> String {
    match share {
        Share::Soon => format!("{}天内到期", app.scheme.campaign.parameters.warn_days),
        share => share.label().to_owned(),
    }
}

/// What others did since the person's last visit; none: they have no such page.
async fn changes(db: &mut Db, app: &App, actor: &Actor) -> Result<Option<Unseen>, Error> {
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
        Role::Sysadmin => "账号、单位由您维护；业务事项由各单位办理。",
        Role::Superior => "您可以查看已公布的结果和进展数字。",
        _ => "",
    }
}
