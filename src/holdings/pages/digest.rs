//! One matrix of what is to be disposed of, over all registers, and the same by unit: the
//! tables of `tables` say how, this says how far.

use crate::holdings::store::figures::UnitTotal;

use super::tables::{Cell, Figures, Unit, cell, shown};

/// A register, or a kind of what stands in it, of which something is to be disposed of.
struct Book {
    title: &'static str,
    /// 万元.
    measure: &'static str,
    unit: Unit,
    /// The figure of all that is to be disposed of.
    all: &'static str,
    /// Of these what is done; empty: all but what is open.
    done: &'static str,
    /// Of these what is open; empty: all but what is done.
    open: &'static str,
}

const BOOKS: [Book; 8] = [
    book(
        "停止拨款后的拨款",
        "万元",
        Unit::Cents,
        ["anomaly-found", "anomaly-handled", "anomaly-open"],
    ),
    book(
        "国有资产",
        "万元",
        Unit::Cents,
        ["asset-state-all", "", "asset-state-pending"],
    ),
    book(
        "暂按国有管理的资产",
        "万元",
        Unit::Cents,
        ["asset-provisional-all", "", "asset-provisional-pending"],
    ),
    book(
        "权属待界定的资产",
        "万元",
        Unit::Cents,
        ["asset-unclear-all", "", "asset-unclear-pending"],
    ),
    book(
        "行政办公用房",
        "平方米",
        Unit::Area,
        ["room-all", "", "room-open"],
    ),
    book(
        "行政职能",
        "项",
        Unit::Count,
        ["function-found", "", "function-open"],
    ),
    book(
        "职能移交",
        "项",
        Unit::Count,
        ["transfer-found", "transfer-done", "transfer-open"],
    ),
    book(
        "购买服务",
        "万元",
        Unit::Cents,
        ["purchase-planned", "purchase-signed", ""],
    ),
];

const fn book(
    title: &'static str,
    measure: &'static str,
    unit: Unit,
    [all, done, open]: [&'static str; 3],
) -> Book {
    Book {
        title,
        measure,
        unit,
        all,
        done,
        open,
    }
}

/// A line of the matrix.
pub struct Line {
    /// The register.
    pub title: &'static str,
    /// What it is counted in.
    pub measure: &'static str,
    /// All, what is done, what is open.
    pub cells: [Cell; 3],
    /// Of how many associations.
    pub associations: i64,
}

/// A unit's line.
pub struct UnitLine {
    /// The unit.
    pub name: String,
    /// What is open and all, of each register of the matrix; none: it has nothing of it.
    pub cells: Vec<Option<(Cell, Cell)>>,
}

/// All, done and open of a register; none where there is nothing of it.
fn counted(figures: &Figures, book: &Book, department: Option<i64>) -> Option<[Cell; 3]> {
    let all = figures.get(book.all)?;
    let value = |name: &str| figures.get(name).map_or(0, |total| book.unit.of(total));
    let whole = book.unit.of(all);
    let told = |name: &'static str, rest: &str| {
        if name.is_empty() || !figures.contains_key(name) {
            let left = if name.is_empty() {
                whole - value(rest)
            } else {
                0
            };
            return shown(book.unit.words(left));
        }
        cell(figures, (name.to_owned(), department), book.unit)
    };
    Some([
        told(book.all, ""),
        told(book.done, book.open),
        told(book.open, book.done),
    ])
}

/// The matrix: a line for each register that there is something of.
#[must_use]
pub fn matrix(figures: &Figures) -> Vec<Line> {
    let line = |book: &Book| {
        Some(Line {
            title: book.title,
            measure: book.measure,
            cells: counted(figures, book, None)?,
            associations: figures.get(book.all)?.associations,
        })
    };
    BOOKS.iter().filter_map(line).collect()
}

/// The same by unit, in the order of units; a column for each line of the matrix.
#[must_use]
pub fn by_unit(lines: &[Line], totals: Vec<UnitTotal>) -> Vec<UnitLine> {
    let books = BOOKS.iter().filter(|book| {
        let mut lines = lines.iter();
        lines.any(|line| line.title == book.title)
    });
    let books: Vec<&Book> = books.collect();
    let mut units: Vec<(i64, String, Figures)> = Vec::new();
    for UnitTotal {
        department,
        name,
        total,
    } in totals
    {
        if units.last().is_none_or(|(last, ..)| *last != department) {
            units.push((department, name, Figures::new()));
        }
        if let Some((_, _, figures)) = units.last_mut() {
            figures.insert(total.figure.clone(), total);
        }
    }
    let line = |(department, name, figures): (i64, String, Figures)| UnitLine {
        name,
        cells: books
            .iter()
            .map(|book| {
                let [all, _, open] = counted(&figures, book, Some(department))?;
                Some((open, all))
            })
            .collect(),
    };
    let lines = units.into_iter().map(line);
    lines
        .filter(|line| line.cells.iter().any(Option::is_some))
        .collect()
}
