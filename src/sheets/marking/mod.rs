//! Marks errors in a workbook that somebody uploaded: bad cells get a red ground, each bad row
//! its explanation in the column 错误说明. Everything else stays: other parts are copied as they
//! are, compressed, and in the sheet what is not touched keeps its bytes, so that drop-downs,
//! notes, pictures, hidden rows, widths and formulas are as they were.
//!
//! A marked book that comes back is marked anew: its column is used again, words and reds that
//! no longer apply are taken away.

mod columns;
mod csv;
mod fills;
mod parts;
mod places;
mod plan;
mod sheet;
mod styles;
mod stylesheet;
mod survey;
mod tag;
#[cfg(test)]
mod tests;
mod words;
mod xml;

pub use csv::mark_csv;
pub use words::HEADING;

use parts::{Parts, with_relation, with_type};
use plan::Plan;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, Read, Seek, Write};
use styles::Styles;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

/// What is wrong in one sheet. Rows and columns count from 0, as calamine does.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Marks {
    /// The sheet's place in the book's order.
    pub sheet: u32,
    /// The row in which the heading 错误说明 is written. Below it, an old column of that heading
    /// is cleared where nothing is wrong.
    pub head: u32,
    /// Bad cells.
    pub cells: BTreeSet<(u32, u32)>,
    /// Explanations by row; several of one row are the caller's to join.
    pub words: BTreeMap<u32, String>,
}

/// Copies the workbook from `from` to `to` with marks in its sheets. Limits on size and ratio
/// are the caller's, who has read the same archive before. A sheet with no room for a column
/// more, that is no sheet of cells, or that stands in two marks is an error.
pub fn mark<R: Read + Seek, W: Write + Seek>(from: R, to: W, marks: &[Marks]) -> io::Result<()> {
    let mut archive = ZipArchive::new(from).map_err(io::Error::other)?;
    let parts = Parts::find(&mut archive)?;
    let styles = parts
        .styles
        .map_or_else(|| Ok(Vec::new()), |at| bytes(&mut archive, at))?;
    let mut styles = Styles::read(&styles)?;
    let plans = plans(&mut archive, &parts, marks)?;
    let mut output = ZipWriter::new(to);
    for at in 0..archive.len() {
        if Some(at) == parts.styles {
            continue;
        }
        if let Some(plan) = plans.get(&at) {
            begin(&mut output, &mut archive, at)?;
            let entry = archive.by_index(at).map_err(io::Error::other)?;
            sheet::copy(entry, &mut output, plan, &mut styles)?;
        } else if let Some(text) = linked(&mut archive, &parts, at)? {
            begin(&mut output, &mut archive, at)?;
            output.write_all(text.as_bytes())?;
        } else {
            let entry = archive.by_index_raw(at).map_err(io::Error::other)?;
            output.raw_copy_file(entry).map_err(io::Error::other)?;
        }
    }
    // Last, when it is known which styles need a red twin.
    match parts.styles {
        Some(at) => begin(&mut output, &mut archive, at)?,
        None => output
            .start_file(&parts.styles_name, SimpleFileOptions::default())
            .map_err(io::Error::other)?,
    }
    output.write_all(styles.write().as_bytes())?;
    output.finish().map_err(io::Error::other)?;
    Ok(())
}

/// Starts an entry with the name and time that it had.
fn begin<R: Read + Seek, W: Write + Seek>(
    output: &mut ZipWriter<W>,
    archive: &mut ZipArchive<R>,
    at: usize,
) -> io::Result<()> {
    let entry = archive.by_index_raw(at).map_err(io::Error::other)?;
    let name = entry.name().map_err(io::Error::other)?.into_owned();
    let time = entry.last_modified().unwrap_or(DateTime::DEFAULT);
    let options = SimpleFileOptions::default().last_modified_time(time);
    output.start_file(name, options).map_err(io::Error::other)
}

fn bytes<R: Read + Seek>(archive: &mut ZipArchive<R>, at: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    archive
        .by_index(at)
        .map_err(io::Error::other)?
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// In a book without styles: parts that must say that there are some now.
fn linked<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    parts: &Parts,
    at: usize,
) -> io::Result<Option<String>> {
    let Some(unlinked) = parts
        .unlinked
        .as_ref()
        .filter(|unlinked| at == unlinked.relations || at == unlinked.types)
    else {
        return Ok(None);
    };
    let text = String::from_utf8(bytes(archive, at)?)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    Ok(Some(if at == unlinked.relations {
        with_relation(&text, &unlinked.kind)
    } else {
        with_type(&text, &parts.styles_name)
    }))
}

/// Looks through the sheets that are to be marked.
fn plans<'a, R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    parts: &Parts,
    marks: &'a [Marks],
) -> io::Result<HashMap<usize, Plan<'a>>> {
    let headings = match parts.strings {
        Some(at) => survey::headings(archive.by_index(at).map_err(io::Error::other)?)?,
        None => survey::Headings::new(),
    };
    let mut plans = HashMap::new();
    for marks in marks {
        let at = usize::try_from(marks.sheet)
            .ok()
            .and_then(|sheet| parts.sheets.get(sheet).copied().flatten());
        let at = at.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no such sheet"))?;
        let entry = archive.by_index(at).map_err(io::Error::other)?;
        let survey = survey::survey(entry, marks.head, &headings)?;
        if plans.insert(at, Plan::new(marks, &survey)?).is_some() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "a sheet marked twice",
            ));
        }
    }
    Ok(plans)
}
