//! The part with the styles as text: where its lists of fills and of cell formats stand.

use super::tag::Tag;
use super::xml::{Kind, Source};
use std::io;
use std::ops::Range;

/// A book without styles gets these.
const LEAST: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>"#;

/// The lists of a stylesheet in the order that the schema asks for.
const ORDER: [&str; 11] = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];

/// The sources of the elements in the two lists.
pub struct Sections {
    /// `fill` elements.
    pub fills: Vec<String>,
    /// `xf` elements of cells.
    pub formats: Vec<String>,
}

/// The part, and where things stand in it.
pub struct Stylesheet {
    source: String,
    prefix: String,
    lists: Vec<List>,
    /// Where the root ends.
    end: usize,
}

/// A list of the stylesheet.
struct List {
    name: String,
    open: Range<usize>,
    /// Where its end tag begins; of `<fills/>` there is none.
    close: Option<usize>,
    items: Vec<Range<usize>>,
}

impl Stylesheet {
    /// Reads the part; an empty one is that of a book without styles.
    pub fn read(source: &[u8]) -> io::Result<Self> {
        let source = if source.is_empty() {
            LEAST.as_bytes()
        } else {
            source
        };
        let text = String::from_utf8(source.to_vec())
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        let mut sheet = Self {
            source: String::new(),
            prefix: String::new(),
            lists: Vec::new(),
            end: 0,
        };
        let mut pieces = Source::new(text.as_bytes());
        let (mut at, mut depth) = (0, 0u32);
        loop {
            let kind = pieces.next()?;
            let piece = at..at + pieces.raw().len();
            at = piece.end;
            match kind {
                Kind::Done => break,
                Kind::Start => {
                    sheet.begins(pieces.tag(), depth, piece);
                    depth += 1;
                }
                Kind::Empty => {
                    sheet.begins(pieces.tag(), depth, piece.clone());
                    sheet.ends(depth, &piece, true);
                }
                Kind::End => {
                    depth = depth.saturating_sub(1);
                    sheet.ends(depth, &piece, false);
                }
                Kind::Text | Kind::Other => {}
            }
        }
        if sheet.end == 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "no stylesheet"));
        }
        sheet.source = text;
        Ok(sheet)
    }

    fn begins(&mut self, tag: Tag<'_>, depth: u32, piece: Range<usize>) {
        match depth {
            0 => self.prefix = tag.prefix().to_owned(),
            1 => {
                let name = tag.within(&self.prefix).to_owned();
                self.lists.push(List {
                    name,
                    open: piece,
                    close: None,
                    items: Vec::new(),
                });
            }
            2 => {
                if let Some(list) = self.lists.last_mut() {
                    list.items.push(piece);
                }
            }
            _ => {}
        }
    }

    fn ends(&mut self, depth: u32, piece: &Range<usize>, empty: bool) {
        match (depth, self.lists.last_mut()) {
            (0, _) if !empty => self.end = piece.start,
            (1, Some(list)) if !empty => list.close = Some(piece.start),
            (2, Some(list)) => {
                if let Some(item) = list.items.last_mut() {
                    item.end = piece.end;
                }
            }
            _ => {}
        }
    }

    /// The prefix of its elements.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// What is in the lists.
    pub fn sections(&self) -> Sections {
        Sections {
            fills: self.items("fills", "fill"),
            formats: self.items("cellXfs", "xf"),
        }
    }

    fn items(&self, list: &str, element: &str) -> Vec<String> {
        let items = self
            .lists
            .iter()
            .filter(|found| found.name == list)
            .flat_map(|list| &list.items);
        let sources = items.filter_map(|item| self.source.get(item.clone()));
        sources
            .filter(|source| Tag(source).is(&self.prefix, element))
            .map(str::to_owned)
            .collect()
    }

    /// The part with more fills and formats: what is new, and how many there are then.
    pub fn with(&self, fills: (&[String], usize), formats: (&[String], usize)) -> String {
        let mut edits = self.edits("fills", fills.0, fills.1);
        edits.extend(self.edits("cellXfs", formats.0, formats.1));
        // Stable: of two lists put in at one place, fills come first.
        edits.sort_by_key(|(place, _)| place.start);
        let mut text = String::with_capacity(self.source.len() + 1024);
        let mut at = 0;
        for (place, new) in edits {
            text.push_str(self.source.get(at..place.start).unwrap_or_default());
            text.push_str(&new);
            at = place.end;
        }
        text.push_str(self.source.get(at..).unwrap_or_default());
        text
    }

    fn edits(&self, name: &str, added: &[String], count: usize) -> Vec<(Range<usize>, String)> {
        if added.is_empty() {
            return Vec::new();
        }
        let (prefix, new, count) = (&self.prefix, added.concat(), count.to_string());
        let Some(list) = self.lists.iter().find(|list| list.name == name) else {
            let place = self.place(name);
            return vec![(
                place..place,
                format!("<{prefix}{name} count=\"{count}\">{new}</{prefix}{name}>"),
            )];
        };
        let open =
            Tag(self.source.get(list.open.clone()).unwrap_or_default()).with("count", &count);
        match list.close {
            Some(close) => vec![(list.open.clone(), open), (close..close, new)],
            None => vec![(
                list.open.clone(),
                format!("{}{new}</{prefix}{name}>", Tag(&open).opened()),
            )],
        }
    }

    /// Where a list that is missing belongs.
    fn place(&self, name: &str) -> usize {
        let later = ORDER.iter().skip_while(|list| **list != name);
        let next = later
            .filter_map(|later| self.lists.iter().find(|list| list.name == *later))
            .map(|list| list.open.start);
        next.min().unwrap_or(self.end)
    }
}
