//! The picture of the whole (DB-1): tiles, phases with today, the trend by week,
//! units by track, what is longest overdue. Every number opens the rows behind it.

use askama::Template;
use chrono::TimeDelta;

use crate::access::{Act, Role, Scope as Reach};
use crate::dashboard::chart::{self, LEFT, PhasePicture, STEP, WIDTH, Week};
use crate::dashboard::store;
use crate::dashboard::store::figures;
use crate::dashboard::store::units::{self, TrackFigures, UnitFigures};
use crate::progress::arithmetic::{percent, share};
use crate::registry::rules::Stage;
use crate::web::hands::{self, Asked, Hands};
use crate::web::page::Page;
use crate::web::table::{self, Table};
use crate::web::{App, Error, Form, Look, View};

use super::items::{self, ITEMS, Late, late};

/// The page.
#[derive(Template)]
#[template(path = "dashboard/overview.html")]
pub struct OverviewPage {
    page: Page,
    units: Vec<UnitFigures>,
    total: Totals,
    stages: Stages,
    exited: i64,
    phases: PhasePicture,
    weeks: Vec<Week>,
    line: String,
    applicable: i64,
    bars: Vec<Bar>,
    height: i64,
    links: bool,
    tracks: Vec<(String, String)>,
    track_sums: Vec<Cell>,
    grid: Vec<GridRow>,
    overall: String,
    red: i64,
    yellow: i64,
    late: Table,
    owed: Hands,
}

/// What a unit without associations has not reported yet.
const NIL: &str = "nil_report";

impl OverviewPage {
    /// Who has a unit's nil report.
    fn owed(&self, unit: &i64) -> table::Cell {
        hands::cell(self.owed.of(NIL, *unit).as_ref())
    }
}

/// In-scope associations by how far they have come.
struct Stages {
    listed: i64,
    writing: i64,
    reviewing: i64,
    approved: i64,
    implementing: i64,
    five_done: i64,
}

/// A unit's five tracks and their sum.
pub(super) struct GridRow {
    pub(super) unit: i64,
    pub(super) name: String,
    pub(super) cells: Vec<Cell>,
    pub(super) sum: Cell,
}

/// How many of how many.
#[derive(Clone, Default)]
pub(super) struct Cell {
    pub(super) resolved: i64,
    pub(super) applicable: i64,
    pub(super) reported: i64,
    pub(super) percent: String,
}

/// How many of the items longest overdue are named.
const LATEST: i64 = 10;

#[derive(Default)]
struct Totals {
    units: usize,
    reported: usize,
    all: i64,
    in_scope: i64,
    surveying: i64,
    submitted: i64,
    confirmed: i64,
}

/// One unit's bar: name, top, and the three parts with x and width.
struct Bar {
    name: String,
    y: i64,
    parts: Vec<(i64, i64, &'static str)>,
    title: String,
}

impl View for OverviewPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let actor = allowed.actor();
        let reach = if actor.role() == Role::Superior {
            Reach::whole_campaign_figures()
        } else {
            Reach::of(actor)
        };
        let today = app.clock.today();
        let units = units::units(db, reach, app.scheme.campaign.parameters.issue_date).await?;
        let tracks = five(app);
        let grid = grid(units::tracks(db, reach).await?, &tracks);
        let yesterday = (today - TimeDelta::days(1), LATEST);
        let latest = store::items_due(db, reach, yesterday).await?;
        let links = allowed.may(Act::RegistryList);
        let late: Vec<Late> = (latest.into_iter())
            .map(|item| late(app, item, links))
            .collect();
        let mut drawn = Table::of("逾期最久的事项", actor, ITEMS, &late);
        let empty = units
            .iter()
            .filter(|unit| links && unit.all == 0 && !unit.nil);
        let empty: Vec<i64> = empty.map(|unit| unit.id).collect();
        let owed = hands::listed(db, (app, allowed), Asked::Cases(&[NIL], &empty)).await?;
        // Whoever may not open the items is not told who has them (TC-71).
        if links {
            drawn = drawn.held(items::held(db, (app, allowed), &late).await?);
        }
        let warn = TimeDelta::days(app.scheme.campaign.parameters.warn_days);
        let (red, yellow) = figures::lights(db, reach, (today, today + warn)).await?;
        let sum = Cell::sum(grid.iter().map(|row| &row.sum));
        let days = figures::resolved_days(db).await?;
        let weeks = chart::weeks(&days, sum.applicable, today);
        let bars = bars(&units);
        Ok(Self {
            page: allowed.page("进展看板"),
            height: STEP * i64::try_from(bars.len()).unwrap_or(0) + 10,
            // TC-71: superiors see figures, not the rows behind them.
            links,
            exited: figures::exited(db, reach).await?,
            stages: by_stage(&figures::stages(db, reach).await?),
            phases: chart::phases(&app.scheme.phases(), today),
            line: chart::line(&weeks),
            weeks,
            applicable: sum.applicable,
            overall: sum.percent,
            track_sums: track_sums(&grid, tracks.len()),
            tracks,
            grid,
            red,
            yellow,
            late: drawn.scrolled(),
            owed,
            total: totals(&units),
            units,
            bars,
        })
    }
}

