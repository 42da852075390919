//! Statistics ST-1 to ST-5 with the definition of each figure in words.

use askama::Template;

use crate::dashboard::statistics::{List, Track, Unit, rate};
use crate::dashboard::store::statistics::{self as store, Checked, Moved};
use crate::dashboard::store::units::{self, Unit as Named};
use crate::figures::Set;
use crate::figures::store as figures;
use crate::roster::acts::ratio;
use crate::web::figure::Figure;
use crate::web::list::Pager;
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{App, Error, Form, Look, View};

use super::grid::Tracks;
use super::told::{Told, days, five, paged, reach};

/// The page.
#[derive(Template)]
#[template(path = "dashboard/statistics.html")]
pub struct StatisticsPage {
    page: Page,
    sheets: Vec<Sheet>,
    pager: Option<Pager>,
    several: bool,
    tracks: Table,
    moved: Vec<Moved>,
    new: Figure,
    checked: Checked,
    unchecked: i64,
}

/// A table of units.
struct Sheet {
    title: &'static str,
    basis: &'static str,
    heads: &'static [(&'static str, Option<Set>)],
    rows: Vec<Line>,
    total: Vec<Figure>,
}

/// A unit in it; without cells: 无任务.
struct Line {
    name: String,
    cells: Vec<Figure>,
}

struct TrackRow {
    name: String,
    track: Track,
    active: i64,
}

const TRACKS: &[Column<TrackRow>] = &[
    table::words("分离", |row: &TrackRow| Cell::plain(&row.name)).head(),
    table::figures("完成的协会", |row: &TrackRow| {
        Figure::count(row.track.complete).into()
    }),
    table::figures("占现行名单（不含已退出）", |row: &TrackRow| {
        share(row.track.complete, row.active).into()
    }),
    table::figures("已办/应办事项", |row: &TrackRow| {
        Figure::share(row.track.resolved, row.track.applicable).into()
    }),
    table::figures("事项办结率", |row: &TrackRow| {
        share(row.track.resolved, row.track.applicable).into()
    }),
];

const SCOPE: &[(&str, Option<Set>)] = &[
    ("范围内", Some(Set::InScope)),
    ("截止日基数B", None),
    ("应推荐", None),
    ("发布", Some(Set::Published)),
    ("发布占比", None),
    ("现行", Some(Set::Listed)),
    ("现行占比", None),
];

/// Sets of a list: listed, exited, complete, basically complete.
type Sets = [Set; 4];

const CURRENT: Sets = [Set::Listed, Set::ListedExited, Set::Complete, Set::Basic];
const PUBLISHED: Sets = [
    Set::Published,
    Set::PublishedExited,
    Set::PublishedComplete,
    Set::PublishedBasic,
];

const COMPLETION: &[(&str, Option<Set>)] = &[
    ("名单", Some(Set::Listed)),
    ("其中已退出", None),
    ("完成", None),
    ("完成率：完成÷（名单－退出）", None),
    ("（完成＋退出）÷名单", None),
    ("基本完成", None),
    ("含基本完成的完成率", None),
];

/// A share in per cent, with what it is a share of for a machine.
fn share(part: i64, whole: i64) -> Figure {
    Figure::share(part, whole).shown(rate(part, whole))
}

/// The same of a unit, where it has a task at all (TC-70).
fn of_unit(unit: &Unit, part: i64, whole: i64) -> Figure {
    let figure = Figure::share(part, whole);
    figure.shown(unit.or_no_task(rate(part, whole)))
}

impl View for StatisticsPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let reach = reach(allowed.actor());
        let counts = figures::counts(db, reach, days(app)).await?;
        let all = units::units(db, reach, &counts).await?;
        let told = Told::new(allowed, counts);
        let moved = store::moved(db, reach).await?;
        let issued = app.scheme.campaign.parameters.issue_date;
        let checked = store::checked(db, issued).await?;
        let counted = Tracks::new(figures::tracks(db, reach).await?);
        let tracks = tracks(app, &counted, told.total(Set::Active));
        let base = |named: &Named| {
            let living = told.number(named.id, Set::InScope);
            let counted = if named.unreported { 0 } else { living };
            named.base.unwrap_or(counted)
        };
        let unit = |named: &Named| counted_unit(&told, (Some(named.id), base(named)), app);
        let total = all
            .iter()
            .map(unit)
            .fold(Unit::default(), |sum, one| sum + one);
        let (shown, pager) = paged(allowed.query(), all);
        let shown: Vec<(Named, Unit)> = shown
            .into_iter()
            .map(|named| {
                let unit = unit(&named);
                (named, unit)
            })
            .collect();
        Ok(Self {
            page: allowed.page("统计"),
            several: reach.department().is_none(),
            sheets: vec![
                scope(&told, &shown, &total),
                completion(&told, ("完成率：现行名单", CURRENT), &shown),
                completion(&told, ("完成率：发布时的名单", PUBLISHED), &shown),
            ],
            pager,
            tracks: Table::of("五分离", allowed.actor(), TRACKS, &tracks).scrolled(),
            moved,
            new: told.alone(Set::New),
            unchecked: told.total(Set::New) - checked.checked + checked.open,
            checked,
        })
    }
}

