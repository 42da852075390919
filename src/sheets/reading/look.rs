//! One quick look over a sheet for what calamine does not say: hidden rows and columns, merged ranges, which cells are computed.
//!
//! It also refuses what calamine would stumble over: places that overflow its sums, ranges that run backwards.

use super::{
    limits,
    package::Package,
    tags::{Form, Tag},
};
use crate::sheets::cells::{Look, Merge, Unreadable};

/// What the look found, besides what is told.
#[derive(Debug, Default)]
pub struct Seen {
    /// What is told.
    pub look: Look,
    /// Hidden rows.
    pub hidden: HiddenRows,
    /// Which cells are computed, by their order in the part.
    pub computed: Computed,
    /// Cells that hold an error: their order in the part, row and column.
    pub errors: Vec<(usize, Place)>,
}

/// Row and column, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Row.
    pub row: u32,
    /// Column.
    pub column: u32,
}

/// Hidden rows as ranges, which rise.
#[derive(Debug, Default)]
pub struct HiddenRows(Vec<(u32, u32)>);

impl HiddenRows {
    fn insert(&mut self, row: u32) {
        match self.0.last_mut() {
            Some((_, last)) if *last + 1 >= row => *last = row,
            _ => self.0.push((row, row)),
        }
    }

    /// Whether a row is hidden.
    pub fn contains(&self, row: u32) -> bool {
        let after = self.0.partition_point(|&(first, _)| first <= row);
        let range = after.checked_sub(1).and_then(|at| self.0.get(at));
        range.is_some_and(|&(_, last)| row <= last)
    }
}

/// One bit for every cell of a sheet, as far as the last that is computed.
#[derive(Debug, Default)]
pub struct Computed(Vec<u64>);

impl Computed {
    fn insert(&mut self, cell: usize) {
        let word = cell / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= 1 << (cell % 64);
        }
    }

    /// Whether a cell is computed.
    pub fn contains(&self, cell: usize) -> bool {
        self.0
            .get(cell / 64)
            .is_some_and(|bits| bits & (1 << (cell % 64)) != 0)
    }
}

/// Looks over the sheet in `part`, the `index`th.
pub fn look(package: &mut Package, part: &str, index: u32) -> Result<Seen, Unreadable> {
    let mut looking = Looking::default();
    looking.seen.look.index = index;
    package.scan(part, &mut |tag| looking.see(tag))?;
    Ok(looking.seen)
}

/// Where in the sheet the look is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Stage {
    #[default]
    Before,
    Data,
    After,
}

#[derive(Debug, Default)]
struct Looking {
    seen: Seen,
    stage: Stage,
    /// Where the next row stands if it does not say, from 0.
    row: u32,
    /// This row says where it stands.
    is_numbered: bool,
    is_hidden: bool,
    cells: usize,
    /// At which byte the last row or cell began.
    at: usize,
}

impl Looking {
    fn see(&mut self, tag: &Tag<'_>) -> Result<(), Unreadable> {
        match (self.stage, tag.form) {
            (Stage::Before, Form::Open | Form::Whole) => self.see_before(tag),
            (Stage::Data, Form::Open | Form::Whole) => self.see_data(tag),
            (Stage::Data, Form::Close) => {
                self.check_stretch(tag)?;
                match tag.name {
                    b"row" => self.row += 1,
                    b"sheetData" => self.stage = Stage::After,
                    _ => {}
                }
                Ok(())
            }
            (Stage::After, Form::Open | Form::Whole) if tag.name == b"mergeCell" => {
                self.see_merge(tag)
            }
            _ => Ok(()),
        }
    }

