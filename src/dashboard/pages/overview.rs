//! The picture of the whole (DB-1, DB-3): tiles, a chart with its table, every
//! number a link to the rows behind it.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use chrono::TimeDelta;

use crate::access::{Act, Role, Scope as Reach};
use crate::dashboard::store::{self, TrackFigures, UnitFigures};
use crate::progress::arithmetic::percent;
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, html};

/// Width of the chart's drawing area.
const WIDTH: i64 = 720;
/// Height of a unit's bar with the space around it.
const STEP: i64 = 34;

#[derive(Template)]
#[template(path = "dashboard/overview.html")]
struct OverviewPage {
    page: Page,
    units: Vec<UnitFigures>,
    total: Totals,
    bars: Vec<Bar>,
    height: i64,
    links: bool,
    tracks: Vec<(String, String)>,
    grid: Vec<GridRow>,
    overall: String,
    late: Vec<Late>,
}

/// A unit's five tracks and their sum.
struct GridRow {
    unit: i64,
    name: String,
    cells: Vec<Cell>,
    sum: Cell,
}

/// How many of how many.
#[derive(Clone, Default)]
struct Cell {
    resolved: i64,
    applicable: i64,
    reported: i64,
    percent: String,
}

/// One of the items longest overdue.
struct Late {
    href: String,
    association: String,
    unit: String,
    item: String,
    deadline: String,
    days: i64,
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

/// The dashboard of what the person may see.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let actor = allowed.actor();
    let reach = if actor.role() == Role::Superior {
        Reach::whole_campaign_figures()
    } else {
        Reach::of(actor)
    };
    let units = store::units(app.database.pool(), app.database.campaign().0, reach).await?;
    let (pool, campaign, today) = (
        app.database.pool(),
        app.database.campaign().0,
        app.clock.today(),
    );
    let tracks: Vec<(String, String)> = app
        .scheme
        .measures
        .tracks
        .iter()
        .filter(|track| track.counts_in_five)
        .map(|track| (track.code.clone(), track.name.clone()))
        .collect();
    let grid = grid(store::tracks(pool, campaign, reach).await?, &tracks);
    let yesterday = (today - TimeDelta::days(1), LATEST);
    let late = store::items_due(pool, campaign, reach, yesterday).await?;
    let total = totals(&units);
    let bars = bars(&units);
    html(&OverviewPage {
        page: allowed.page("进展看板"),
        height: STEP * i64::try_from(bars.len()).unwrap_or(0) + 10,
        // TC-71: superiors see figures, not the rows behind them.
        links: allowed.may(Act::RegistryList),
        overall: overall(&grid),
        tracks,
        grid,
        late: late
            .into_iter()
            .map(|item| Late {
                href: format!("/associations/{}/progress/{}", item.association, item.id),
                item: app.scheme.measure(&item.measure).map_or_else(
                    || item.measure.clone(),
                    |measure| format!("{} {}", item.measure, measure.text),
                ),
                association: item.name,
                unit: item.department,
                deadline: item.deadline.to_string(),
                days: (today - item.deadline).num_days(),
            })
            .collect(),
        units,
        total,
        bars,
    })
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
fn grid(figures: Vec<TrackFigures>, tracks: &[(String, String)]) -> Vec<GridRow> {
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

fn overall(grid: &[GridRow]) -> String {
    Cell::sum(grid.iter().map(|row| &row.sum)).percent
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
                    parts.push((130 + x, width, class));
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
