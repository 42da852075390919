//! The picture of the whole (DB-1, DB-3): tiles, a chart with its table, every
//! number a link to the rows behind it.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::access::{Act, Role, Scope as Reach};
use crate::dashboard::store::{self, UnitFigures};
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
}

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
    let total = totals(&units);
    let bars = bars(&units);
    html(&OverviewPage {
        page: allowed.page("进展看板"),
        height: STEP * i64::try_from(bars.len()).unwrap_or(0) + 10,
        // TC-71: superiors see figures, not the rows behind them.
        links: allowed.may(Act::RegistryList),
        units,
        total,
        bars,
    })
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
                    "{}:已确认{},待确认{},填报中{}",
                    unit.name, unit.confirmed, unit.submitted, unit.surveying
                ),
            }
        })
        .collect()
}
