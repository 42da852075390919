//! Gathers cells to rows, tells these, and keeps count of what has content.

use super::{Failed, Tell, Wanted, limits, look::HiddenRows};
use crate::sheets::cells::{Cell, Row, Told, Unreadable, Value};

/// What has been told of all sheets.
#[derive(Debug)]
pub struct Tally {
    /// Rows.
    pub rows: usize,
    /// Bytes of text, and how many there may be.
    text: (u64, u64),
    /// Cells, and how many there may be.
    cells: (u64, u64),
}

impl Tally {
    /// Nothing yet of what is wanted.
    pub const fn of(wanted: &Wanted) -> Self {
        let (text, cells) = match wanted {
            Wanted::Heads(_) => (limits::HEAD_TEXT, limits::HEAD_CELLS),
            Wanted::Sheets(_) => (limits::UNPACKED, u64::MAX),
        };
        Self {
            rows: 0,
            text: (0, text),
            cells: (0, cells),
        }
    }

    fn count(&mut self, bytes: u64) -> Result<(), Unreadable> {
        self.text.0 = self.text.0.saturating_add(bytes);
        self.cells.0 = self.cells.0.saturating_add(1);
        if self.text.0 > self.text.1 || self.cells.0 > self.cells.1 {
            return Err(Unreadable::Unpacked);
        }
        Ok(())
    }
}

/// Whether to go on with a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    /// There may be more.
    On,
    /// As many rows as were wanted have been told.
    Enough,
}

/// The rows of one sheet.
pub struct Rows<'a> {
    tally: &'a mut Tally,
    tell: Tell<'a>,
    hidden: &'a HiddenRows,
    /// How many are wanted of this sheet, at most.
    wanted: usize,
    columns: Columns,
    row: Option<Row>,
    /// Bytes of text in that row.
    text: u64,
}

impl<'a> Rows<'a> {
    /// None so far.
    pub fn new(
        tally: &'a mut Tally,
        tell: Tell<'a>,
        hidden: &'a HiddenRows,
        wanted: usize,
    ) -> Self {
        Self {
            tally,
            tell,
            hidden,
            wanted,
            columns: Columns::default(),
            row: None,
            text: 0,
        }
    }

    /// Takes the next cell with content.
    pub fn take(&mut self, row: u32, cell: Cell) -> Result<Go, Failed> {
        if row >= limits::LAST_ROW || cell.column >= limits::LAST_COLUMN {
            return Err(Unreadable::Broken.into());
        }
        match &self.row {
            Some(before) if before.row > row => return Err(Unreadable::Broken.into()),
            Some(before) if before.row == row => {}
            _ => self.finish()?,
        }
        if self.wanted == 0 {
            return Ok(Go::Enough);
        }
        self.columns.insert(cell.column)?;
        let length = match &cell.value {
            Value::Text(text) => u64::try_from(text.len()).unwrap_or(u64::MAX),
            _ => 0,
        };
        self.tally.count(length)?;
        self.text = self.text.saturating_add(length);
        if self.text > limits::ROW_TEXT {
            return Err(Unreadable::Unpacked.into());
        }
        let hidden = self.hidden;
        let row = self.row.get_or_insert_with(|| Row {
            row,
            hidden: hidden.contains(row),
            cells: Vec::with_capacity(16),
        });
        row.cells.push(cell);
        // There are no more columns than this: one stands here twice.
        if row.cells.len() > limits::COLUMNS {
            return Err(Unreadable::Broken.into());
        }
        Ok(Go::On)
    }

    /// Tells the row that was gathered, if any.
    pub fn finish(&mut self) -> Result<(), Failed> {
        let Some(mut row) = self.row.take() else {
            return Ok(());
        };
        let is_in_order = row
            .cells
            .is_sorted_by(|left, right| left.column < right.column);
        if !is_in_order {
            row.cells.sort_by_key(|cell| cell.column);
            let is_clear = row
                .cells
                .is_sorted_by(|left, right| left.column < right.column);
            if !is_clear {
                return Err(Unreadable::Broken.into());
            }
        }
        self.text = 0;
        self.tally.rows += 1;
        self.wanted = self.wanted.saturating_sub(1);
        if self.tally.rows > limits::ROWS {
            return Err(Unreadable::Rows.into());
        }
        (self.tell)(Told::Row(row))?;
        Ok(())
    }
}

/// Columns with content: one bit each.
#[derive(Debug, Default)]
struct Columns {
    bits: Vec<u64>,
    count: usize,
}

impl Columns {
    fn insert(&mut self, column: u32) -> Result<(), Unreadable> {
        let place = usize::try_from(column / 64).unwrap_or(usize::MAX);
        if self.bits.len() <= place {
            self.bits.resize(place + 1, 0);
        }
        let bit = 1 << (column % 64);
        if let Some(bits) = self.bits.get_mut(place)
            && *bits & bit == 0
        {
            *bits |= bit;
            self.count += 1;
        }
        if self.count > limits::COLUMNS {
            return Err(Unreadable::Columns);
        }
        Ok(())
    }
}
