//! Runs over the tags of a part, unpacked piece by piece, and holds never more than one of them.
//!
//! It sees a part as quick-xml (under calamine) does, or refuses it: what would make the two differ (`<` inside a tag, a quote in a closing tag,
//! another encoding than UTF-8) is no XML that an office program writes.

use std::io::Read;

use memchr::{memchr, memmem};

use super::limits;
use crate::sheets::cells::Unreadable;

/// How a tag stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `<a>`
    Open,
    /// `<a/>`
    Whole,
    /// `</a>`
    Close,
}

/// A tag.
#[derive(Debug, Clone, Copy)]
pub struct Tag<'a> {
    /// Its name without a prefix.
    pub name: &'a [u8],
    /// What stands after the name.
    pub rest: &'a [u8],
    /// Opening or closing.
    pub form: Form,
    /// At which byte of the part it begins.
    pub at: usize,
}

/// Shows every tag of a part to `see`, but for those of [`passed_over`].
pub fn scan<R: Read>(
    source: R,
    see: &mut impl FnMut(&Tag<'_>) -> Result<(), Unreadable>,
) -> Result<(), Unreadable> {
    let mut window = Window::new(source);
    let mut place = Reached::default();
    window.check_encoding()?;
    loop {
        let done = scan_piece(window.rest(), &mut place, see)?;
        window.at += done;
        place.at += done;
        if !window.read_on()? {
            // What is left over is a tag without an end, or text behind the last tag.
            return match memchr(b'<', window.rest()) {
                Some(_) => Err(Unreadable::Broken),
                None => Ok(()),
            };
        }
    }
}

/// How far a scan has come.
#[derive(Debug, Default)]
struct Reached {
    /// Bytes before this piece.
    at: usize,
    depth: u32,
}

/// Shows the tags that lie whole in `bytes`; says how many bytes it is done with.
fn scan_piece(
    bytes: &[u8],
    place: &mut Reached,
    see: &mut impl FnMut(&Tag<'_>) -> Result<(), Unreadable>,
) -> Result<usize, Unreadable> {
    let mut done = 0;
    while let Some(rest) = bytes.get(done..) {
        let text = match rest {
            [b'<', ..] => 0,
            _ => match memchr(b'<', rest) {
                Some(text) => text,
                None => break,
            },
        };
        let rest = rest.get(text..).unwrap_or_default();
        if let Some((length, form)) = passed_over(rest) {
            count_depth(&mut place.depth, form)?;
            done += text + length;
            continue;
        }
        let Some(length) = length_of_tag(rest)? else {
            break;
        };
        if let Some(tag) = read_tag(
            rest.get(..length).unwrap_or_default(),
            place.at + done + text,
        )? {
            count_depth(&mut place.depth, tag.form)?;
            see(&tag)?;
        }
        done += text + length;
    }
    Ok(done)
}

/// Tags that nobody asks for and that make up most of a sheet: their length and form.
const fn passed_over(bytes: &[u8]) -> Option<(usize, Form)> {
    match bytes {
        [b'<', b'v' | b't', b'>', ..] => Some((3, Form::Open)),
        [b'<', b'i', b's', b'>', ..] => Some((4, Form::Open)),
        [b'<', b'/', b'c' | b'v' | b't', b'>', ..] => Some((4, Form::Close)),
        [b'<', b'/', b'i', b's', b'>', ..] => Some((5, Form::Close)),
        _ => None,
    }
}

const fn count_depth(depth: &mut u32, form: Form) -> Result<(), Unreadable> {
    match form {
        Form::Open => *depth += 1,
        Form::Close => *depth = depth.saturating_sub(1),
        Form::Whole => {}
    }
    if *depth > limits::DEPTH {
        return Err(Unreadable::Broken);
    }
    Ok(())
}

/// A tag out of its bytes; nothing for comments and the like.
fn read_tag(piece: &[u8], at: usize) -> Result<Option<Tag<'_>>, Unreadable> {
    let inside = piece
        .get(1..piece.len().saturating_sub(1))
        .ok_or(Unreadable::Broken)?;
    let (inside, form) = match inside {
        [b'!', ..] => return Ok(None),
        [b'?', ..] => return check_declaration(inside).map(|()| None),
        [b'/', inside @ ..] => (inside, Form::Close),
        [inside @ .., b'/'] => (inside, Form::Whole),
        _ => (inside, Form::Open),
    };
    let end = inside
        .iter()
        .position(|&byte| is_space(byte))
        .unwrap_or(inside.len());
    let (name, rest) = inside.split_at(end);
    let name = match name.iter().position(|&byte| byte == b':') {
        Some(colon) => name.get(colon + 1..).unwrap_or_default(),
        None => name,
    };
    Ok(Some(Tag {
        name,
        rest,
        form,
        at,
    }))
}

/// Only UTF-8 is read: another encoding would show calamine other tags than it shows here.
fn check_declaration(inside: &[u8]) -> Result<(), Unreadable> {
    if !inside.starts_with(b"?xml") {
        return Ok(());
    }
    let Some(at) = memmem::find(inside, b"encoding") else {
        return Ok(());
    };
    let after = inside.get(at + 8..).unwrap_or_default();
    let value: Vec<u8> = after
        .iter()
        .skip_while(|byte| !matches!(byte, b'"' | b'\''))
        .skip(1)
        .take_while(|byte| !matches!(byte, b'"' | b'\''))
        .map(u8::to_ascii_lowercase)
        .collect();
    match value.as_slice() {
        b"utf-8" | b"utf8" | b"us-ascii" => Ok(()),
        _ => Err(Unreadable::Broken),
    }
}

/// A piece of the part.
struct Window<R> {
    source: R,
    buffer: Vec<u8>,
    at: usize,
    filled: usize,
}

/// How much is unpacked at a time.
const PIECE: usize = 64 * 1024;

impl<R: Read> Window<R> {
    fn new(source: R) -> Self {
        Self {
            source,
            buffer: vec![0; PIECE],
            at: 0,
            filled: 0,
        }
    }

    fn rest(&self) -> &[u8] {
        self.buffer.get(self.at..self.filled).unwrap_or_default()
    }

    /// Reads on, keeping what is not yet done with; false at the end.
    fn read_on(&mut self) -> Result<bool, Unreadable> {
        self.buffer.copy_within(self.at..self.filled, 0);
        self.filled -= self.at;
        self.at = 0;
        if self.filled == self.buffer.len() {
            if self.filled >= limits::STRETCH {
                return Err(Unreadable::Broken);
            }
            self.buffer.resize(self.filled * 2, 0);
        }
        let space = self.buffer.get_mut(self.filled..).unwrap_or_default();
        let read = self.source.read(space).map_err(|error| broken_or(&error))?;
        self.filled += read;
        Ok(read > 0)
    }

    fn check_encoding(&mut self) -> Result<(), Unreadable> {
        while self.filled < 4 && self.read_on()? {}
        match self.rest() {
            [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [0, ..] | [_, 0, ..] => Err(Unreadable::Broken),
            _ => Ok(()),
        }
    }
}

/// The reader that counts says with an error of its own kind that there is too much.
pub fn broken_or(error: &std::io::Error) -> Unreadable {
    match error.kind() {
        std::io::ErrorKind::FileTooLarge => Unreadable::Unpacked,
        _ => Unreadable::Broken,
    }
}

/// How long the tag is that `bytes` begin with, or nothing when its end is not yet there.
fn length_of_tag(bytes: &[u8]) -> Result<Option<usize>, Unreadable> {
    match bytes {
        [_, b'!', ..] => length_of_mark(bytes),
        [_, b'?', ..] => {
            Ok(memmem::find(bytes.get(2..).unwrap_or_default(), b"?>").map(|at| at + 4))
        }
        [_, b'/', ..] => {
            let end = memchr(b'>', bytes);
            let inside = bytes.get(1..end.unwrap_or(bytes.len())).unwrap_or_default();
            let is_odd = inside
                .iter()
                .any(|byte| matches!(byte, b'"' | b'\'' | b'<'));
            if is_odd {
                return Err(Unreadable::Broken);
            }
            Ok(end.map(|at| at + 1))
        }
        _ => length_of_start(bytes),
    }
}

fn length_of_start(bytes: &[u8]) -> Result<Option<usize>, Unreadable> {
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'>' => return Ok(Some(at)),
            b'<' => return Err(Unreadable::Broken),
            b'"' | b'\'' => loop {
                match bytes.get(at) {
                    Some(b'<') => return Err(Unreadable::Broken),
                    Some(&end) if end == byte => break at += 1,
                    Some(_) => at += 1,
                    None => return Ok(None),
                }
            },
            _ => {}
        }
    }
    Ok(None)
}

