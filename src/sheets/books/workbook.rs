//! The workbook: each row is written as it comes and forgotten. What is written after what
//! stands below it would be lost without a word (constant memory), so the order is fixed: the
//! merges that begin in a row, that row's cells, the next row.

use std::fs::File;
use std::io::{self, Write as _};

use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};

use crate::sheets::exact::{date, minute, unwritten};
use crate::web::table::{Cell, Head, Kind};

use super::looks::{Looks, width};
use super::values::{Value, value};
use super::{Notes, Sheet, Size, Writes, notes};

/// Rows that a sheet holds.
const MOST: u32 = 1_048_576;
/// Rows whose height is set. The library keeps each in memory, and nobody prints more; Excel fits
/// the others by itself.
const FITTED: u32 = 5_000;
/// Points of a line of text in a cell, what a row has besides, and how high it may be.
const LINE: f64 = 13.5;
const SPARE: f64 = 3.0;
const HIGHEST: f64 = 409.0;
/// Characters of a sheet's name.
const NAME: usize = 31;

/// A workbook that is being written.
pub struct Book {
    workbook: Workbook,
    looks: Looks,
    open: Option<Open>,
    names: Vec<String>,
    written: usize,
    foot: String,
    to: File,
    /// Rows that a sheet holds.
    pub(super) most: u32,
}

/// The sheet that rows go to.
struct Open {
    /// How it began, to go on with when it is full.
    sheet: Sheet,
    into: Worksheet,
    kinds: Vec<Kind>,
    /// Characters wide, of columns whose text goes on in the next line; else 0.
    wide: Vec<u32>,
    signed: String,
    /// The last row of the head.
    head: u32,
    next: u32,
}

impl Book {
    /// An empty one in this file; `notes` stand in its properties and at the foot of its pages.
    #[must_use]
    pub fn new(notes: &Notes, to: File) -> Self {
        let mut workbook = Workbook::new();
        let properties = DocProperties::new()
            .set_title(&notes.name)
            .set_author(&notes.by);
        // The library's own moment is the machine's: the same rows would be other bytes each time.
        workbook.set_properties(&match minute(notes.as_of.naive_utc()) {
            Some(made) => properties.set_creation_datetime(&made),
            None => properties,
        });
        Self {
            workbook,
            looks: Looks::new(),
            open: None,
            names: vec![notes::NAME.to_owned()],
            written: 0,
            foot: notes.foot(),
            to,
            most: MOST,
        }
    }

    fn close(&mut self) -> Result<(), XlsxError> {
        let Some(mut open) = self.open.take() else {
            return Ok(());
        };
        let right = u16::try_from(open.kinds.len())
            .unwrap_or(u16::MAX)
            .saturating_sub(1);
        let last = open.next.saturating_sub(1).max(open.head);
        open.into.autofilter(open.head, 0, last, right)?;
        if !open.signed.is_empty() {
            let row = last.saturating_add(2);
            open.into
                .write_string_with_format(row, 0, &open.signed, &self.looks.line)?;
        }
        self.workbook.push_worksheet(open.into);
        Ok(())
    }

    fn begin(&mut self, sheet: &Sheet) -> Result<(), XlsxError> {
        self.close()?;
        let mut into = self.workbook.new_worksheet_with_constant_memory()?;
        let name = self.free(&sheet.name);
        into.set_name(&name)?;
        self.names.push(name);
        for (at, head) in (0u16..).zip(&sheet.heads) {
            into.set_column_width(at, f64::from(wide(head)))?;
        }
        let looks = &self.looks;
        let above = title(&mut into, sheet, looks)?;
        let head = heads(&mut into, above, &sheet.heads, looks)?;
        into.set_freeze_panes(head.saturating_add(1), frozen(&sheet.heads))?;
        into.set_repeat_rows(above, head)?;
        into.set_landscape()
            .set_paper_size(match sheet.size {
                Size::A4 => 9,
                Size::A3 => 8,
            })
            .set_print_fit_to_pages(1, 0)
            .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
            .set_footer(format!("&L{}&R第 &P 页 共 &N 页", self.foot));
        self.open = Some(Open {
            into,
            sheet: sheet.clone(),
            kinds: sheet.heads.iter().map(|head| head.kind).collect(),
            wide: sheet.heads.iter().map(wrapping).collect(),
            signed: sheet.signed.clone(),
            head,
            next: head.saturating_add(1),
        });
        Ok(())
    }

