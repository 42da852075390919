//! Very hidden sheets: what a book says of itself when it comes back.
//!
//! 选项: A1 holds the kind, B1 the version, C1 a fixed mark, since other people's books may have
//! hidden sheets of that name too. Row 3 holds the names of the lists, one a column; their
//! values follow from row 4 on. Other sheets hold rows of text from row 1, column A.

use super::{Hidden, Options, formats};
use calamine::{DataRef, Reader, SheetVisible, Xlsx};
use rust_xlsxwriter::{Worksheet, XlsxError};
use std::io::{self, Read, Seek};

/// The name of the sheet with the options.
pub const OPTIONS: &str = "选项";
/// The mark in C1.
pub const MARK: &str = "tuogou-form";
/// The row, from 0, in which lists begin.
pub const FIRST: u32 = 3;
/// More rows and cells than this are not of our making.
const MOST: usize = 2_000_000;

/// What a book is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Which template or export.
    pub kind: String,
    /// Its version.
    pub version: String,
}

/// Writes 选项.
pub(super) fn write_options(
    into: &mut Worksheet,
    stamp: &Stamp,
    options: &[Options],
) -> Result<(), XlsxError> {
    let mut rows = vec![
        vec![stamp.kind.clone(), stamp.version.clone(), MARK.to_owned()],
        Vec::new(),
    ];
    rows.push(options.iter().map(|options| options.name.clone()).collect());
    let longest = options
        .iter()
        .map(|options| options.values.len())
        .max()
        .unwrap_or(0);
    rows.extend((0..longest).map(|at| {
        options
            .iter()
            .map(|options| options.values.get(at).cloned().unwrap_or_default())
            .collect()
    }));
    write(
        into,
        &Hidden {
            name: OPTIONS.to_owned(),
            rows,
        },
    )
}

/// Writes a very hidden sheet.
pub(super) fn write(into: &mut Worksheet, sheet: &Hidden) -> Result<(), XlsxError> {
    into.set_name(&sheet.name)?.set_very_hidden(true);
    let text = formats::plain();
    for (row, cells) in (0u32..).zip(&sheet.rows) {
        for (column, cell) in (0u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            into.write_string_with_format(row, column, cell, &text)?;
        }
    }
    Ok(())
}

/// What a book says it is; nothing if it is none of ours.
pub fn stamp<R: Read + Seek>(book: &mut Xlsx<R>) -> Option<Stamp> {
    if !is_hidden(book, OPTIONS) {
        return None;
    }
    let mut cells = book.worksheet_cells_reader(OPTIONS).ok()?;
    let mut first: [String; 3] = Default::default();
    while let Some(cell) = cells
        .next_cell()
        .ok()?
        .filter(|cell| cell.get_position().0 == 0)
    {
        let column = usize::try_from(cell.get_position().1).ok()?;
        if let Some(place) = first.get_mut(column) {
            *place = text(cell.get_value());
        }
    }
    let [kind, version, mark] = first;
    (mark == MARK).then_some(Stamp { kind, version })
}

/// The rows of a hidden sheet; nothing if there is no such sheet, or if it can be seen.
/// Rows end with their last text.
pub fn hidden_rows<R: Read + Seek>(
    book: &mut Xlsx<R>,
    name: &str,
) -> io::Result<Option<Vec<Vec<String>>>> {
    if !is_hidden(book, name) {
        return Ok(None);
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut held = 0usize;
    let mut cells = book.worksheet_cells_reader(name).map_err(broken)?;
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let (row, column) = (
            usize::try_from(row).map_err(io::Error::other)?,
            usize::try_from(column).map_err(io::Error::other)?,
        );
        let have = rows.get(row).map_or(0, Vec::len);
        held += (row + 1).saturating_sub(rows.len()) + (column + 1).saturating_sub(have);
        if held > MOST {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "more than was ever written here",
            ));
        }
        rows.resize_with(rows.len().max(row + 1), Vec::new);
        if let Some(cells) = rows.get_mut(row) {
            cells.resize(have.max(column + 1), String::new());
            if let Some(place) = cells.get_mut(column) {
                *place = text;
            }
        }
    }
    Ok(Some(rows))
}

/// Some programs know hidden sheets only, not very hidden ones.
fn is_hidden<R: Read + Seek>(book: &Xlsx<R>, name: &str) -> bool {
    book.sheets_metadata()
        .iter()
        .any(|sheet| sheet.name == name && sheet.visible != SheetVisible::Visible)
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        // Nothing that is written here.
        _ => String::new(),
    }
}

fn broken(error: calamine::XlsxError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}