/// Comments and verbatim text are passed over; a document type is refused, since only attacks have one.
fn length_of_mark(bytes: &[u8]) -> Result<Option<usize>, Unreadable> {
    const COMMENT: &[u8] = b"<!--";
    const VERBATIM: &[u8] = b"<![CDATA[";
    let begins = |mark: &[u8]| {
        mark.starts_with(bytes.get(..mark.len().min(bytes.len())).unwrap_or_default())
    };
    let (mark, end) = if begins(COMMENT) {
        (COMMENT, b"-->")
    } else if begins(VERBATIM) {
        (VERBATIM, b"]]>")
    } else {
        return Err(Unreadable::Broken);
    };
    let Some(inside) = bytes.get(mark.len()..) else {
        return Ok(None);
    };
    // quick-xml and the standard differ here.
    if mark == COMMENT && (inside.starts_with(b">") || inside.starts_with(b"->")) {
        return Err(Unreadable::Broken);
    }
    Ok(memmem::find(inside, end).map(|at| mark.len() + at + end.len()))
}

/// White space of XML.
const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// The attributes of a tag, as calamine takes them apart: names with their prefixes, values raw.
pub struct Attributes<'a>(&'a [u8]);

impl<'a> Tag<'a> {
    /// Its attributes, duplicates and all.
    pub const fn attributes(&self) -> Attributes<'a> {
        Attributes(self.rest)
    }

    /// The value of an attribute. Two of one name are refused: calamine takes now the first, now the last.
    pub fn value(&self, name: &str) -> Result<Option<&'a [u8]>, Unreadable> {
        let mut found = None;
        for attribute in self.attributes() {
            let (key, value) = attribute?;
            if key == name.as_bytes() && found.replace(value).is_some() {
                return Err(Unreadable::Broken);
            }
        }
        Ok(found)
    }

    /// Whether an attribute says yes.
    pub fn is(&self, name: &str) -> Result<bool, Unreadable> {
        Ok(matches!(self.value(name)?, Some(b"1" | b"true")))
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Result<(&'a [u8], &'a [u8]), Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.0.trim_ascii_start();
        self.0 = &[];
        if rest.is_empty() {
            return None;
        }
        let Some((key, after)) = cut(rest, b'=') else {
            return Some(Err(Unreadable::Broken));
        };
        let (quote, after) = match after.trim_ascii_start() {
            [quote @ (b'"' | b'\''), after @ ..] => (*quote, after),
            _ => return Some(Err(Unreadable::Broken)),
        };
        let Some((value, after)) = cut(after, quote) else {
            return Some(Err(Unreadable::Broken));
        };
        self.0 = after;
        Some(Ok((key.trim_ascii_end(), value)))
    }
}

/// What stands before and after a byte.
fn cut(bytes: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let place = bytes.iter().position(|&byte| byte == at)?;
    Some((bytes.get(..place)?, bytes.get(place + 1..)?))
}
