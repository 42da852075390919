//! The five-track grid: associations down, five tracks across, in each cell how
//! many measures are verified of how many apply, and the light.

use askama::Template;

use crate::access::Case as _;
use crate::accounts::store::departments;
use crate::dashboard::store::figures::{TrackCell, cells};
use crate::database::Db;
use crate::figures::arithmetic;
use crate::figures::store as figures;
use crate::progress::lights;
use crate::progress::rules::Item;
use crate::registry::names;
use crate::scheme::Choice;
use crate::web::hands::{self, Asked};
use crate::web::list::{Pager, ROWS};
use crate::web::page::Page;
use crate::web::table;
use crate::web::{Allowed, App, Error, Form, Look, View};
use crate::words::Mark;

use super::grid::{Cell as Counted, Tracks};
use super::told::{Told, five, reach};

/// The grid with its heads.
pub struct Matrix {
    /// Names of the tracks that count in the five.
    pub tracks: Vec<String>,
    /// Associations from top to bottom.
    pub rows: Vec<Row>,
}

/// An association.
pub struct Row {
    /// Its key.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Short name of the responsible unit.
    pub unit: String,
    /// The tracks in their order.
    pub cells: Vec<Cell>,
    /// All five together.
    pub sum: Cell,
    /// Who has its items.
    pub hand: table::Cell,
}

/// How far a track is.
#[derive(Clone)]
pub struct Cell {
    /// T1 …, empty for the sum.
    pub track: String,
    /// Verified, accepted or exempted.
    pub resolved: i64,
    /// Mandatory items.
    pub applicable: i64,
    /// 55.3%, or 无需办理.
    pub percent: String,
    /// Length of the bar, per cent.
    pub verified_share: i64,
    /// Length of the bar with what is reported.
    pub reported_share: i64,
    /// What the light means.
    pub mark: Mark,
    /// Its word.
    pub word: String,
}

/// Puts counters into the grid.
#[must_use]
pub fn matrix(app: &App, cells: &[TrackCell]) -> Matrix {
    let five = app.scheme.measures.tracks.iter();
    let five: Vec<_> = five.filter(|track| track.counts_in_five).collect();
    let row = |counted: &[TrackCell]| {
        let of = |track: &str| {
            let own = counted.iter().filter(|cell| cell.track == track);
            cell_of(app, track, &own.collect::<Vec<_>>())
        };
        let association = counted.first()?;
        Some(Row {
            id: association.association,
            name: names::short(&association.name, &app.scheme.campaign.region_name).to_owned(),
            unit: association.unit.clone(),
            cells: five.iter().map(|track| of(&track.code)).collect(),
            sum: cell_of(app, "", &counted.iter().collect::<Vec<_>>()),
            hand: table::Cell::Empty,
        })
    };
    let rows = cells.chunk_by(|one, other| one.association == other.association);
    Matrix {
        tracks: five.iter().map(|track| track.name.clone()).collect(),
        rows: rows.filter_map(row).collect(),
    }
}

impl Matrix {
    /// The same with who has the items of each association.
    pub(super) async fn held(
        mut self,
        db: &mut Db,
        look: (&App, &Allowed),
    ) -> Result<Self, sqlx::Error> {
        let ids: Vec<i64> = self.rows.iter().map(|row| row.id).collect();
        let hands = hands::listed(db, look, Asked::Within(&[Item::KIND], &ids)).await?;
        for row in &mut self.rows {
            row.hand = hands::cell(hands.of_association(row.id).as_ref());
        }
        Ok(self)
    }
}

fn cell_of(app: &App, track: &str, counted: &[&TrackCell]) -> Cell {
    let sum = |read: fn(&TrackCell) -> i64| counted.iter().map(|cell| read(cell)).sum::<i64>();
    let (applicable, resolved) = (sum(|cell| cell.applicable), sum(|cell| cell.resolved));
    let reported = sum(|cell| cell.reported);
    let today = app.clock.today();
    let light = if resolved < applicable && counted.iter().any(|cell| cell.still) {
        let fixed = counted.iter().filter_map(|cell| cell.fixed_deadline);
        lights::still(fixed.min(), today)
    } else {
        lights::of_counters(
            (applicable, resolved, reported),
            counted.iter().filter_map(|cell| cell.next_deadline).min(),
            today,
            app.scheme.campaign.parameters.warn_days,
        )
    };
    Cell {
        track: track.to_owned(),
        resolved,
        applicable,
        percent: arithmetic::percent(resolved, applicable),
        verified_share: arithmetic::share(resolved, applicable),
        reported_share: arithmetic::share(resolved + reported, applicable),
        mark: light.mark(),
        word: light.word(),
    }
}

/// All associations that have a checklist, a page at a time.
#[derive(Template)]
#[template(path = "dashboard/tracks.html")]
pub struct TracksPage {
    page: Page,
    form: Form,
    departments: Vec<Choice>,
    matrix: Matrix,
    /// All of these associations together, in the track that is asked for, or in all.
    total: Counted,
    of: String,
    pager: Pager,
    filters: bool,
}

impl View for TracksPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let query = allowed.query();
        let role = allowed.actor().role();
        let unit = if role.is_unit() {
            allowed.actor().department().0
        } else {
            query
                .get("department")
                .and_then(|id| id.parse().ok())
                .unwrap_or(0)
        };
        let counts = figures::Counts::default();
        let told = Told::new(allowed, counts);
        let mut counted = Tracks::new(figures::tracks(db, reach(allowed.actor())).await?);
        counted.keep(unit);
        let tracks = five(app);
        let asked = query.get("track").unwrap_or_default();
        let track = tracks.iter().find(|(code, _)| code == asked);
        let (code, of) = match track {
            Some((code, name)) => (code.as_str(), name.as_str()),
            None => ("", "五项合计"),
        };
        let total = counted.cell(&told, (0, code), &tracks);
        let associations = counted.associations();
        let offset = Pager::offset(query, associations);
        let cells = cells(db, unit, (ROWS, offset)).await?;
        let matrix = matrix(app, &cells).held(db, (app, allowed)).await?;
        let departments = departments(db).await?.into_iter();
        let mut form = Form::default();
        if !code.is_empty() {
            form.set("track", code);
        }
        if let Some(department) = query.get("department") {
            form.set("department", department);
        }
        Ok(Self {
            page: allowed.page("五分离进展表"),
            form,
            departments: departments
                .filter(|department| department.supervises)
                .map(|department| Choice {
                    value: department.id.to_string(),
                    label: department.short_name,
                })
                .collect(),
            matrix,
            total,
            of: of.to_owned(),
            pager: Pager::exact(query, associations),
            filters: !role.is_unit(),
        })
    }
}
