//! Tables as rows of cells: their widths, sizes and what stays together.

use super::drawn::{Cell, Drawer, Row, Run, Table, plain};
use super::layout::{self as l, shared};
use super::tables::{Form, Grid, Pair, Side};
use super::wide::{Down, Heading, Wide};

/// Styles of a table's cells.
#[derive(Clone, Copy)]
struct Cells {
    head: &'static str,
    text: &'static str,
    /// Width of a character, in twips.
    character: u32,
    /// Room beside the text, in twips.
    beside: u32,
}

const LARGE: Cells = Cells {
    head: "GridHead",
    text: "GridCell",
    character: 240,
    beside: 85,
};
const SMALL: Cells = Cells {
    head: "SmallHead",
    text: "SmallCell",
    character: 210,
    beside: 57,
};
const WIDE: Cells = Cells {
    head: "HeadCell",
    text: "TableCell",
    character: 150,
    beside: 28,
};
/// More columns than this are set smaller.
const FEW: usize = 5;
/// A row of more lines than this may go on on the next page: half a page would stay empty.
const LINES: u32 = 16;
/// Room above the text of a cell, in twips.
const ABOVE: u32 = 40;
/// A line of a form, in twips, and what a row has besides.
const FORM_LINE: u32 = 340;
const FORM_ROOM: u32 = 230;
/// Shares of a form's columns: label and value, once or twice.
const ONE: [u32; 2] = [24, 76];
const TWO: [u32; 4] = [20, 30, 20, 30];
/// What a table without rows says.
const NONE: &str = "无";

impl Drawer {
    /// A table in the text.
    pub fn grid<'a>(&mut self, grid: &'a Grid) -> Table<'a> {
        let cells = match grid.columns.len() {
            0..=FEW => LARGE,
            _ => SMALL,
        };
        let shares: Vec<u32> = grid.columns.iter().map(|column| column.share).collect();
        let widths = shared(l::WIDTH, &shares);
        let heads = grid.columns.iter().zip(&widths);
        let heads = heads.map(|(column, &width)| Cell {
            shaded: true,
            ..cell(cells.head, Side::Centre, width, words(&column.heading))
        });
        let mut rows = vec![Row {
            header: true,
            ..row(heads.collect(), cells)
        }];
        for texts in &grid.rows {
            let columns = grid.columns.iter().zip(&widths);
            let drawn = columns.zip(texts).map(|((column, &width), text)| {
                cell(cells.text, column.side, width, self.lines(text))
            });
            rows.push(row(drawn.collect(), cells));
        }
        if grid.rows.is_empty() {
            rows.push(none(widths.len(), l::WIDTH, cells));
        }
        table(widths, rows, cells)
    }

    /// A form.
    pub fn form<'a>(&mut self, form: &'a Form) -> Table<'a> {
        let shares: &[u32] = if form.is_double() { &TWO } else { &ONE };
        let widths = shared(l::WIDTH, shares);
        let rows = form.rows.iter().map(|pairs| {
            let lines = pairs.iter().map(|pair| pair.room.max(1)).max();
            Row {
                height: lines.unwrap_or(1) * FORM_LINE + FORM_ROOM,
                ..row(self.pairs(pairs, &widths), LARGE)
            }
        });
        let rows = rows.collect();
        table(widths, rows, LARGE)
    }

    fn pairs<'a>(&mut self, pairs: &'a [Pair], widths: &[u32]) -> Vec<Cell<'a>> {
        let mut drawn = Vec::new();
        let mut columns = widths.iter().copied();
        for (number, pair) in (1..).zip(pairs) {
            let label = columns.next().unwrap_or_default();
            drawn.push(Cell {
                shaded: true,
                ..cell(LARGE.text, Side::Centre, label, words(&pair.label))
            });
            // The last value goes on to the table's edge.
            let own = match pairs.len() {
                last if last == number => columns.len(),
                _ => 1,
            };
            let width = columns.by_ref().take(own).sum();
            let lines = self.lines(&pair.value);
            drawn.push(Cell {
                across: own.max(1),
                ..cell(LARGE.text, Side::Left, width, lines)
            });
        }
        drawn
    }
}

/// A wide table.
pub fn wide(table_of: &Wide) -> Table<'_> {
    let width = l::PAGE_HEIGHT - l::TOP - l::BOTTOM;
    let shares: Vec<u32> = table_of.columns.iter().map(|column| column.share).collect();
    let widths = shared(width, &shares);
    let heads = table_of.headings.iter().map(|headings| Row {
        header: true,
        ..row(heading(headings, &widths), WIDE)
    });
    let mut rows: Vec<Row> = heads.collect();
    for texts in &table_of.rows {
        let columns = table_of.columns.iter().zip(&widths).zip(texts);
        let drawn = columns
            .map(|((column, &width), text)| cell(WIDE.text, column.side, width, words(text)));
        rows.push(row(drawn.collect(), WIDE));
    }
    if table_of.rows.is_empty() {
        rows.push(none(widths.len(), width, WIDE));
    }
    table(widths, rows, WIDE)
}

fn heading<'a>(headings: &'a [Heading], widths: &[u32]) -> Vec<Cell<'a>> {
    let mut columns = widths.iter();
    let drawn = headings.iter().map(|heading| {
        let width = columns.by_ref().take(heading.across).sum();
        Cell {
            across: heading.across,
            down: heading.down,
            ..cell(WIDE.head, Side::Centre, width, words(&heading.text))
        }
    });
    drawn.collect()
}

/// A text without sources, line by line.
fn words(text: &str) -> Vec<Vec<Run<'_>>> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| vec![plain(line.trim())]).collect()
}

fn cell<'a>(style: &'static str, side: Side, width: u32, lines: Vec<Vec<Run<'a>>>) -> Cell<'a> {
    Cell {
        width,
        across: 1,
        down: Down::One,
        shaded: false,
        style,
        side: match side {
            Side::Left => "left",
            Side::Centre => "center",
            Side::Right => "right",
        },
        lines,
    }
}

fn row(drawn: Vec<Cell<'_>>, cells: Cells) -> Row<'_> {
    let high = drawn.iter().map(|cell| height(cell, cells)).max();
    Row {
        header: false,
        whole: high.unwrap_or_default() <= LINES,
        height: 0,
        cells: drawn,
    }
}

/// How many lines a cell will take, about.
fn height(cell: &Cell<'_>, cells: Cells) -> u32 {
    let room = cell
        .width
        .saturating_sub(cells.beside * 2)
        .max(cells.character);
    let lines = cell.lines.iter().map(|runs| {
        let halves: u32 = runs.iter().map(|run| l::halves(&run.text)).sum();
        (halves * cells.character / 2).div_ceil(room)
    });
    lines.sum()
}

/// The one row of a table without rows.
fn none<'a>(across: usize, width: u32, cells: Cells) -> Row<'a> {
    let cell = cell(cells.text, Side::Centre, width, words(NONE));
    row(vec![Cell { across, ..cell }], cells)
}

fn table(widths: Vec<u32>, rows: Vec<Row<'_>>, cells: Cells) -> Table<'_> {
    Table {
        total: widths.iter().sum(),
        widths,
        beside: cells.beside,
        above: match cells.character {
            character if character == WIDE.character => 0,
            _ => ABOVE,
        },
        rows,
    }
}
