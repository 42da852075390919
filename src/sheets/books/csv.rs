//! Comma-separated text: UTF-8 with its mark, so that spreadsheets read Chinese; text that a
//! spreadsheet would take for a formula has an apostrophe before it (security.md S13).

use std::fs::File;
use std::io::{self, BufWriter, Write as _};

use crate::web::table::{Cell, Kind};

use super::values::{Value, value};
use super::{Notes, Sheet, Writes};

/// What tells a spreadsheet that this is UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";
/// What a formula begins with, in both widths.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A text that is being written.
pub struct Text {
    out: csv::Writer<BufWriter<File>>,
    kinds: Vec<Kind>,
    begun: bool,
}

impl Text {
    /// An empty one in this file.
    pub fn new(to: File) -> io::Result<Self> {
        let mut to = BufWriter::new(to);
        to.write_all(MARK)?;
        let out = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .from_writer(to);
        Ok(Self {
            out,
            kinds: Vec::new(),
            begun: false,
        })
    }
}

impl Writes for Text {
    fn sheet(&mut self, sheet: Sheet) -> io::Result<()> {
        if self.begun {
            // Several tables of a page follow each other, each under its name.
            self.out.write_record([""])?;
            self.out.write_record([plain(sheet.name)])?;
        }
        self.begun = true;
        let labels = sheet.heads.iter().map(|head| match head.group.as_str() {
            "" => head.label.clone(),
            group => format!("{group}：{}", head.label),
        });
        self.out.write_record(labels.map(plain))?;
        self.kinds = sheet.heads.iter().map(|head| head.kind).collect();
        Ok(())
    }

    fn rows(&mut self, rows: &[Vec<Cell>]) -> io::Result<()> {
        for row in rows {
            for (kind, cell) in self.kinds.iter().zip(row) {
                self.out.write_field(field(*kind, cell))?;
            }
            self.out.write_record(None::<&[u8]>)?;
        }
        Ok(())
    }

    fn finish(self, _: &Notes) -> io::Result<File> {
        let out = self
            .out
            .into_inner()
            .map_err(csv::IntoInnerError::into_error)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

fn field(kind: Kind, cell: &Cell) -> String {
    match value(kind, cell) {
        Value::Blank => String::new(),
        Value::Text(text) => plain(text),
        Value::Whole(_) | Value::Decimal(_) | Value::Share(..) | Value::Day(_) => cell.text(),
    }
}

/// Text that stays text.
fn plain(text: String) -> String {
    if text.starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text
    }
}
