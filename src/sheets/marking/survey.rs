//! A first look at a sheet: how wide it is, and whether it has been marked before.

use super::places::{column_of, row_of};
use super::tag::Tag;
use super::words::is_heading;
use super::xml::{Kind, Source};
use std::collections::BTreeMap;
use std::io::{self, BufRead, Read};

/// Strings that cells share and that are our heading: whether with words beneath.
pub type Headings = BTreeMap<u32, bool>;

/// What was seen.
#[derive(Debug, Default)]
pub struct Survey {
    /// The first column right of all content, and of what is merged with it.
    pub free: u32,
    /// The column that explains, from an earlier marking.
    pub heading: Option<Heading>,
}

/// A heading of ours that is there.
#[derive(Debug, Clone, Copy)]
pub struct Heading {
    /// Its column.
    pub column: u32,
    /// It has words beneath.
    pub more: bool,
}

/// Looks for our heading among the strings that cells share.
pub fn headings<R: Read>(strings: R) -> io::Result<Headings> {
    let mut source = Source::new(strings);
    let mut found = Headings::new();
    let mut text = Text::default();
    let mut at = 0u32;
    loop {
        let kind = source.next()?;
        if kind == Kind::Done {
            return Ok(found);
        }
        text.look(kind, &source);
        let item = matches!(kind, Kind::End | Kind::Empty) && source.tag().local() == "si";
        if item {
            let words = std::mem::take(&mut text.words);
            if is_heading(&words) {
                found.insert(at, words.trim().lines().count() > 1);
            }
            at = at.saturating_add(1);
        }
    }
}

/// Gathers the text of a string, without what says how it is spoken.
#[derive(Debug, Default)]
struct Text {
    words: String,
    taken: bool,
    spoken: bool,
}

impl Text {
    fn look<R: BufRead>(&mut self, kind: Kind, source: &Source<R>) {
        match kind {
            Kind::Start | Kind::End => self.tag(source.tag(), kind == Kind::Start),
            Kind::Text if self.taken => self.words.push_str(&source.text()),
            _ => {}
        }
    }

    fn tag(&mut self, tag: Tag<'_>, begins: bool) {
        match tag.local().as_bytes() {
            b"t" => self.taken = begins && !self.spoken,
            b"rPh" => self.spoken = begins,
            _ => {}
        }
    }
}

/// Looks through a sheet whose head is in row `head`.
pub fn survey<R: Read>(sheet: R, head: u32, headings: &Headings) -> io::Result<Survey> {
    let mut source = Source::new(sheet);
    let mut look = Look {
        head,
        headings: Some(headings),
        ..Look::default()
    };
    loop {
        match source.next()? {
            Kind::Done => break,
            kind @ (Kind::Start | Kind::Empty) => look.begins(source.tag(), kind == Kind::Empty),
            Kind::End => look.ends(source.tag()),
            Kind::Text if look.value || look.text.taken => look.words(&source),
            Kind::Text | Kind::Other => {}
        }
    }
    if look.prefix.is_none() || !look.seen {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "no cells in this part",
        ));
    }
    let ours = look.found.filter(|_| !look.formula);
    Ok(Survey {
        free: look.free,
        heading: ours,
    })
}

/// What is known while looking through.
#[derive(Default)]
struct Look<'a> {
    head: u32,
    headings: Option<&'a Headings>,
    prefix: Option<String>,
    seen: bool,
    row: u32,
    column: u32,
    /// The cell's value is the number of a shared string.
    shared: bool,
    value: bool,
    text: Text,
    free: u32,
    found: Option<Heading>,
    /// A formula stands below the heading: the column is not ours.
    formula: bool,
}

impl Look<'_> {
    fn begins(&mut self, tag: Tag<'_>, empty: bool) {
        let prefix = self.prefix.get_or_insert_with(|| tag.prefix().to_owned());
        // As bytes: short names are then compared in place, and there are millions of them.
        match tag.within(prefix).as_bytes() {
            b"sheetData" => self.seen = true,
            b"row" => {
                self.row = tag
                    .number("r")
                    .map_or(self.row, |row| row.saturating_sub(1));
                self.column = 0;
                if empty {
                    self.row = self.row.saturating_add(1);
                }
            }
            b"c" => {
                self.column = tag
                    .attribute("r")
                    .and_then(column_of)
                    .unwrap_or(self.column);
                self.shared = tag.attribute("t") == Some("s");
                self.text.words.clear();
                if empty {
                    self.column = self.column.saturating_add(1);
                }
            }
            b"f" => {
                self.filled();
                self.formula |= self
                    .found
                    .is_some_and(|found| found.column == self.column && self.row > self.head);
            }
            b"v" => self.value = !empty,
            b"mergeCell" => self.merged(tag),
            _ => self.text.tag(tag, !empty),
        }
    }

    fn ends(&mut self, tag: Tag<'_>) {
        match tag.local().as_bytes() {
            b"row" => self.row = self.row.saturating_add(1),
            b"c" => {
                self.cell();
                self.column = self.column.saturating_add(1);
            }
            b"v" => self.value = false,
            _ => self.text.tag(tag, false),
        }
    }

    fn words<R: BufRead>(&mut self, source: &Source<R>) {
        if self.row == self.head {
            self.text.words.push_str(&source.text());
        }
        if !source.raw().trim_ascii().is_empty() {
            self.filled();
        }
    }

    fn filled(&mut self) {
        self.free = self.free.max(self.column.saturating_add(1));
    }

    /// At the end of a cell of the head row: whether it is our heading.
    fn cell(&mut self) {
        if self.row != self.head || self.found.is_some() {
            return;
        }
        let words = std::mem::take(&mut self.text.words);
        let shared = self
            .shared
            .then(|| self.headings?.get(&words.trim().parse().ok()?).copied())
            .flatten();
        let own = (!self.shared && is_heading(&words)).then(|| words.trim().lines().count() > 1);
        self.found = shared.or(own).map(|more| Heading {
            column: self.column,
            more,
        });
    }

    /// What is merged with content beside or below the head must not swallow the new column.
    fn merged(&mut self, tag: Tag<'_>) {
        let Some((first, last)) = tag.attribute("ref").and_then(|range| range.split_once(':'))
        else {
            return;
        };
        let (Some(left), Some(right), Some(bottom)) =
            (column_of(first), column_of(last), row_of(last))
        else {
            return;
        };
        if left < self.free && bottom >= self.head {
            self.free = self.free.max(right.saturating_add(1));
        }
    }
}
