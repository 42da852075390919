//! The second pass over a sheet: cells keep their order, missing ones are put in, and what is
//! not touched is written as the bytes that were read.

use super::columns::Columns;
use super::places::{column_of, name_of};
use super::plan::{Plan, Put};
use super::styles::Styles;
use super::tag::Tag;
use super::words::inline_cell;
use super::xml::{Kind, Source};
use std::collections::BTreeMap;
use std::io::{self, BufRead, Read, Write};

/// Copies a sheet part with its marks.
pub fn copy<R: Read, W: Write>(
    sheet: R,
    to: W,
    plan: &Plan<'_>,
    styles: &mut Styles,
) -> io::Result<()> {
    let mut source = Source::new(sheet);
    let marked = styles.marked();
    let rows = plan
        .rows
        .iter()
        .copied()
        .collect::<Vec<u32>>()
        .into_iter()
        .peekable();
    let mut copy = Copy {
        out: io::BufWriter::with_capacity(1 << 16, to),
        plan,
        styles,
        marked,
        rows,
        prefix: None,
        columns: Columns::new("", None),
        row: Row::default(),
        in_row: false,
        next_row: 0,
        depth: 0,
        dropped: None,
    };
    loop {
        let kind = source.next()?;
        if kind == Kind::Done {
            return copy.out.flush();
        }
        if copy.passes(kind, &source)? {
            copy.out.write_all(source.raw())?;
        }
    }
}

/// The row that is being copied.
#[derive(Default)]
struct Row {
    at: u32,
    /// The column after the last cell.
    next: u32,
    /// Of cells that are not there, if the row says so.
    style: Option<u32>,
    /// Of the last cell.
    last: u32,
    puts: BTreeMap<u32, Put>,
}

struct Copy<'a, W: Write> {
    out: io::BufWriter<W>,
    plan: &'a Plan<'a>,
    styles: &'a mut Styles,
    /// There are reds of an earlier marking.
    marked: bool,
    rows: std::iter::Peekable<std::vec::IntoIter<u32>>,
    prefix: Option<String>,
    columns: Columns,
    row: Row,
    in_row: bool,
    next_row: u32,
    depth: u32,
    /// The depth of an element that is left out.
    dropped: Option<u32>,
}

