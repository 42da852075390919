//! XML as it stands in a part: what is not changed is handed on as the very bytes that were read.

use super::tag::Tag;
use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

/// What a piece of a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `<c r="A1">`
    Start,
    /// `<c r="A1"/>`
    Empty,
    /// `</c>`
    End,
    /// Text, a reference in text, or CDATA.
    Text,
    /// Declaration, comment, instruction.
    Other,
    /// Nothing more comes.
    Done,
}

/// Reads a part piece by piece and keeps the bytes of the last one.
pub struct Source<R: BufRead> {
    reader: Reader<Tee<R>>,
    buffer: Vec<u8>,
    /// Elements that are open.
    open: usize,
}

impl<R: Read> Source<BufReader<R>> {
    /// Over a part.
    pub fn new(from: R) -> Self {
        let tee = Tee {
            from: BufReader::with_capacity(1 << 16, from),
            taken: Vec::new(),
        };
        Self {
            reader: Reader::from_reader(tee),
            buffer: Vec::new(),
            open: 0,
        }
    }
}

impl<R: BufRead> Source<R> {
    /// Goes on to the next piece. A part that ends within an element is broken.
    pub fn next(&mut self) -> io::Result<Kind> {
        self.buffer.clear();
        self.reader.get_mut().taken.clear();
        let event = self
            .reader
            .read_event_into(&mut self.buffer)
            .map_err(broken)?;
        Ok(match event {
            Event::Start(_) => {
                self.open += 1;
                Kind::Start
            }
            Event::Empty(_) => Kind::Empty,
            Event::End(_) => {
                self.open = self.open.saturating_sub(1);
                Kind::End
            }
            Event::Eof if self.open > 0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => Kind::Text,
            Event::Eof => Kind::Done,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => Kind::Other,
        })
    }

    /// The bytes of the last piece.
    pub fn raw(&self) -> &[u8] {
        &self.reader.get_ref().taken
    }

    /// The last piece as a tag.
    pub fn tag(&self) -> Tag<'_> {
        Tag(std::str::from_utf8(self.raw()).unwrap_or_default())
    }

    /// The last piece as text, its references resolved.
    pub fn text(&self) -> String {
        let raw = std::str::from_utf8(self.raw()).unwrap_or_default();
        let plain = raw
            .strip_prefix("<![CDATA[")
            .and_then(|rest| rest.strip_suffix("]]>"));
        plain.map_or_else(
            || unescape(raw).map_or_else(|_| raw.to_owned(), Cow::into_owned),
            str::to_owned,
        )
    }
}

fn broken(error: Error) -> io::Error {
    match error {
        Error::Io(error) => io::Error::new(error.kind(), error.to_string()),
        other => io::Error::new(io::ErrorKind::InvalidData, other),
    }
}

/// Keeps what is read through it.
struct Tee<R> {
    from: R,
    taken: Vec<u8>,
}

impl<R: BufRead> Read for Tee<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.taken
            .extend_from_slice(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Tee<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.from.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        // What was just filled is still there: this reads nothing anew.
        if let Ok(filled) = self.from.fill_buf() {
            self.taken
                .extend_from_slice(filled.get(..amount).unwrap_or_default());
        }
        self.from.consume(amount);
    }
}
