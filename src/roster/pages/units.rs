//! The table of units: before the publication as they stand, after it as the cut-off froze
//! them, with what is there today in columns of other words (FZ-3).

use crate::corrections::rules::State as Correction;
use crate::paths;
use crate::roster::rules::{self, State};
use crate::roster::store::UnitRow;
use crate::roster::store::cutoff::Frozen;
use crate::web::table::{self, Cell, Column};
use crate::words::Mark;

/// A unit with the words of its state.
pub struct UnitView {
    /// The unit.
    pub row: UnitRow,
    /// What it must recommend of what it has today.
    pub(super) required: i64,
    pub(super) state: &'static str,
    mark: Mark,
}

impl UnitView {
    /// A unit as the table shows it.
    #[must_use]
    pub fn of(row: UnitRow, (numerator, denominator): (i64, i64)) -> Self {
        let (state, mark) = standing(&row);
        Self {
            required: rules::required(row.managed, numerator, denominator),
            state,
            mark,
            row,
        }
    }

    /// A figure of the cut-off; 未报 where the list went out without the unit.
    pub(super) fn then(&self, figure: fn(&Frozen) -> Option<i32>) -> Cell {
        match &self.row.frozen {
            Some(frozen) if frozen.base.is_none() => "未报".into(),
            Some(frozen) => figure(frozen).map(i64::from).into(),
            None => Cell::Empty,
        }
    }
}

fn standing(row: &UnitRow) -> (&'static str, Mark) {
    let late = row.frozen.as_ref().is_some_and(|then| then.base.is_none());
    let day = if late { Mark::Late } else { Mark::Going };
    match (row.state, row.missing()) {
        _ if row.asked => (Correction::Asked.label(), Correction::Asked.mark()),
        (Some(state @ (State::Approved | State::Published)), _) => (state.label(), Mark::Done),
        (state, _) if row.managed > 0 => {
            let mark = state.map_or(Mark::Todo, |_| Mark::Going);
            (state.unwrap_or(State::Draft).label(), mark.on(day))
        }
        (_, Some(missing)) => (missing.label(), Mark::Todo.on(day)),
        (_, None) => ("零报告", Mark::Done),
    }
}

/// A count of today that opens the associations it counts.
fn counted(unit: &UnitRow, count: i64, (filter, what): (&str, &str)) -> Cell {
    if count == 0 {
        return "0".into();
    }
    let register = paths::registry::ASSOCIATIONS;
    let address = format!("{register}?department={}&{filter}", unit.id);
    let before = format!("{}{what}的协会 ", unit.name);
    Cell::said_before(address, before, count.to_string())
}

fn named(unit: &UnitView) -> Cell {
    let address = paths::roster::RECOMMENDATIONS.at(unit.row.id);
    Cell::link(address, &unit.row.name)
}

fn managed(unit: &UnitView) -> Cell {
    let opens = ("scope=in&status=managed", "现在管");
    counted(&unit.row, unit.row.managed, opens)
}

fn undecided(unit: &UnitView) -> Cell {
    let opens = ("status=pending", "现待定");
    counted(&unit.row, unit.row.undecided, opens)
}

fn state(unit: &UnitView) -> Cell {
    Cell::Mark(unit.mark, unit.state.to_owned())
}

/// Before the publication: everything as it stands.
pub const LIVING: &[Column<UnitView>] = &[
    table::words("单位", named).head(),
    table::figures("在管", managed),
    table::figures("应报", |unit: &UnitView| unit.required.into()),
    table::figures("推荐", |unit: &UnitView| unit.row.chosen.into()),
    table::figures("待定", undecided),
    table::words("状态", state),
];

/// After it: the cut-off, and today under other words.
pub const STANDING: &[Column<UnitView>] = &[
    table::words("单位", named).head(),
    table::figures("在管", |unit: &UnitView| match &unit.row.frozen {
        Some(Frozen {
            base: Some(base @ 1..),
            ..
        }) => {
            let address = paths::roster::RECOMMENDATIONS.at(unit.row.id);
            let before = format!("{}名单发布时在管的协会 ", unit.row.name);
            Cell::said_before(format!("{address}#base"), before, base.to_string())
        }
        _ => unit.then(|frozen| frozen.base),
    }),
    table::figures("应报", |unit: &UnitView| {
        unit.then(|frozen| frozen.required)
    }),
    table::figures("必报", |unit: &UnitView| {
        unit.then(|frozen| frozen.mandatory)
    }),
    table::figures("推荐", |unit: &UnitView| {
        unit.then(|frozen| frozen.recommended)
    }),
    table::figures("列入名单", |unit: &UnitView| {
        match unit.row.frozen.as_ref().map_or(0, |frozen| frozen.listed) {
            0 => "0".into(),
            listed => {
                let address = format!("{}?unit={}#published", paths::roster::ROSTER, unit.row.id);
                let before = format!("{}发布时列入名单的协会 ", unit.row.name);
                Cell::said_before(address, before, listed.to_string())
            }
        }
    }),
    table::figures("现在管", managed),
    table::figures("现名单内", |unit: &UnitView| {
        let opens = ("status=listed", "现名单内");
        counted(&unit.row, unit.row.listed, opens)
    }),
    table::figures("现待定", undecided),
    table::words("状态", state),
];
