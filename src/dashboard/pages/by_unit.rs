//! 五分离进展统计表 (EX-8): units with how far each track is, in a file; on its second sheet the
//! page's table of associations, to the end.

use crate::accounts::pages::narrowed;
use crate::dashboard::store::figures::cells;
use crate::dashboard::store::units::{self, Unit};
use crate::documents::leaving::{Made, Piece, Pieces, SLICE};
use crate::figures::arithmetic::percent;
use crate::figures::store as figures;
use crate::figures::store::Counts;
use crate::sheets::books::Sheet;
use crate::web::table::{Cell, Head, Kind};
use crate::web::{Error, Look};

use super::grid::{Cell as Counted, Tracks};
use super::matrix::{self, Row};
use super::told::{Told, days, five, reach};

/// The file of the page.
pub struct ByUnit;

impl Made for ByUnit {
    const NAME: &'static str = "五分离进展统计表";

    async fn make(look: Look<'_>, pieces: &Pieces) -> Result<Vec<String>, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let reach = reach(allowed.actor());
        let asked = allowed.query().get("department");
        let only = match reach.department() {
            Some(unit) => unit.0,
            None => asked.and_then(|id| id.parse().ok()).unwrap_or(0),
        };
        let counts = figures::counts(db, reach, days(app)).await?;
        let mut all = units::units(db, reach, &counts).await?;
        all.retain(|unit| only == 0 || unit.id == only);
        let counted = Tracks::new(figures::tracks(db, reach).await?);
        let tracks = five(app);
        pieces.send(Piece::Sheet(by_unit(&tracks))).await?;
        let told = Told::new(allowed, Counts::default());
        let rows = lines((&counted, &counts), &told, &all, &tracks);
        pieces.send(Piece::Rows(rows)).await?;
        pieces.send(Piece::Sheet(by_association(&tracks))).await?;
        let mut offset = 0;
        loop {
            let cells = cells(db, only, (SLICE, offset)).await?;
            if cells.is_empty() {
                break;
            }
            let rows = matrix::matrix(app, &cells).rows;
            let numbered = (offset + 1..)
                .zip(&rows)
                .map(|(number, row)| line(number, row));
            pieces.send(Piece::Rows(numbered.collect())).await?;
            offset += SLICE;
        }
        let asked = Some(only).filter(|unit| reach.is_all() && *unit != 0);
        narrowed::told(db, asked).await
    }
}

/// Columns of a share under each track's name, and of all tracks together: which tracks there are
/// says the scheme.
fn shares(tracks: &[(String, String)]) -> impl Iterator<Item = Head> {
    let names = tracks.iter().map(|(_, name)| name.as_str());
    names.chain(["合计"]).flat_map(|name| {
        ["应办", "已办", "完成率"].map(|what| Head::new(what, Kind::Figure).below(name))
    })
}

fn by_unit(tracks: &[(String, String)]) -> Sheet {
    let mut heads = vec![
        Head::new("序号", Kind::Serial),
        Head::new("单位", Kind::Words).head(),
        Head::new("协会数", Kind::Figure),
    ];
    heads.extend(shares(tracks));
    heads.push(Head::new("有逾期事项的协会（红）", Kind::Figure));
    heads.push(Head::new("有临期事项的协会（黄）", Kind::Figure));
    Sheet {
        name: "各单位".to_owned(),
        heads,
        ..Sheet::default()
    }
}

fn by_association(tracks: &[(String, String)]) -> Sheet {
    let mut heads = vec![
        Head::new("序号", Kind::Serial),
        Head::new("协会名称", Kind::Words).head(),
        Head::new("单位", Kind::Short),
    ];
    heads.extend(shares(tracks));
    heads.push(Head::new("时限", Kind::Short));
    Sheet {
        name: "各协会".to_owned(),
        heads,
        ..Sheet::default()
    }
}

fn three(resolved: i64, applicable: i64) -> [Cell; 3] {
    let percent = match applicable {
        0 => Cell::Empty,
        _ => Cell::Percent(percent(resolved, applicable)),
    };
    [applicable.into(), resolved.into(), percent]
}

/// The units, and all of them together.
fn lines(
    (counted, counts): (&Tracks, &Counts),
    told: &Told,
    units: &[Unit],
    tracks: &[(String, String)],
) -> Vec<Vec<Cell>> {
    let cells = |unit: i64| {
        let places = tracks.iter().map(|(code, _)| code.as_str()).chain([""]);
        let each = places.flat_map(move |place| {
            let Counted {
                resolved,
                applicable,
                ..
            } = counted.cell(told, (unit, place), tracks);
            three(resolved, applicable)
        });
        each.collect::<Vec<_>>()
    };
    let row = |(number, unit): (i64, &Unit)| {
        let mut row = vec![
            number.into(),
            Cell::plain(unit.name.clone()),
            counts.of(unit.id, crate::figures::Set::Active).into(),
        ];
        row.extend(cells(unit.id));
        row.extend([counts.late(unit.id).into(), counts.soon(unit.id).into()]);
        row
    };
    let mut rows: Vec<Vec<Cell>> = (1..).zip(units).map(row).collect();
    if units.len() > 1 {
        let sum = |read: fn(&Counts, i64) -> i64| {
            let each = units.iter().map(|unit| read(counts, unit.id));
            Cell::Count(each.sum())
        };
        let mut total = vec![Cell::Empty, Cell::plain("合计")];
        total.push(sum(|counts, unit| {
            counts.of(unit, crate::figures::Set::Active)
        }));
        total.extend(cells(0));
        total.extend([sum(Counts::late), sum(Counts::soon)]);
        rows.push(total);
    }
    rows
}

/// An association.
fn line(number: i64, row: &Row) -> Vec<Cell> {
    let mut line = vec![
        number.into(),
        Cell::plain(row.name.clone()),
        Cell::plain(row.unit.clone()),
    ];
    let cells = row.cells.iter().chain([&row.sum]);
    line.extend(cells.flat_map(|cell| three(cell.resolved, cell.applicable)));
    line.push(Cell::plain(row.sum.word.clone()));
    line
}
