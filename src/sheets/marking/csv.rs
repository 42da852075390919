//! Explanations in a text file: one column more at the end, in the file's own encoding and with
//! its own separator. What was there keeps its bytes.

use super::Marks;
use super::words::{heading, is_heading, kept};
use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, Write};
use std::ops::Range;

/// How a text file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Code {
    Utf8,
    Gb18030,
    Utf16 { big: bool },
}

/// Copies a text file with explanations. Rows count as records, so that a line break in
/// quotation marks stays in its cell; empty lines count. A row that is not there gets no words.
pub fn mark_csv<W: Write>(from: &[u8], mut to: W, marks: &Marks) -> io::Result<()> {
    let file = File::new(from);
    let mut old = None;
    let mut width = 0;
    for (row, record) in (0..).zip(file.records()) {
        width = width.max(record.fields.len());
        if row == marks.head {
            old = record
                .fields
                .iter()
                .position(|field| is_heading(&file.text(field.clone())));
        }
    }
    if marks.words.is_empty() && old.is_none() {
        return to.write_all(from);
    }
    to.write_all(from.get(..file.begin).unwrap_or_default())?;
    for (row, record) in (0u32..).zip(file.records()) {
        let words = marks.words.get(&row);
        let new = if row == marks.head {
            Some(heading(words))
        } else {
            words.cloned()
        };
        // Above the head an old column is not ours.
        let stays = new.is_none() && row < marks.head && old.is_some();
        let new = if stays {
            None
        } else {
            Some(new.unwrap_or_default())
        };
        to.write_all(&file.marked(&record, old.unwrap_or(width), new.as_deref()))?;
    }
    Ok(())
}

/// A text file.
struct File<'a> {
    bytes: &'a [u8],
    /// After the mark of its encoding.
    begin: usize,
    code: Code,
    separator: u16,
}

/// A record of the file: where its fields are, and the end of its line.
struct Record {
    fields: Vec<Range<usize>>,
    end: Range<usize>,
}

const QUOTE: u16 = b'"' as u16;
const LINE: u16 = b'\n' as u16;
const RETURN: u16 = b'\r' as u16;
const COMMA: u16 = b',' as u16;
const TAB: u16 = b'\t' as u16;
const SEMICOLON: u16 = b';' as u16;

/// Lines that are looked at to see what separates fields.
const LOOKED_AT: usize = 20;

