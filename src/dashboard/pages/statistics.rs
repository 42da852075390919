//! Statistics ST-1 to ST-5 with the definition of each figure in words.

use askama::Template;

use crate::dashboard::statistics::{List, Track, Unit, rate};
use crate::dashboard::store::statistics::{self as store, Checked, Moved};
use crate::dashboard::store::units::{self, Base, Unit as Named};
use crate::figures::Set;
use crate::figures::store as figures;
use crate::roster::acts::ratio;
use crate::roster::rules::formula;
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
    /// Of what each unit must recommend.
    formula: String,
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
    total: Vec<Cell>,
}

/// A unit in it; without cells: 无任务.
struct Line {
    name: String,
    cells: Vec<Cell>,
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

/// A unit with its counts.
type Row = (Named, Unit);

/// A list of two.
struct Lists {
    title: &'static str,
    /// Listed, exited, complete, basically complete.
    sets: [Set; 4],
    of: fn(&Unit) -> List,
}

const NOW: Lists = Lists {
    title: "完成率：现行名单",
    sets: [Set::Listed, Set::ListedExited, Set::Complete, Set::Basic],
    of: |unit| unit.current,
};
const THEN: Lists = Lists {
    title: "完成率：发布时的名单",
    sets: [
        Set::Published,
        Set::PublishedExited,
        Set::PublishedComplete,
        Set::PublishedBasic,
    ],
    of: |unit| unit.published,
};

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
        let counted_unit = |named: Named| {
            let unit = unit(&told, &named, app);
            (named, unit)
        };
        let units: Vec<Row> = all.into_iter().map(counted_unit).collect();
        let total = units.iter().map(|(_, unit)| *unit);
        let total = total.fold(Unit::default(), |sum, one| sum + one);
        let (shown, pager) = paged(allowed.query(), units);
        Ok(Self {
            page: allowed.page("统计"),
            several: reach.department().is_none(),
            formula: formula(ratio(&app.scheme)),
            sheets: vec![
                scope(&told, &shown, &total),
                completion(&told, &NOW, (&shown, &total)),
                completion(&told, &THEN, (&shown, &total)),
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

/// A unit's counts.
fn unit(told: &Told, named: &Named, app: &App) -> Unit {
    let number = |set| told.number(named.id, set);
    let list = |lists: &Lists| {
        let [listed, exited, complete, basic] = lists.sets.map(number);
        List {
            listed,
            exited,
            complete,
            basic,
        }
    };
    let in_scope = number(Set::InScope);
    let base = match named.base {
        Base::Living => in_scope,
        Base::Frozen(base, _) => base,
        Base::Unreported | Base::Later => 0,
    };
    let unit = Unit::of(
        (in_scope, number(Set::InScopeThen), base),
        (list(&THEN), list(&NOW)),
        ratio(&app.scheme),
    );
    match named.base {
        Base::Frozen(_, required) => Unit { required, ..unit },
        _ => unit,
    }
}

fn scope(told: &Told, shown: &[Row], total: &Unit) -> Sheet {
    let cells = |of: &dyn Fn(Set, &'static str) -> Figure, unit: &Unit| -> Vec<Cell> {
        let (then, now) = (unit.published.listed, unit.current.listed);
        let figures = [
            of(Set::InScope, "范围内"),
            Figure::count(unit.base),
            Figure::count(unit.required),
            of(Set::Published, "发布"),
            Figure::share(then, unit.in_scope_then).shown(unit.share_then()),
            of(Set::Listed, "现行"),
            Figure::share(now, unit.in_scope).shown(unit.share()),
        ];
        figures.map(Cell::from).into()
    };
    let row = |(named, unit): &Row| {
        let mut cells = cells(
            &|set, column| told.of((named.id, &named.name), (set, column)),
            unit,
        );
        // B and R of a unit that had not reported are nobody's guess (TC-54).
        let instead = match named.base {
            Base::Living | Base::Frozen(..) => None,
            Base::Unreported => Some(Cell::plain("未报")),
            Base::Later => Some(Cell::Empty),
        };
        if let Some(instead) = instead {
            let of_cutoff = cells.iter_mut().skip(1).take(2);
            of_cutoff.for_each(|cell| cell.clone_from(&instead));
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
fn completion(told: &Told, lists: &Lists, (shown, total): (&[Row], &Unit)) -> Sheet {
    let cells = |of: &dyn Fn(Set, &'static str) -> Figure, unit: &Unit| -> Vec<Cell> {
        let [all, gone, done, nearly] = lists.sets;
        let list = (lists.of)(unit);
        let List {
            listed,
            exited,
            complete,
            basic,
        } = list;
        let figures = [
            of(all, "名单"),
            of(gone, "其中已退出"),
            of(done, "完成"),
            Figure::share(complete, list.active()).shown(list.completion()),
            Figure::share(complete + exited, listed).shown(list.settled()),
            of(nearly, "基本完成"),
            Figure::share(complete + basic, list.active()).shown(list.basic_completion()),
        ];
        figures.map(Cell::from).into()
    };
    let row = |(named, unit): &Row| Line {
        cells: if unit.has_task() {
            cells(
                &|set, column| told.of((named.id, &named.name), (set, column)),
                unit,
            )
        } else {
            Vec::new()
        },
        name: named.name.clone(),
    };
    Sheet {
        title: lists.title,
        basis: "ST-3、ST-4",
        heads: COMPLETION,
        rows: shown.iter().map(row).collect(),
        total: cells(&|set, column| told.sum((set, column)), total),
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