/// Code and name of the tracks that count in the five.
fn five(app: &App) -> Vec<(String, String)> {
    app.scheme
        .measures
        .tracks
        .iter()
        .filter(|track| track.counts_in_five)
        .map(|track| (track.code.clone(), track.name.clone()))
        .collect()
}

/// How many have come as far as a stage, or further.
pub(super) fn reached(stages: &[(Stage, i64)], from: Stage) -> i64 {
    let far = stages.iter().filter(|(stage, _)| *stage >= from);
    far.map(|(_, count)| count).sum()
}

fn by_stage(stages: &[(Stage, i64)]) -> Stages {
    let only = |wanted: Stage| {
        let own = stages.iter().filter(|(stage, _)| *stage == wanted);
        own.map(|(_, count)| count).sum()
    };
    Stages {
        listed: reached(stages, Stage::Listed),
        writing: only(Stage::PlanDraft),
        reviewing: only(Stage::PlanSubmitted),
        approved: only(Stage::PlanApproved),
        implementing: only(Stage::Implementing),
        five_done: only(Stage::FiveDone),
    }
}

/// The whole district's sum of each track.
fn track_sums(grid: &[GridRow], tracks: usize) -> Vec<Cell> {
    (0..tracks)
        .map(|index| Cell::sum(grid.iter().filter_map(|row| row.cells.get(index))))
        .collect()
}

impl Cell {
    fn of(resolved: i64, applicable: i64, reported: i64) -> Self {
        Self {
            resolved,
            applicable,
            reported,
            percent: percent(resolved, applicable),
        }
    }

    /// Length of a bar, per cent.
    pub(super) fn share(&self) -> i64 {
        share(self.resolved, self.applicable)
    }

    /// Length of the bar with what is reported.
    pub(super) fn reported_share(&self) -> i64 {
        share(self.resolved + self.reported, self.applicable)
    }

    fn sum<'a>(cells: impl Iterator<Item = &'a Self>) -> Self {
        let (resolved, applicable, reported) = cells.fold((0, 0, 0), |sum, cell| {
            (
                sum.0 + cell.resolved,
                sum.1 + cell.applicable,
                sum.2 + cell.reported,
            )
        });
        Self::of(resolved, applicable, reported)
    }
}

/// Counters of units and tracks as a grid; units without items are left out.
pub(super) fn grid(figures: Vec<TrackFigures>, tracks: &[(String, String)]) -> Vec<GridRow> {
    let mut rows: Vec<GridRow> = Vec::new();
    for figure in figures {
        if rows.last().is_none_or(|row| row.unit != figure.unit) {
            rows.push(GridRow {
                unit: figure.unit,
                name: figure.name,
                cells: vec![Cell::of(0, 0, 0); tracks.len()],
                sum: Cell::default(),
            });
        }
        let index = tracks.iter().position(|(code, _)| *code == figure.track);
        let cell = rows.last_mut().and_then(|row| row.cells.get_mut(index?));
        if let Some(cell) = cell {
            *cell = Cell::of(figure.resolved, figure.applicable, figure.reported);
        }
    }
    for row in &mut rows {
        row.sum = Cell::sum(row.cells.iter());
    }
    rows.retain(|row| row.sum.applicable > 0);
    rows
}

/// A unit has reported when nothing of its own is still being filled in.
const fn has_reported(unit: &UnitFigures) -> bool {
    if unit.all == 0 {
        unit.nil
    } else {
        unit.surveying == 0
    }
}

fn totals(units: &[UnitFigures]) -> Totals {
    units.iter().fold(
        Totals {
            units: units.len(),
            ..Totals::default()
        },
        |sum, unit| Totals {
            units: sum.units,
            reported: sum.reported + usize::from(has_reported(unit)),
            all: sum.all + unit.all,
            in_scope: sum.in_scope + unit.in_scope,
            surveying: sum.surveying + unit.surveying,
            submitted: sum.submitted + unit.submitted,
            confirmed: sum.confirmed + unit.confirmed,
        },
    )
}

fn bars(units: &[UnitFigures]) -> Vec<Bar> {
    let most = units.iter().map(|unit| unit.all).max().unwrap_or(0).max(1);
    units
        .iter()
        .zip(0..)
        .map(|(unit, row): (&UnitFigures, i64)| {
            let mut x = 0;
            let mut parts = Vec::new();
            for (count, class) in [
                (unit.confirmed, "t1"),
                (unit.submitted, "t3"),
                (unit.surveying, "t5"),
            ] {
                let width = count * WIDTH / most;
                if width > 0 {
                    parts.push((LEFT + x, width, class));
                }
                x += width;
            }
            Bar {
                name: unit.name.clone(),
                y: row * STEP + 6,
                parts,
                title: format!(
                    "{}：已确认{}，待确认{}，填报中{}",
                    unit.name, unit.confirmed, unit.submitted, unit.surveying
                ),
            }
        })
        .collect()
}
