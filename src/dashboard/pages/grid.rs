//! Units and their tracks, as counters have them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::access::Scope as Reach;
use crate::dashboard::store::units::Unit;
use crate::database::Db;
use crate::figures::Set;
use crate::figures::arithmetic::{percent, share};
use crate::figures::store::{self as figures, TrackCount};
use crate::web::figure::Figure;

use super::told::{OF_TRACKS, Told};

/// A unit's tracks and their sum, and how late it is.
pub(super) struct GridRow {
    pub(super) name: String,
    /// Its associations on the list that have not left.
    pub(super) active: Figure,
    /// Of these, complete.
    pub(super) complete: Figure,
    pub(super) cells: Vec<Cell>,
    pub(super) sum: Cell,
    /// How many of its associations have something overdue.
    pub(super) late: Figure,
    /// The days of what is overdue longest; 0: nothing is.
    pub(super) days: i64,
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

/// The counters of the units within reach, and of each that is late the days of what is overdue
/// longest.
pub(super) struct Tracks(Vec<TrackCount>, BTreeMap<i64, i64>);

impl Tracks {
    pub(super) const fn new(counted: Vec<TrackCount>) -> Self {
        Self(counted, BTreeMap::new())
    }

    /// The same, read with since when each unit is late.
    pub(super) async fn read(
        db: &mut Db,
        reach: Reach,
        today: NaiveDate,
    ) -> Result<Self, sqlx::Error> {
        let counted = figures::tracks(db, reach).await?;
        let since = figures::late::since(db, reach, today).await?;
        let days = since.into_iter();
        let days = days.map(|(unit, day)| (unit, (today - day).num_days()));
        Ok(Self(counted, days.collect()))
    }

    /// The rows of units, those late longest first; of these that are not, in their order.
    pub(super) fn rows<'u>(
        &self,
        told: &Told,
        units: impl IntoIterator<Item = &'u Unit>,
        tracks: &[(String, String)],
    ) -> Vec<GridRow> {
        let units = units.into_iter();
        let rows = units.filter_map(|unit| self.row(told, (unit.id, &unit.name), tracks));
        let mut rows: Vec<GridRow> = rows.collect();
        rows.sort_by_key(|row| Reverse(row.days));
        rows
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
    fn row(
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
            active: told.of((unit, name), (Set::Active, "现行名单")),
            complete: told.of((unit, name), (Set::Complete, "完成五分离")),
            late: told.late((unit, name)),
            days: self.1.get(&unit).copied().unwrap_or_default(),
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
