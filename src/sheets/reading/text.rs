//! Tells a text file with separators as one sheet.

use std::{fs, path::Path};

use csv::{ByteRecord, Reader, ReaderBuilder};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::{
    Failed, Tell, Wanted, limits,
    look::HiddenRows,
    tally::{Go, Rows, Tally},
};
use crate::sheets::cells::{Cell, Look, SheetName, Told, Unreadable, Value};

/// Tells the file; says how many rows.
pub fn read(path: &Path, name: &str, wanted: &Wanted, tell: Tell<'_>) -> Result<usize, Failed> {
    let (text, encoding) = decode(&fs::read(path)?)?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    tell(Told::Book {
        sheets: vec![SheetName {
            name: stem.to_owned(),
            hidden: false,
        }],
        encoding: Some(encoding.to_owned()),
    })?;
    let rows = match wanted {
        Wanted::Heads(rows) => *rows,
        Wanted::Sheets(places) if places.contains(&0) => usize::MAX,
        Wanted::Sheets(_) => return Ok(0),
    };
    tell(Told::Sheet(Look::default()))?;
    let mut tally = Tally::of(wanted);
    let hidden = HiddenRows::default();
    read_rows(&text, Rows::new(&mut tally, tell, &hidden, rows))?;
    Ok(tally.rows)
}

/// The text of the file and what its encoding is called. Nothing is replaced: a file that is in none of these is refused.
fn decode(bytes: &[u8]) -> Result<(String, &'static str), Unreadable> {
    let (encoding, bytes, called): (&'static Encoding, _, _) = match bytes {
        [0xEF, 0xBB, 0xBF, bytes @ ..] => (UTF_8, bytes, "UTF-8（带签名）"),
        [0xFF, 0xFE, bytes @ ..] => (UTF_16LE, bytes, "UTF-16"),
        [0xFE, 0xFF, bytes @ ..] => (UTF_16BE, bytes, "UTF-16"),
        _ => match std::str::from_utf8(bytes) {
            Ok(_) => (UTF_8, bytes, "UTF-8"),
            Err(error) if begins_as_utf8(bytes, &error) => return Err(Unreadable::Broken),
            Err(_) => (GB18030, bytes, "GB 18030"),
        },
    };
    let is_wide = called == "UTF-16";
    if !is_wide && memchr::memchr(0, bytes).is_some() {
        return Err(Unreadable::Other);
    }
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or(Unreadable::Broken)?
        .into_owned();
    if is_wide && text.contains('\0') {
        return Err(Unreadable::Other);
    }
    Ok((text, called))
}

/// Whether a file that is not UTF-8 as a whole begins as UTF-8: a part was pasted in from elsewhere, or its end is cut off. As GB 18030 its
/// words would be others; the other way round, words in GB 18030 do not begin as several Chinese characters in UTF-8.
fn begins_as_utf8(bytes: &[u8], error: &std::str::Utf8Error) -> bool {
    const ENOUGH: usize = 4;
    let begins = bytes.get(..error.valid_up_to()).unwrap_or_default();
    let text = std::str::from_utf8(begins).unwrap_or_default();
    let is_chinese = |letter: &char| ('\u{4E00}'..='\u{9FFF}').contains(letter);
    let foreign = text.chars().filter(|letter| !letter.is_ascii()).count();
    let chinese = text.chars().filter(is_chinese).count();
    chinese >= ENOUGH && chinese * 2 > foreign
}

/// The separator and where the rows begin. A first line `sep=;` says it, as Excel has it; else the first line with content shows it.
fn separator(text: &str) -> (u8, usize) {
    let first = text.lines().next().unwrap_or_default();
    if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', separator] = first.as_bytes() {
        let end = text.find('\n').map_or(text.len(), |at| at + 1);
        return (*separator, end);
    }
    let line = text
        .split(['\n', '\r'])
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let count = |separator: u8| {
        let mut quoted = false;
        line.bytes()
            .filter(|&byte| {
                quoted ^= byte == b'"';
                byte == separator && !quoted
            })
            .count()
    };
    // At equal counts the last is taken, so the comma stands last.
    let separator = [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|&separator| count(separator));
    (separator.unwrap_or(b','), 0)
}

fn read_rows(text: &str, mut rows: Rows<'_>) -> Result<(), Failed> {
    let (separator, begin) = separator(text);
    let text = text.get(begin..).unwrap_or_default();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut record = ByteRecord::new();
    let mut row = 0_u32;
    loop {
        let start = place_of(&reader);
        let is_read = reader
            .read_byte_record(&mut record)
            .map_err(|_| Unreadable::Broken)?;
        if !is_read {
            return rows.finish();
        }
        // The reader passes over empty lines; on the sheet they are rows.
        row = row.saturating_add(empty_lines(text, start));
        let end = place_of(&reader);
        if end == text.len() && is_unclosed(text.get(start..).unwrap_or_default(), &record) {
            return Err(Unreadable::Broken.into());
        }
        if take_record(&record, row, &mut rows)? == Go::Enough {
            return Ok(());
        }
        row = row.saturating_add(1);
    }
}

fn take_record(record: &ByteRecord, row: u32, rows: &mut Rows<'_>) -> Result<Go, Failed> {
    for (column, field) in (0..).zip(record) {
        if field.len() > limits::FIELD {
            return Err(Unreadable::Broken.into());
        }
        let text = std::str::from_utf8(field).map_err(|_| Unreadable::Broken)?;
        if text.trim().is_empty() {
            continue;
        }
        let cell = Cell {
            column,
            value: Value::Text(text.to_owned()),
            formula: false,
        };
        if rows.take(row, cell)? == Go::Enough {
            return Ok(Go::Enough);
        }
    }
    Ok(Go::On)
}

fn place_of(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}

/// How many empty lines stand before the record that is looked for from `start` on.
fn empty_lines(text: &str, start: usize) -> u32 {
    let bytes = text.as_bytes();
    let before = start.checked_sub(1).and_then(|at| bytes.get(at));
    let mut rest = bytes.get(start..).unwrap_or_default();
    // The second half of the line break that ended the record before.
    if let (Some(b'\r'), [b'\n', after @ ..]) = (before, rest) {
        rest = after;
    }
    let mut lines = 0;
    while let [b'\r', b'\n', after @ ..] | [b'\r' | b'\n', after @ ..] = rest {
        rest = after;
        lines += 1;
    }
    lines
}

/// Whether the last record swallowed rows because a quotation mark was never closed.
fn is_unclosed(raw: &str, record: &ByteRecord) -> bool {
    let is_odd = memchr::memchr_iter(b'"', raw.as_bytes()).count() % 2 == 1;
    is_odd
        && record
            .iter()
            .any(|field| memchr::memchr2(b'\n', b'\r', field).is_some())
}
