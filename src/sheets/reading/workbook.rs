//! Tells a workbook: a look over each sheet first, then its cells as calamine streams them.

use std::{collections::HashSet, fs::File, io::BufReader, path::Path};

use calamine::{Cell as Found, DataRef, Reader, Sheet, SheetType, SheetVisible, Xlsx, XlsxError};

use super::{
    Failed, Tell, Wanted, formats, limits,
    look::{self, Place, Seen},
    package::Package,
    sheet_names,
    tally::{Go, Rows, Tally},
    values::{self, Taking},
    vetting,
};
use crate::sheets::cells::{Cell, Look, SheetName, Told, Unreadable, Value};

/// Tells the workbook; says how many rows.
pub fn read(path: &Path, wanted: &Wanted, tell: Tell<'_>) -> Result<usize, Failed> {
    let mut package = Package::open(path)?;
    let parts = sheet_names::find(&mut package)?;
    vetting::vet(&mut package, &parts.folder)?;
    let mut book = Xlsx::new(BufReader::new(File::open(path)?)).map_err(|error| refusal(&error))?;
    let sheets = book.sheets_metadata().to_vec();
    check_names(&sheets, parts.sheets.len())?;
    tell(Told::Book {
        sheets: sheets.iter().map(name_of).collect(),
        encoding: None,
    })?;
    let mut tally = Tally::of(wanted);
    let mut merges = 0;
    for (index, (sheet, part)) in (0..).zip(sheets.iter().zip(&parts.sheets)) {
        let rows = match wanted {
            Wanted::Heads(rows) => *rows,
            Wanted::Sheets(places) if places.contains(&index) => usize::MAX,
            Wanted::Sheets(_) => continue,
        };
        // A sheet that is one chart has no cells.
        if sheet.typ != SheetType::WorkSheet {
            let look = Look {
                index,
                ..Look::default()
            };
            tell(Told::Sheet(look))?;
            continue;
        }
        let mut seen = look::look(&mut package, part, index)?;
        merges += seen.look.merges.len();
        if merges > limits::MERGES {
            return Err(Unreadable::Broken.into());
        }
        tell(Told::Sheet(std::mem::take(&mut seen.look)))?;
        let rows = Rows::new(&mut tally, tell, &seen.hidden, rows);
        read_sheet(&mut book, &sheet.name, &seen, rows)?;
    }
    Ok(tally.rows)
}

/// calamine finds sheets by their names only, so each name must be one sheet's.
fn check_names(sheets: &[Sheet], parts: usize) -> Result<(), Unreadable> {
    let names: HashSet<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let is_endless = names.iter().any(|name| name.len() > limits::SHEET_NAME);
    if is_endless || sheets.is_empty() || names.len() != sheets.len() || sheets.len() != parts {
        return Err(Unreadable::Broken);
    }
    Ok(())
}

fn name_of(sheet: &Sheet) -> SheetName {
    SheetName {
        name: sheet.name.clone(),
        hidden: sheet.visible != SheetVisible::Visible,
    }
}

fn read_sheet(
    book: &mut Xlsx<BufReader<File>>,
    name: &str,
    seen: &Seen,
    mut rows: Rows<'_>,
) -> Result<(), Failed> {
    let from_1904 = book.has_1904_epoch();
    let mut cells = book
        .worksheet_cells_reader(name)
        .map_err(|error| refusal(&error))?;
    let formats = formats::of_styles(cells.styles());
    for order in 0.. {
        let computed = seen.computed.contains(order);
        let (place, value) = match cells.next_cell_with_style_id() {
            Ok(Some((cell, style))) => {
                let taking = Taking {
                    format: formats.get(style).copied().unwrap_or_default(),
                    from_1904,
                    computed,
                };
                (place_of(&cell), values::of(cell.get_value(), taking)?)
            }
            Ok(None) => break,
            Err(error) => unknown_error(&error, seen, order)?,
        };
        let Some(value) = value else { continue };
        let cell = Cell {
            column: place.column,
            value,
            formula: computed,
        };
        if rows.take(place.row, cell)? == Go::Enough {
            return Ok(());
        }
    }
    rows.finish()
}

fn place_of(cell: &Found<DataRef<'_>>) -> Place {
    let (row, column) = cell.get_position();
    Place { row, column }
}

/// calamine knows the errors of 2007 only and stops at `#SPILL!` and the like; it can be asked to go on, but no longer knows where it was.
fn unknown_error(
    error: &XlsxError,
    seen: &Seen,
    order: usize,
) -> Result<(Place, Option<Value>), Unreadable> {
    let XlsxError::CellError(text) = error else {
        return Err(refusal(error));
    };
    let found = seen
        .errors
        .binary_search_by_key(&order, |&(order, _)| order);
    let place = found.ok().and_then(|at| seen.errors.get(at));
    match place {
        Some(&(_, place)) if text.starts_with('#') && text.len() < 40 => {
            Ok((place, Some(Value::Error(text.clone()))))
        }
        _ => Err(Unreadable::Broken),
    }
}

/// What an error of calamine means for the person.
fn refusal(error: &XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::Encrypted,
        _ => Unreadable::Broken,
    }
}
