//! Official documents (公文) as values, and how they become Word files: GB/T 9704-2012 with
//! the measures of `layout`. Knows no room: a room makes a [`Paper`] (or a [`Wide`] table),
//! and the Word file, the page (`templates/parts/paper.html`) and the print come from that
//! one tree alike.

mod cells;
mod drawn;
pub mod layout;
mod package;
mod tables;
mod title;
mod tree;
mod value;
mod wide;
mod written;

pub use tables::{Column, Form, Grid, Pair, Side};
pub use title::title_lines;
pub use tree::{Annex, Block, Head, Imprint, Paper};
pub use value::{Bound, Part, Piece, Sentence};
pub use wide::{Down, Heading, Wide, WideColumn};

use std::io;

#[cfg(test)]
mod tests;

/// The media type of a Word file.
pub const MEDIA_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A document as a Word file: the same document is the same bytes.
pub fn docx(paper: &Paper) -> io::Result<Vec<u8>> {
    let body = written::letter(paper).map_err(io::Error::other)?;
    package::write(body, paper.across.as_deref(), package::Turned::Upright)
}

/// A wide table as a Word file on A4 landscape: the same table is the same bytes.
pub fn wide_docx(table: &Wide) -> io::Result<Vec<u8>> {
    let body = written::wide(table).map_err(io::Error::other)?;
    package::write(body, table.across.as_deref(), package::Turned::Landscape)
}
