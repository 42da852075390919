//! A sheet with data.

use super::{Column, Content, Options, Sheet, formats, rules};
use crate::sheets::exact::{date, number, unwritten};
use rust_xlsxwriter::{Format, Note, Worksheet, XlsxError};
use std::io;

/// Rules reach at least so far, for rows that are filled in by hand.
const RULED: u32 = 5_000;

/// How cells of a column look: others, and text.
struct Looks {
    cells: Format,
    text: Format,
}

/// Writes the sheet: in the order of its rows, for what is written later is lost.
pub fn write(into: &mut Worksheet, sheet: Sheet<'_>, options: &[Options]) -> io::Result<()> {
    into.set_name(&sheet.name).map_err(unwritten)?;
    head(into, &sheet.columns).map_err(unwritten)?;
    let looks: Vec<Looks> = sheet
        .columns
        .iter()
        .map(|column| {
            let cells = formats::cells(column);
            Looks {
                text: formats::text(&cells),
                cells,
            }
        })
        .collect();
    let mut row = 0u32;
    for contents in sheet.rows {
        row = row.saturating_add(1);
        for ((column, look), content) in (0u16..).zip(&looks).zip(contents) {
            put(into, (row, column), &content, look).map_err(unwritten)?;
        }
    }
    foot(into, &sheet.columns, row, options).map_err(unwritten)
}

fn head(into: &mut Worksheet, columns: &[Column]) -> Result<(), XlsxError> {
    for (at, column) in (0u16..).zip(columns) {
        into.set_column_width(at, column.width)?;
        into.set_column_format(at, &formats::cells(column))?;
        let star = if column.must { "*" } else { "" };
        into.write_string_with_format(
            0,
            at,
            format!("{}{star}", column.heading),
            &formats::heading(column),
        )?;
        if !column.note.is_empty() {
            let lines = u32::try_from(column.note.chars().count() / 12).unwrap_or(0) + 2;
            let note = Note::new(&column.note)
                .add_author_prefix(false)
                .set_width(200)
                .set_height(lines.min(20) * 18);
            into.insert_note(0, at, &note)?;
        }
    }
    Ok(())
}

fn put(
    into: &mut Worksheet,
    place: (u32, u16),
    content: &Content,
    look: &Looks,
) -> Result<(), XlsxError> {
    let (row, column) = place;
    let text = match content {
        Content::Blank => return Ok(()),
        Content::Text(text) if text.is_empty() => return Ok(()),
        Content::Text(text) => text.clone(),
        Content::Number(decimals) => match number(decimals) {
            Some(number) => {
                return into
                    .write_number_with_format(row, column, number, &look.cells)
                    .map(drop);
            }
            None => decimals.clone(),
        },
        Content::Day(day) => match date(*day) {
            Some(day) => {
                return into
                    .write_datetime_with_format(row, column, &day, &look.cells)
                    .map(drop);
            }
            None => day.to_string(),
        },
    };
    into.write_string_with_format(row, column, text, &look.text)
        .map(drop)
}

/// What stands around the rows.
fn foot(
    into: &mut Worksheet,
    columns: &[Column],
    last: u32,
    options: &[Options],
) -> Result<(), XlsxError> {
    let bottom = last.max(RULED);
    for (at, column) in (0u16..).zip(columns) {
        if let Some(rule) = rules::rule(column, options)? {
            into.add_data_validation(1, at, bottom, at, &rule)?;
        }
    }
    if let Some(right) = u16::try_from(columns.len())
        .unwrap_or(u16::MAX)
        .checked_sub(1)
    {
        into.autofilter(0, 0, last.max(1), right)?;
    }
    into.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    into.set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    into.set_footer("&C第 &P 页 共 &N 页");
    Ok(())
}