    fn see_before(&mut self, tag: &Tag<'_>) -> Result<(), Unreadable> {
        match tag.name {
            b"dimension" => {
                let range = tag.value("ref")?.ok_or(Unreadable::Broken)?;
                read_range(range).ok_or(Unreadable::Broken).map(drop)
            }
            b"col" if tag.is("hidden")? => {
                let border = |name| -> Result<u32, Unreadable> {
                    let number = tag.value(name)?.and_then(read_number);
                    number
                        .filter(|&number| number >= 1)
                        .ok_or(Unreadable::Broken)
                };
                let first = border("min")? - 1;
                let last = border("max")?.min(limits::LAST_COLUMN) - 1;
                let columns = &mut self.seen.look.hidden_columns;
                columns.push((first, last));
                if first > last || columns.len() > limits::HIDDEN {
                    return Err(Unreadable::Broken);
                }
                Ok(())
            }
            b"sheetData" => {
                self.at = tag.at;
                self.stage = if tag.form == Form::Whole {
                    Stage::After
                } else {
                    Stage::Data
                };
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn see_data(&mut self, tag: &Tag<'_>) -> Result<(), Unreadable> {
        match tag.name {
            b"c" => self.see_cell(tag),
            b"f" => {
                // Before the first cell there is none to be computed.
                let cell = self.cells.checked_sub(1).ok_or(Unreadable::Broken)?;
                self.seen.computed.insert(cell);
                Ok(())
            }
            b"row" => self.see_row(tag),
            _ => Ok(()),
        }
    }

    /// A text in many pieces would be put together by calamine before it could be measured.
    const fn check_stretch(&self, tag: &Tag<'_>) -> Result<(), Unreadable> {
        if tag.at - self.at > limits::STRETCH {
            return Err(Unreadable::Broken);
        }
        Ok(())
    }

    fn see_cell(&mut self, tag: &Tag<'_>) -> Result<(), Unreadable> {
        self.check_stretch(tag)?;
        self.at = tag.at;
        let mut place = None;
        let mut is_error = false;
        for attribute in tag.attributes() {
            match attribute? {
                (b"r", value) => place = Some(read_place(value).ok_or(Unreadable::Broken)?),
                (b"t", b"e") => is_error = true,
                _ => {}
            }
        }
        // The look knows a row by its own number, calamine by those of its cells.
        let is_elsewhere = place.is_some_and(|place| place.row != self.row);
        if is_elsewhere && (self.is_numbered || self.is_hidden) {
            return Err(Unreadable::Broken);
        }
        if let (true, Some(place)) = (is_error, place) {
            self.seen.errors.push((self.cells, place));
            if self.seen.errors.len() > limits::ROWS {
                return Err(Unreadable::Broken);
            }
        }
        self.cells += 1;
        Ok(())
    }

    fn see_row(&mut self, tag: &Tag<'_>) -> Result<(), Unreadable> {
        self.check_stretch(tag)?;
        self.at = tag.at;
        let number = tag.value("r")?;
        self.is_numbered = number.is_some();
        if let Some(number) = number {
            let row = read_number(number)
                .filter(|row| (1..=limits::LAST_ROW).contains(row))
                .ok_or(Unreadable::Broken)?
                - 1;
            // One back is the same row again, in two pieces.
            if row + 1 < self.row {
                return Err(Unreadable::Broken);
            }
            self.row = row;
        }
        if self.row >= limits::LAST_ROW {
            return Err(Unreadable::Broken);
        }
        self.is_hidden = tag.is("hidden")?;
        if self.is_hidden {
            self.seen.hidden.insert(self.row);
        }
        if tag.form == Form::Whole {
            self.row += 1;
        }
        Ok(())
    }

    fn see_merge(&mut self, tag: &Tag<'_>) -> Result<(), Unreadable> {
        let range = tag.value("ref")?.and_then(read_range);
        let merges = &mut self.seen.look.merges;
        merges.push(range.ok_or(Unreadable::Broken)?);
        if merges.len() > limits::MERGES {
            return Err(Unreadable::Broken);
        }
        Ok(())
    }
}

/// A number of few digits.
fn read_number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits.iter().try_fold(0_u32, |number, digit| {
        digit
            .is_ascii_digit()
            .then(|| number * 10 + u32::from(digit - b'0'))
    })
}

/// A place like `B12`, within what a sheet can have.
fn read_place(place: &[u8]) -> Option<Place> {
    let letters = place
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let (letters, digits) = place.split_at_checked(letters)?;
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters.iter().fold(0, |column, letter| {
        column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    let row = read_number(digits)?;
    let fits = (1..=limits::LAST_ROW).contains(&row) && column <= limits::LAST_COLUMN;
    fits.then(|| Place {
        row: row - 1,
        column: column - 1,
    })
}

/// A range like `A1:F1`, or a single cell, that does not run backwards.
fn read_range(range: &[u8]) -> Option<Merge> {
    let mut ends = range.splitn(2, |&byte| byte == b':');
    let first = read_place(ends.next()?)?;
    let last = match ends.next() {
        Some(last) => read_place(last)?,
        None => first,
    };
    (first.row <= last.row && first.column <= last.column).then_some(Merge {
        top: first.row,
        left: first.column,
        bottom: last.row,
        right: last.column,
    })
}