impl<'a> File<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let (code, begin) = match bytes {
            [0xef, 0xbb, 0xbf, ..] => (Code::Utf8, 3),
            [0xff, 0xfe, ..] => (Code::Utf16 { big: false }, 2),
            [0xfe, 0xff, ..] => (Code::Utf16 { big: true }, 2),
            [0, _, ..] => (Code::Utf16 { big: true }, 0),
            [_, 0, ..] => (Code::Utf16 { big: false }, 0),
            _ if std::str::from_utf8(bytes).is_ok() => (Code::Utf8, 0),
            _ => (Code::Gb18030, 0),
        };
        let file = Self {
            bytes,
            begin,
            code,
            separator: COMMA,
        };
        let count = |separator| {
            let as_read = File { separator, ..file };
            as_read
                .records()
                .take(LOOKED_AT)
                .map(|record| record.fields.len())
                .sum::<usize>()
        };
        // The later of equals is taken.
        let separator = [SEMICOLON, TAB, COMMA]
            .into_iter()
            .max_by_key(|separator| count(*separator));
        File {
            separator: separator.unwrap_or(COMMA),
            ..file
        }
    }

    const fn step(&self) -> usize {
        match self.code {
            Code::Utf16 { .. } => 2,
            Code::Utf8 | Code::Gb18030 => 1,
        }
    }

    /// The unit at a place. What separates and quotes is never a part of another character,
    /// neither in UTF-8 nor in GB 18030.
    fn unit(&self, at: usize) -> Option<u16> {
        match (self.code, self.bytes.get(at..at + self.step())?) {
            (Code::Utf16 { big: true }, [high, low]) => Some(u16::from_be_bytes([*high, *low])),
            (Code::Utf16 { big: false }, [low, high]) => Some(u16::from_le_bytes([*low, *high])),
            (_, [byte]) => Some(u16::from(*byte)),
            _ => None,
        }
    }

    fn records(&self) -> Records<'_> {
        Records {
            file: self,
            at: self.begin,
        }
    }

    /// A field's text without its quotation marks.
    fn text(&self, field: Range<usize>) -> String {
        let bytes = self.bytes.get(field).unwrap_or_default();
        let encoding = match self.code {
            Code::Utf8 => UTF_8,
            Code::Gb18030 => GB18030,
            Code::Utf16 { big: true } => UTF_16BE,
            Code::Utf16 { big: false } => UTF_16LE,
        };
        let text = encoding.decode_without_bom_handling(bytes).0;
        let inner = text
            .strip_prefix('"')
            .map(|text| text.strip_suffix('"').unwrap_or(text).replace("\"\"", "\""));
        inner.unwrap_or_else(|| text.into_owned())
    }

    fn encoded(&self, text: &str) -> Vec<u8> {
        match self.code {
            Code::Utf8 => text.as_bytes().to_vec(),
            Code::Gb18030 => GB18030.encode(text).0.into_owned(),
            Code::Utf16 { big: true } => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Code::Utf16 { big: false } => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        }
    }

    /// A record with new text in a field; without new text as it stands.
    fn marked(&self, record: &Record, target: usize, new: Option<&str>) -> Vec<u8> {
        let begin = record
            .fields
            .first()
            .map_or(record.end.start, |field| field.start);
        let old = record
            .fields
            .get(target)
            .cloned()
            .unwrap_or(record.end.start..record.end.start);
        let count = record.fields.len();
        // A row as wide as the widest stays so; shorter ones grow only where there are words.
        let new = new.filter(|new| target <= count || !new.is_empty());
        let slice = |range: Range<usize>| self.bytes.get(range).unwrap_or_default();
        let Some(new) = new else {
            return slice(begin..record.end.end).to_vec();
        };
        let separator = char::from_u32(u32::from(self.separator))
            .unwrap_or(',')
            .to_string();
        let missing = separator.repeat((target + 1).saturating_sub(count));
        let mut line = slice(begin..old.start).to_vec();
        line.extend(self.encoded(&format!("{missing}{}", field(new, &separator))));
        line.extend_from_slice(slice(old.end..record.end.end));
        line
    }
}

/// Text as a field: no formula, and in quotation marks where it needs them.
fn field(text: &str, separator: &str) -> String {
    let text = kept(text);
    let guard = if text.starts_with(['=', '+', '-', '@', '\t']) {
        "'"
    } else {
        ""
    };
    if text.contains(['"', '\n']) || text.contains(separator) {
        return format!("\"{guard}{}\"", text.replace('"', "\"\""));
    }
    format!("{guard}{text}")
}

struct Records<'a> {
    file: &'a File<'a>,
    at: usize,
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let (file, step) = (self.file, self.file.step());
        if self.at >= file.bytes.len() {
            return None;
        }
        let (mut fields, mut begin, mut at) = (Vec::new(), self.at, self.at);
        let (mut quoted, mut may_quote) = (false, true);
        while let Some(unit) = file.unit(at) {
            if unit == QUOTE && (quoted || may_quote) {
                // A second one right behind goes on quoting.
                quoted = !quoted;
                may_quote = true;
            } else if quoted {
                may_quote = false;
            } else if unit == file.separator {
                fields.push(begin..at);
                begin = at + step;
                may_quote = true;
            } else if unit == LINE || unit == RETURN {
                let both = unit == RETURN && file.unit(at + step) == Some(LINE);
                fields.push(begin..at);
                self.at = at + if both { 2 * step } else { step };
                return Some(Record {
                    fields,
                    end: at..self.at,
                });
            } else {
                may_quote = false;
            }
            at += step;
        }
        fields.push(begin..at.min(file.bytes.len()));
        self.at = file.bytes.len();
        Some(Record {
            fields,
            end: at..self.at,
        })
    }
}
