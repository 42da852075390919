//! Units and their tracks, as counters have them.

use std::collections::BTreeMap;

use crate::figures::store::TrackCount;
use crate::progress::arithmetic::{percent, share};
use crate::web::figure::Figure;

use super::told::{OF_TRACKS, Told};

/// A unit's tracks and their sum.
pub(super) struct GridRow {
    pub(super) name: String,
    pub(super) cells: Vec<Cell>,
    pub(super) sum: Cell,
}

/// How many of how many.
pub(super) struct Cell {
    pub(super) resolved: i64,
    pub(super) applicable: i64,
    pub(super) reported: i64,
    pub(super) percent: String,
    pub(super) figure: Figure,
}

impl Cell {
    /// Length of a bar, per cent.
    pub(super) fn share(&self) -> i64 {
        share(self.resolved, self.applicable)
    }

    /// Length of the bar with what is reported.
    pub(super) fn reported_share(&self) -> i64 {
        share(self.resolved + self.reported, self.applicable)
    }
}

/// The counters of the units within reach.
pub(super) struct Tracks(Vec<TrackCount>);

impl Tracks {
    pub(super) const fn new(counted: Vec<TrackCount>) -> Self {
        Self(counted)
    }

    /// Only a unit's; 0: all.
    pub(super) fn keep(&mut self, unit: i64) {
        self.0.retain(|each| unit == 0 || each.unit == unit);
    }

    /// What is counted of a unit (0: of all) in these tracks.
    pub(super) fn cell(
        &self,
        told: &Told,
        (unit, place): (i64, &str),
        tracks: &[(String, String)],
    ) -> Cell {
        let meant = self.0.iter().filter(|each| {
            (unit == 0 || each.unit == unit)
                && tracks.iter().any(|(code, _)| *code == each.track)
                && (place.is_empty() || each.track == place)
        });
        let (resolved, applicable, reported) = meant.fold((0, 0, 0), |sum, each| {
            (
                sum.0 + each.resolved,
                sum.1 + each.applicable,
                sum.2 + each.reported,
            )
        });
        Cell {
            resolved,
            applicable,
            reported,
            percent: percent(resolved, applicable),
            figure: told.items((unit, place), (resolved, applicable)),
        }
    }

    /// A unit's row; none without items.
    pub(super) fn row(
        &self,
        told: &Told,
        (unit, name): (i64, &str),
        tracks: &[(String, String)],
    ) -> Option<GridRow> {
        let said = |mut cell: Cell, track: &str| {
            cell.figure = cell.figure.said(format!("{name}{track}"));
            cell
        };
        let cells = tracks
            .iter()
            .map(|(code, track)| said(self.cell(told, (unit, code), tracks), track));
        let row = GridRow {
            name: name.to_owned(),
            cells: cells.collect(),
            sum: said(self.cell(told, (unit, ""), tracks), "合计"),
        };
        (row.sum.applicable > 0).then_some(row)
    }

    /// All units' sum of each track, in per cent.
    pub(super) fn sums(&self, told: &Told, tracks: &[(String, String)]) -> Vec<Cell> {
        let cells = tracks.iter().map(|(code, track)| {
            let mut cell = self.cell(told, (0, code), tracks);
            let shown = cell.percent.clone();
            cell.figure = cell.figure.shown(shown).said(track).of(OF_TRACKS, "ST-5");
            cell
        });
        cells.collect()
    }

    /// All units' sum of all tracks, in per cent.
    pub(super) fn overall(&self, told: &Told, tracks: &[(String, String)]) -> Cell {
        let mut cell = self.cell(told, (0, ""), tracks);
        let shown = cell.percent.clone();
        cell.figure = cell.figure.shown(shown).of(OF_TRACKS, "ST-5");
        cell
    }

    /// All units' items of a track: resolved, applicable.
    pub(super) fn items(&self, track: &str) -> (i64, i64) {
        let meant = self.0.iter().filter(|each| each.track == track);
        meant.fold((0, 0), |sum, each| {
            (sum.0 + each.resolved, sum.1 + each.applicable)
        })
    }

    /// Associations that have a checklist.
    pub(super) fn associations(&self) -> i64 {
        let mut units: BTreeMap<i64, i64> = BTreeMap::new();
        for each in &self.0 {
            let most = units.entry(each.unit).or_default();
            *most = each.associations.max(*most);
        }
        units.values().sum()
    }

    /// By track: associations with a checklist that are through with it.
    pub(super) fn complete(&self) -> BTreeMap<&str, i64> {
        let mut complete = BTreeMap::new();
        for each in &self.0 {
            *complete.entry(each.track.as_str()).or_default() += each.complete;
        }
        complete
    }
}
