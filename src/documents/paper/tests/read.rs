//! A Word file as another program reads it: parts, paragraphs, rows, figures.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A paragraph.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Paragraph {
    pub style: String,
    pub text: String,
    /// Begins a page.
    pub begins: bool,
}

/// A row of a table.
#[derive(Debug, Default)]
pub struct Row {
    /// Repeated on every page.
    pub header: bool,
    /// Stays on one page.
    pub whole: bool,
    pub cells: Vec<Cell>,
}

/// A cell; its paragraphs are lines.
#[derive(Debug, Default)]
pub struct Cell {
    pub across: usize,
    pub lines: Vec<String>,
}

/// What stands in a file.
#[derive(Debug, Default)]
pub struct Read {
    pub parts: BTreeMap<String, String>,
    pub paragraphs: Vec<Paragraph>,
    pub rows: Vec<Row>,
    /// The text of each bookmark that is a figure, by its number.
    pub figures: BTreeMap<usize, String>,
    /// Headers and footers of the section: kind and part.
    pub references: Vec<(String, String)>,
    open: Option<usize>,
    in_text: bool,
    in_cell: bool,
}

impl Read {
    pub fn of(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut read = Self::default();
        for number in 0..archive.len() {
            let mut part = archive.by_index(number).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            let name = part.name().unwrap().into_owned();
            read.parts.insert(name, text);
        }
        // Every part is XML to its end.
        for text in read.parts.values() {
            walk(text, |_| ());
        }
        let body = read.parts["word/document.xml"].clone();
        walk(&body, |event| read.take(event));
        read
    }

    /// All paragraphs of a style.
    pub fn styled(&self, style: &str) -> Vec<&str> {
        let own = self.paragraphs.iter().filter(|each| each.style == style);
        own.map(|each| each.text.as_str()).collect()
    }

    /// All that is said, line by line.
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self
            .paragraphs
            .iter()
            .map(|each| each.text.as_str())
            .collect();
        texts.join("\n")
    }

    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) | Event::Empty(tag) => self.begin(tag),
            Event::End(tag) => self.end(tag.name().as_ref()),
            Event::Text(text) => self.say(text),
            Event::GeneralRef(sign) => {
                let sign = sign.resolve_char_ref().unwrap().unwrap();
                self.say(&sign.to_string());
            }
            _ => {}
        }
    }

    fn begin(&mut self, tag: &BytesStart<'_>) {
        let name = tag.name();
        match name.as_ref() {
            "w:p" => self.paragraphs.push(Paragraph::default()),
            "w:pStyle" => self.last().style = value(tag, "w:val"),
            "w:pageBreakBefore" => self.last().begins = true,
            "w:t" => self.in_text = true,
            "w:tr" => self.rows.push(Row::default()),
            "w:tblHeader" => self.rows.last_mut().unwrap().header = true,
            "w:cantSplit" => self.rows.last_mut().unwrap().whole = true,
            "w:tc" => {
                self.in_cell = true;
                self.rows.last_mut().unwrap().cells.push(Cell {
                    across: 1,
                    lines: vec![],
                });
            }
            "w:gridSpan" => self.cell().across = value(tag, "w:val").parse().unwrap(),
            "w:bookmarkStart" => {
                let name = value(tag, "w:name");
                let number = name.strip_prefix("_Figure").unwrap().parse().unwrap();
                self.open = Some(number);
                self.figures.insert(number, String::new());
            }
            "w:bookmarkEnd" => self.open = None,
            "w:headerReference" | "w:footerReference" => {
                let kind = format!("{} {}", &name.as_ref()[2..8], value(tag, "w:type"));
                self.references.push((kind, value(tag, "r:id")));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "w:t" => self.in_text = false,
            "w:tc" => self.in_cell = false,
            "w:p" if self.in_cell => {
                let text = self.last().text.clone();
                self.cell().lines.push(text);
            }
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        if !self.in_text {
            return;
        }
        self.last().text.push_str(text);
        if let Some(figure) = self.open {
            self.figures.get_mut(&figure).unwrap().push_str(text);
        }
    }

    fn last(&mut self) -> &mut Paragraph {
        self.paragraphs.last_mut().unwrap()
    }

    fn cell(&mut self) -> &mut Cell {
        self.rows.last_mut().unwrap().cells.last_mut().unwrap()
    }
}

fn walk(xml: &str, mut take: impl FnMut(&Event<'_>)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            event => take(&event),
        }
    }
}

fn value(tag: &BytesStart<'_>, name: &str) -> String {
    let mut attributes = tag.attributes().map(Result::unwrap);
    let found = attributes.find(|each| each.key.as_ref() == name);
    found.unwrap().value.into_owned()
}