    /// Goes on in another sheet where this one is full.
    fn turn(&mut self) -> Result<(), XlsxError> {
        let full = self.open.as_ref().filter(|open| open.next >= self.most);
        match full.map(|open| open.sheet.clone()) {
            Some(sheet) => self.begin(&sheet),
            None => Ok(()),
        }
    }

    /// A name that no sheet has yet.
    fn free(&self, wanted: &str) -> String {
        let plain: String = wanted
            .chars()
            .filter(|c| !r"[]:*?/\'".contains(*c))
            .take(NAME)
            .collect();
        let plain = if plain.trim().is_empty() {
            "数据".to_owned()
        } else {
            plain
        };
        let taken = |name: &str| self.names.iter().any(|other| other == name);
        let mut name = plain.clone();
        let mut number = 2_u32;
        while taken(&name) {
            let ending = format!("（{number}）");
            let room = NAME - ending.chars().count();
            name = plain.chars().take(room).chain(ending.chars()).collect();
            number += 1;
        }
        name
    }

    fn end(&mut self, notes: &Notes) -> Result<(), XlsxError> {
        self.close()?;
        let mut into = self.workbook.new_worksheet_with_constant_memory()?;
        into.set_name(notes::NAME)?
            .set_column_width(0, 14)?
            .set_column_width(1, 90)?;
        for (row, (label, text)) in (0u32..).zip(notes.told(self.written)) {
            into.write_string_with_format(row, 0, label, &self.looks.head)?;
            into.write_string_with_format(row, 1, text, &self.looks.words)?;
        }
        into.set_paper_size(9).set_print_fit_to_pages(1, 0);
        self.workbook.push_worksheet(into);
        Ok(())
    }
}

impl Writes for Book {
    fn sheet(&mut self, sheet: Sheet) -> io::Result<()> {
        self.begin(&sheet).map_err(unwritten)
    }

    fn rows(&mut self, rows: &[Vec<Cell>]) -> io::Result<()> {
        for row in rows {
            self.turn().map_err(unwritten)?;
            let Some(open) = &mut self.open else {
                return Err(io::Error::other("rows before their sheet"));
            };
            let values = open.kinds.iter().zip(row);
            let values: Vec<Value> = values.map(|(kind, cell)| value(*kind, cell)).collect();
            let taken = open
                .wide
                .iter()
                .zip(&values)
                .map(|(wide, value)| match value {
                    Value::Text(text) => lines(*wide, text),
                    _ => 1,
                });
            if open.next <= FITTED
                && let Some(lines @ 2..) = taken.max()
            {
                let high = (f64::from(lines) * LINE + SPARE).min(HIGHEST);
                let set = open.into.set_row_height(open.next, high);
                set.map_err(unwritten)?;
            }
            for ((at, kind), value) in (0u16..).zip(&open.kinds).zip(values) {
                let place = (open.next, at);
                put(&mut open.into, place, (*kind, value), &self.looks).map_err(unwritten)?;
            }
            open.next += 1;
            self.written += 1;
        }
        Ok(())
    }

    fn finish(mut self, notes: &Notes) -> io::Result<File> {
        self.end(notes).map_err(unwritten)?;
        self.workbook
            .save_to_writer(&mut self.to)
            .map_err(unwritten)?;
        self.to.flush()?;
        Ok(self.to)
    }
}