/// A unit's counts (none: all units').
fn counted_unit(told: &Told, (unit, base): (Option<i64>, i64), app: &App) -> Unit {
    let number = |set| unit.map_or_else(|| told.total(set), |unit| told.number(unit, set));
    let list = |sets: Sets| {
        let [listed, exited, complete, basic] = sets.map(number);
        List {
            listed,
            exited,
            complete,
            basic,
        }
    };
    let in_scope = number(Set::InScope);
    Unit::of(
        (in_scope, number(Set::InScopeThen), base),
        (list(PUBLISHED), list(CURRENT)),
        ratio(&app.scheme),
    )
}

fn scope(told: &Told, shown: &[(Named, Unit)], total: &Unit) -> Sheet {
    let cells = |of: &dyn Fn(Set, &'static str) -> Figure, unit: &Unit| {
        vec![
            of(Set::InScope, "范围内"),
            Figure::count(unit.base),
            Figure::count(unit.required),
            of(Set::Published, "发布"),
            of_unit(unit, unit.published.listed, unit.in_scope_then),
            of(Set::Listed, "现行"),
            of_unit(unit, unit.current.listed, unit.in_scope),
        ]
    };
    let row = |(named, unit): &(Named, Unit)| {
        let mut cells = cells(
            &|set, column| told.of((named.id, &named.name), (set, column)),
            unit,
        );
        // B and R of a unit that had not reported are nobody's guess (TC-54).
        for cell in cells.iter_mut().skip(1).take(2) {
            if named.unreported {
                *cell = Figure::count("未报");
            }
        }
        Line {
            cells,
            name: named.name.clone(),
        }
    };
    Sheet {
        title: "范围和名单",
        basis: "ST-1、ST-2",
        heads: SCOPE,
        rows: shown.iter().map(row).collect(),
        total: cells(&|set, column| told.sum((set, column)), total),
    }
}

/// Completion of one list.
fn completion(told: &Told, (title, sets): (&'static str, Sets), shown: &[(Named, Unit)]) -> Sheet {
    let cells = |of: &dyn Fn(Set, &'static str) -> Figure, number: &dyn Fn(Set) -> i64| {
        let [listed, exited, complete, basic] = sets.map(number);
        let list = List {
            listed,
            exited,
            complete,
            basic,
        };
        let [all, gone, done, nearly] = sets;
        let basically = complete + basic;
        vec![
            of(all, "名单"),
            of(gone, "其中已退出"),
            of(done, "完成"),
            share(complete, list.active()).shown(list.completion()),
            share(complete + exited, listed).shown(list.settled()),
            of(nearly, "基本完成"),
            share(basically, list.active()).shown(list.basic_completion()),
        ]
    };
    let row = |(named, unit): &(Named, Unit)| Line {
        cells: if unit.has_task() {
            cells(
                &|set, column| told.of((named.id, &named.name), (set, column)),
                &|set| told.number(named.id, set),
            )
        } else {
            Vec::new()
        },
        name: named.name.clone(),
    };
    Sheet {
        title,
        basis: "ST-3、ST-4",
        heads: COMPLETION,
        rows: shown.iter().map(row).collect(),
        total: cells(&|set, column| told.sum((set, column)), &|set| {
            told.total(set)
        }),
    }
}

fn tracks(app: &App, counted: &Tracks, active: i64) -> Vec<TrackRow> {
    let complete = counted.complete();
    five(app)
        .into_iter()
        .map(|(code, name)| {
            let (resolved, applicable) = counted.items(&code);
            TrackRow {
                name,
                active,
                track: Track {
                    complete: complete.get(code.as_str()).copied().unwrap_or(0),
                    resolved,
                    applicable,
                },
            }
        })
        .collect()
}