impl<W: Write> Copy<'_, W> {
    /// Writes what is to be written at a piece; whether the piece itself is to follow.
    fn passes<R: BufRead>(&mut self, kind: Kind, source: &Source<R>) -> io::Result<bool> {
        match kind {
            Kind::Start => {
                let passes = self.dropped.is_none() && self.begins(source.tag(), false)?;
                self.depth += 1;
                Ok(passes)
            }
            Kind::Empty => Ok(self.dropped.is_none() && self.begins(source.tag(), true)?),
            Kind::End => {
                self.depth = self.depth.saturating_sub(1);
                if let Some(depth) = self.dropped {
                    self.dropped = self.dropped.filter(|_| depth != self.depth);
                    return Ok(false);
                }
                self.ends(source.tag())
            }
            Kind::Text | Kind::Other | Kind::Done => Ok(self.dropped.is_none()),
        }
    }

    fn begins(&mut self, tag: Tag<'_>, empty: bool) -> io::Result<bool> {
        let Some(prefix) = &self.prefix else {
            self.prefix = Some(tag.prefix().to_owned());
            self.columns = Columns::new(
                tag.prefix(),
                self.plan.column.filter(|_| self.plan.writes()),
            );
            return Ok(true);
        };
        // What is in a cell stays; there is the most of it.
        if self.depth > 3 {
            return Ok(true);
        }
        match (self.depth, tag.within(prefix)) {
            // The used range grows; nobody needs it said, and it must not be wrong.
            (1, "dimension") => self.instead("", empty),
            (1, "cols") if empty => {
                let list = self.columns.list();
                if list.is_empty() {
                    Ok(true)
                } else {
                    self.instead(&list, true)
                }
            }
            (2, "col") => match self.columns.column(tag) {
                // Split columns are closed at once: the end tag, if any, goes.
                Some(columns) if columns.ends_with("/>") => self.instead(&columns, empty),
                Some(columns) => self.instead(&columns, true),
                None => Ok(true),
            },
            (1, "sheetData") => self.data_begins(tag, empty),
            (2, "row") => self.row_begins(tag, empty),
            (3, "c") if self.in_row => self.cell(tag, empty),
            _ => Ok(true),
        }
    }

    fn ends(&mut self, tag: Tag<'_>) -> io::Result<bool> {
        if self.depth > 2 {
            return Ok(true);
        }
        match (
            self.depth,
            tag.within(self.prefix.as_deref().unwrap_or_default()),
        ) {
            (1, "cols") => {
                let rest = self.columns.rest();
                self.out.write_all(rest.as_bytes())?;
            }
            (1, "sheetData") => self.rows_before(u32::MAX)?,
            (2, "row") if self.in_row => self.row_ends()?,
            _ => {}
        }
        Ok(true)
    }

    /// Writes something in place of the element that begins; all of it is left out.
    fn instead(&mut self, text: &str, empty: bool) -> io::Result<bool> {
        self.out.write_all(text.as_bytes())?;
        self.dropped = (!empty).then_some(self.depth);
        Ok(false)
    }

    fn data_begins(&mut self, tag: Tag<'_>, empty: bool) -> io::Result<bool> {
        let list = self.columns.list();
        self.out.write_all(list.as_bytes())?;
        if !empty || self.rows.peek().is_none() {
            return Ok(true);
        }
        self.out.write_all(tag.opened().as_bytes())?;
        self.rows_before(u32::MAX)?;
        self.close(tag)
    }

    /// The end of an element that was empty.
    fn close(&mut self, tag: Tag<'_>) -> io::Result<bool> {
        write!(self.out, "</{}>", tag.name())?;
        Ok(false)
    }

    /// Rows that are not there, above a row that is.
    fn rows_before(&mut self, row: u32) -> io::Result<()> {
        let prefix = self.prefix.clone().unwrap_or_default();
        while let Some(at) = self.rows.next_if(|at| *at < row) {
            self.row = Row {
                at,
                puts: self.plan.row(at),
                ..Row::default()
            };
            write!(self.out, "<{prefix}row r=\"{}\">", at + 1)?;
            self.cells_before(u32::MAX)?;
            write!(self.out, "</{prefix}row>")?;
        }
        Ok(())
    }

    fn row_begins(&mut self, tag: Tag<'_>, empty: bool) -> io::Result<bool> {
        let at = tag
            .number("r")
            .map_or(self.next_row, |row| row.saturating_sub(1));
        self.next_row = at.saturating_add(1);
        self.rows_before(at)?;
        self.rows.next_if_eq(&at);
        let style = tag
            .number("s")
            .filter(|_| matches!(tag.attribute("customFormat"), Some("1" | "true")));
        self.row = Row {
            at,
            style,
            puts: self.plan.row(at),
            ..Row::default()
        };
        self.in_row = !empty;
        if self.row.puts.is_empty() {
            return Ok(true);
        }
        // `spans` says which columns a row has; it need not be there, but must not be wrong.
        let row = tag.without("spans");
        if empty {
            self.out.write_all(Tag(&row).opened().as_bytes())?;
            self.cells_before(u32::MAX)?;
            return self.close(tag);
        }
        self.out.write_all(row.as_bytes())?;
        Ok(false)
    }

    fn row_ends(&mut self) -> io::Result<()> {
        self.in_row = false;
        self.cells_before(u32::MAX)
    }

    fn cell(&mut self, tag: Tag<'_>, empty: bool) -> io::Result<bool> {
        let column = tag
            .attribute("r")
            .and_then(column_of)
            .unwrap_or(self.row.next);
        self.cells_before(column)?;
        self.row.next = column.saturating_add(1);
        let style = tag.number("s").unwrap_or(0);
        let put = self.row.puts.remove(&column);
        let new = match put {
            Some(Put::Red) => self.styles.red(style),
            Some(words) => {
                self.put(column, &words)?;
                return self.instead("", empty);
            }
            None if self.plan.is_old(self.row.at, column) => {
                return if empty {
                    Ok(true)
                } else {
                    self.instead("", false)
                };
            }
            // The heading, and what stands above it.
            None if Some(column) == self.plan.column => return Ok(true),
            None if self.marked => self.styles.plain(style),
            None => style,
        };
        self.row.last = style;
        if new == style {
            return Ok(true);
        }
        self.out
            .write_all(tag.with("s", &new.to_string()).as_bytes())?;
        Ok(false)
    }

    /// Cells that are not there, left of one that is.
    fn cells_before(&mut self, column: u32) -> io::Result<()> {
        while let Some(first) = self
            .row
            .puts
            .first_entry()
            .filter(|first| *first.key() < column)
        {
            let (column, put) = first.remove_entry();
            self.put(column, &put)?;
        }
        Ok(())
    }

    /// Writes a cell that is not there, or in place of one.
    fn put(&mut self, column: u32, put: &Put) -> io::Result<()> {
        let prefix = self.prefix.as_deref().unwrap_or_default();
        let name = name_of(self.row.at, column);
        let cell = match put {
            Put::Red => {
                let style = self.row.style.unwrap_or_else(|| self.columns.style(column));
                self.row.last = style;
                format!("<{prefix}c r=\"{name}\" s=\"{}\"/>", self.styles.red(style))
            }
            Put::Words(words) => inline_cell(prefix, &name, self.styles.words(), words),
            Put::Heading(words) => {
                inline_cell(prefix, &name, self.styles.red(self.row.last), words)
            }
        };
        self.out.write_all(cell.as_bytes())
    }
}
