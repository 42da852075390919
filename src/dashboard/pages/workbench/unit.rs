//! 本单位矩阵: every association of a unit with its five tracks, or how far it has come where it
//! has no checklist yet.

use crate::dashboard::pages::matrix::{self, Cell, matrix};
use crate::dashboard::store::bench::Standing;
use crate::paths;
use crate::registry::names::short;
use crate::web::App;

use super::todo::how_far;

/// Associations that are shown; all of them are one click away.
pub(super) const ROWS: i64 = 20;

/// The matrix of a unit.
pub(super) struct Own {
    /// Names of the five tracks.
    pub(super) tracks: Vec<String>,
    pub(super) rows: Vec<Row>,
    /// There are more.
    pub(super) more: bool,
}

/// An association.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) far: Far,
}

/// How far it is.
pub(super) enum Far {
    /// Its tracks, their sum, its checklist.
    Tracks(Vec<Cell>, Box<Cell>, String),
    /// In words.
    Words(String),
}

/// The matrix of a unit's own associations.
pub(super) fn own(app: &App, standing: &[Standing]) -> Own {
    let most = usize::try_from(ROWS).unwrap_or(usize::MAX);
    let of_unit = || standing.iter().filter(|each| each.own);
    let cells: Vec<_> = of_unit().take(most).flat_map(Standing::cells).collect();
    let matrix = matrix(app, &cells);
    let tracks = matrix.tracks;
    let mut counted: Vec<matrix::Row> = matrix.rows;
    let rows = of_unit().take(most).map(|each| {
        let place = counted.iter().position(|row| row.id == each.id);
        Row {
            name: short(&each.name, &app.scheme.campaign.region_name).to_owned(),
            href: paths::registry::ASSOCIATION.at(each.id),
            far: match place.map(|place| counted.swap_remove(place)) {
                Some(row) => Far::Tracks(
                    row.cells,
                    Box::new(row.sum),
                    paths::progress::PROGRESS.at(each.id),
                ),
                None => Far::Words(how_far(each)),
            },
        }
    });
    Own {
        rows: rows.collect(),
        tracks,
        more: of_unit().count() > most,
    }
}
