//! Statistics ST-1 to ST-5 with the definition of each figure in words.

use std::collections::BTreeMap;

use askama::Template;

use crate::access::{Act, Role, Scope as Reach};
use crate::dashboard::statistics::{List, Track, Unit, rate};
use crate::dashboard::store::statistics::{self as store, Basis, Moved, TrackCounts};
use crate::database::Db;
use crate::paths;
use crate::registry::store::founding;
use crate::roster::acts::ratio;
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{App, Error, Form, Look, View};

/// The page.
#[derive(Template)]
#[template(path = "dashboard/statistics.html")]
pub struct StatisticsPage {
    page: Page,
    rows: Vec<Row>,
    total: Unit,
    several: bool,
    tracks: Table,
    moved: Vec<Moved>,
    new: New,
    links: bool,
}

struct Row {
    id: i64,
    /// Its published figures stand for other associations than its own today.
    changed: bool,
    name: String,
    unit: Unit,
}

struct TrackRow {
    name: String,
    track: Track,
    associations: String,
    items: String,
}

const TRACKS: &[Column<TrackRow>] = &[
    table::words("分离", |row: &TrackRow| Cell::plain(&row.name)).head(),
    table::figures("完成的协会", |row: &TrackRow| {
        row.track.complete.into()
    }),
    table::figures("占现行名单（除退出）", |row: &TrackRow| {
        (&row.associations).into()
    }),
    table::figures("已办/应办事项", |row: &TrackRow| {
        format!("{}/{}", row.track.resolved, row.track.applicable).into()
    }),
    table::figures("事项办结率", |row: &TrackRow| (&row.items).into()),
];

/// NA-4: new associations have a line of their own.
struct New {
    all: usize,
    failing: usize,
    open: usize,
}

impl StatisticsPage {
    /// The rows behind a figure of a unit; 0 is the district.
    fn href(id: &i64, query: &str) -> String {
        if *id == 0 {
            format!("{}?{query}", paths::registry::ASSOCIATIONS)
        } else {
            format!("{}?department={id}&{query}", paths::registry::ASSOCIATIONS)
        }
    }

    /// Both lists with their name and the filter that opens their rows.
    fn lists() -> [(&'static str, &'static str, bool); 2] {
        [
            ("现行名单", "listed", true),
            ("发布时的名单", "published", false),
        ]
    }

    fn list(unit: &Unit, current: &bool) -> List {
        if *current {
            unit.current
        } else {
            unit.published
        }
    }
}

impl View for StatisticsPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let role = allowed.actor().role();
        let reach = if role == Role::Superior {
            Reach::whole_campaign_figures()
        } else {
            Reach::of(allowed.actor())
        };
        let parameters = &app.scheme.campaign.parameters;
        let own_deadline: Vec<String> = app
            .scheme
            .measures
            .measures
            .iter()
            .filter(|measure| measure.own_deadline)
            .map(|measure| measure.code().to_owned())
            .collect();
        let basis = Basis {
            issued: parameters.issue_date,
            own_deadline: &own_deadline,
            evaluation: parameters.evaluation_due,
        };
        let moved = store::moved(db, reach).await?;
        let rows: Vec<Row> = store::units(db, reach, &basis)
            .await?
            .into_iter()
            .map(|row| Row {
                unit: Unit::of(
                    (row.in_scope, row.in_scope_then, row.base),
                    (row.published, row.current),
                    ratio(&app.scheme),
                ),
                changed: moved
                    .iter()
                    .any(|each| each.units.0 == row.id || each.units.1 == row.id),
                id: row.id,
                name: row.name,
            })
            .collect();
        let total = rows.iter().fold(Unit::default(), |sum, row| sum + row.unit);
        let counted = store::tracks(db, reach).await?;
        let tracks = tracks(app, counted, total.current.active());
        let new = new(db, app).await?;
        Ok(Self {
            page: allowed.page("统计"),
            several: reach.department().is_none(),
            tracks: Table::of("五分离", allowed.actor(), TRACKS, &tracks).scrolled(),
            moved,
            new,
            links: allowed.may(Act::RegistryList),
            rows,
            total,
        })
    }
}

/// Bodies founded after the scheme: how many, and what their checks found.
async fn new(db: &mut Db, app: &App) -> Result<New, Error> {
    let issued = app.scheme.campaign.parameters.issue_date;
    let fresh = founding::new_ones(db, issued).await?;
    let checks = || fresh.iter().map(|each| each.checked);
    Ok(New {
        all: fresh.len(),
        failing: checks()
            .filter(|check| check.is_some_and(|(failing, _)| failing > 0))
            .count(),
        open: checks()
            .filter(|check| check.is_none_or(|(_, open)| open > 0))
            .count(),
    })
}

fn tracks(app: &App, counted: Vec<TrackCounts>, active: i64) -> Vec<TrackRow> {
    let mut counted: BTreeMap<String, Track> = counted
        .into_iter()
        .map(|row| {
            let track = Track {
                complete: row.complete,
                resolved: row.resolved,
                applicable: row.applicable,
            };
            (row.track, track)
        })
        .collect();
    app.scheme
        .measures
        .tracks
        .iter()
        .filter(|track| track.counts_in_five)
        .map(|track| {
            let counts = counted.remove(&track.code).unwrap_or_default();
            TrackRow {
                name: track.name.clone(),
                associations: rate(counts.complete, active),
                items: rate(counts.resolved, counts.applicable),
                track: counts,
            }
        })
        .collect()
}
