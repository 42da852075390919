//! Tells a file that somebody uploaded, row by row, without ever believing what it says of itself.
//!
//! This is the pure part of the child process: no limit of memory is set here, but every size that a file could choose is bounded before a library
//! reserves room for it. What calamine would panic at is refused in `look` and `vetting` before calamine sees it.

mod formats;
mod kind;
mod limits;
mod look;
mod package;
mod sheet_names;
mod tags;
mod tally;
mod text;
mod unreadable;
mod values;
mod vetting;
mod workbook;

#[cfg(test)]
mod tests;

use std::{fs::File, io, path::Path};

use super::cells::{Told, Unreadable};
use kind::Kind;

/// What is wanted of a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The first so many rows with content of every sheet.
    Heads(usize),
    /// These sheets whole, by their places among the sheets, from 0.
    Sheets(Vec<u32>),
}

/// Why telling ended early.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The file is at fault.
    #[error("the file cannot be read: {0:?}")]
    Unreadable(Unreadable),
    /// The disk, or whoever listened hung up.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<Unreadable> for Failed {
    fn from(why: Unreadable) -> Self {
        Self::Unreadable(why)
    }
}

/// Who is told.
type Tell<'a> = &'a mut dyn FnMut(Told) -> io::Result<()>;

/// Tells the file at `path`, which was uploaded as `name`; ends with [`Told::End`]. Stops when `tell` fails.
///
/// An index in [`Wanted::Sheets`] that the book does not have is passed over: the caller sees that the sheet was never told.
pub fn read(
    path: &Path,
    name: &str,
    wanted: &Wanted,
    tell: &mut dyn FnMut(Told) -> io::Result<()>,
) -> Result<(), Failed> {
    let length = File::open(path)?.metadata()?.len();
    if length > limits::FILE {
        return Err(Unreadable::TooLarge.into());
    }
    if length == 0 {
        return Err(Unreadable::Empty.into());
    }
    let told = match kind::of(path, name)? {
        Kind::Workbook => workbook::read(path, wanted, tell)?,
        Kind::Text => text::read(path, name, wanted, tell)?,
    };
    if told == 0 {
        return Err(Unreadable::Empty.into());
    }
    tell(Told::End)?;
    Ok(())
}