/// Lines above the head, the first across all columns; how many rows they take.
fn title(into: &mut Worksheet, sheet: &Sheet, looks: &Looks) -> Result<u32, XlsxError> {
    let right = u16::try_from(sheet.heads.len())
        .unwrap_or(u16::MAX)
        .saturating_sub(1);
    let mut row = 0;
    for line in &sheet.title {
        match (row, right) {
            (0, 1..) => {
                into.merge_range(0, 0, 0, right, line, &looks.title)?;
                into.set_row_height(0, 32)?;
            }
            (0, _) => drop(into.write_string_with_format(0, 0, line, &looks.title)?),
            _ => drop(into.write_string_with_format(row, 0, line, &looks.line)?),
        }
        row += 1;
    }
    Ok(row)
}

/// The head, in two rows where columns share a common one; its last row.
fn heads(
    into: &mut Worksheet,
    above: u32,
    heads: &[Head],
    looks: &Looks,
) -> Result<u32, XlsxError> {
    let most = heads.iter().map(|head| lines(wrapping(head), &head.label));
    let high = f64::from(most.max().unwrap_or(1)) * LINE + 2.0 * SPARE;
    if heads.iter().all(|head| head.group.is_empty()) {
        into.set_row_height(above, high)?;
        for (at, head) in (0u16..).zip(heads) {
            into.write_string_with_format(above, at, &head.label, &looks.head)?;
        }
        return Ok(above);
    }
    let below = above + 1;
    let mut columns = (0u16..).zip(heads).peekable();
    while let Some((first, head)) = columns.next() {
        let mut last = first;
        if head.group.is_empty() {
            into.merge_range(above, first, below, first, &head.label, &looks.head)?;
            continue;
        }
        while let Some((at, _)) = columns.next_if(|(_, next)| next.group == head.group) {
            last = at;
        }
        if last > first {
            into.merge_range(above, first, above, last, &head.group, &looks.head)?;
        } else {
            into.write_string_with_format(above, first, &head.group, &looks.head)?;
        }
    }
    into.set_row_height(below, high)?;
    for (at, head) in (0u16..).zip(heads) {
        if !head.group.is_empty() {
            into.write_string_with_format(below, at, &head.label, &looks.head)?;
        }
    }
    Ok(below)
}

/// Columns that stay in sight: up to the row's own name.
fn frozen(heads: &[Head]) -> u16 {
    let named = heads.iter().position(|head| head.head);
    named.map_or(0, |at| u16::try_from(at + 1).unwrap_or(0))
}

/// Characters wide of a column.
fn wide(head: &Head) -> u16 {
    match head.wide {
        0 => width(head.kind, head.head),
        wide => wide,
    }
}

/// The same of a column whose text goes on in the next line.
fn wrapping(head: &Head) -> u32 {
    match head.kind {
        Kind::Serial => 0,
        _ => u32::from(wide(head)),
    }
}

/// How many lines a text takes in a column so wide: programs other than Excel do not find that
/// out for themselves. A Chinese character is as wide as two digits.
fn lines(wide: u32, text: &str) -> u32 {
    let room = match wide {
        0 | 1 => return 1,
        wide => wide - 1,
    };
    let lines = text.split('\n').map(|line| {
        let long: u32 = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        long.div_ceil(room).max(1)
    });
    lines.sum()
}

fn put(
    into: &mut Worksheet,
    (row, at): (u32, u16),
    (kind, value): (Kind, Value),
    looks: &Looks,
) -> Result<(), XlsxError> {
    match value {
        Value::Blank => into.write_blank(row, at, &looks.blank)?,
        Value::Text(text) => into.write_string_with_format(row, at, text, looks.text(kind))?,
        Value::Whole(number) => into.write_number_with_format(row, at, number, &looks.whole)?,
        Value::Decimal(number) => into.write_number_with_format(row, at, number, &looks.decimal)?,
        Value::Share(number, places) => {
            into.write_number_with_format(row, at, number, looks.share(places))?
        }
        Value::Day(day) => match date(day) {
            Some(date) => into.write_datetime_with_format(row, at, &date, &looks.day)?,
            None => into.write_string_with_format(row, at, day.to_string(), &looks.short)?,
        },
    };
    Ok(())
}
