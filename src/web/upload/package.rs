//! Packages in a zip: what Word, Excel, PowerPoint, LibreOffice and WPS write
//! (ECMA-376, part 2), and OFD. Told by the zip's directory and the parts that it
//! names, never by the order in which they were written.

use std::io::{Cursor, Read, copy, sink};

use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::compound;
use super::kinds::Office;
use super::unfit::Unfit;

/// How each of them begins.
pub(super) const MAGIC: [u8; 4] = *b"PK\x03\x04";

/// Most parts (security.md F3).
const PARTS: usize = 1_000;
/// Most bytes of all parts together.
const UNPACKED: u64 = 64 * 1024 * 1024;
/// Most times that the parts may be as large as the file …
const RATIO: u64 = 200;
/// … where they are larger than this: a small sheet of the same number a thousand
/// times is no bomb.
const SMALL: u64 = 4 * 1024 * 1024;
/// Most rows of directories, those of zips inside counted: the reader keeps each.
const ROWS: usize = 20_000;
/// Most bytes of a part that is read for what it says.
const DIRECTORY: u64 = 1024 * 1024;

const CONTENT_TYPES: &str = "[Content_Types].xml";
const OFD: &str = "OFD.xml";

const MAIN: [(&str, Office); 3] = [
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        Office::Text,
    ),
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        Office::Sheets,
    ),
    (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
        Office::Slides,
    ),
];

/// Words of content types under which programs travel: Visual Basic, the macro
/// sheets of Excel 4, the documents that may hold either.
const MACRO_TYPES: [&str; 3] = ["macroenabled", "vbaproject", "macrosheet"];
/// Endings of parts that are programs or documents with programs in them.
const MACRO_PARTS: [&str; 9] = [
    "vbaproject.bin",
    "vbadata.xml",
    "jdedata.bin",
    ".docm",
    ".dotm",
    ".xlsm",
    ".xltm",
    ".xlam",
    ".pptm",
];

/// What is in it. Every part is unpacked once, counted and forgotten: what a zip
/// says of its sizes need not be true.
pub(super) fn look(bytes: &[u8]) -> Result<Office, Unfit> {
    let rows = bytes.windows(4).filter(|word| *word == b"PK\x01\x02");
    if rows.count() > ROWS {
        return Err(Unfit::Unpacked);
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unfit::Broken)?;
    declared(&mut zip, bytes.len())?;
    let mut left = UNPACKED;
    let mut main = None;
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).map_err(|_| Unfit::Broken)?;
        let name = part.name().map_err(|_| Unfit::Broken)?.into_owned();
        let lower = name.to_ascii_lowercase();
        if MACRO_PARTS.iter().any(|ending| lower.ends_with(ending)) {
            return Err(Unfit::Macros);
        }
        let read = if name == CONTENT_TYPES || name == OFD {
            let text = text(&mut part)?;
            let told = if name == OFD {
                fixed(&text)?
            } else {
                typed(&text)?
            };
            main = main.or(told);
            u64::try_from(text.len()).unwrap_or(u64::MAX)
        } else {
            through(&mut part, left)?
        };
        left = left.checked_sub(read).ok_or(Unfit::Unpacked)?;
    }
    main.ok_or(Unfit::Other)
}

/// What the directory says of itself is believed where it says too much.
fn declared(zip: &mut ZipArchive<Cursor<&[u8]>>, packed: usize) -> Result<(), Unfit> {
    if zip.len() > PARTS {
        return Err(Unfit::Unpacked);
    }
    let mut total = 0_u64;
    for index in 0..zip.len() {
        let part = zip.by_index_raw(index).map_err(|_| Unfit::Broken)?;
        total = total.saturating_add(part.size());
    }
    let packed = u64::try_from(packed).unwrap_or(u64::MAX);
    let swollen = total > SMALL && total / RATIO > packed;
    if total > UNPACKED || swollen {
        return Err(Unfit::Unpacked);
    }
    Ok(())
}

/// A part that says what the package is.
fn text(part: &mut impl Read) -> Result<Vec<u8>, Unfit> {
    let mut text = Vec::new();
    let mut bounded = part.take(DIRECTORY + 1);
    bounded.read_to_end(&mut text).map_err(|_| Unfit::Broken)?;
    if u64::try_from(text.len()).is_ok_and(|length| length <= DIRECTORY) {
        Ok(text)
    } else {
        Err(Unfit::Unpacked)
    }
}

/// Any other part: its size, and whether a program hides in it under any name.
fn through(part: &mut impl Read, left: u64) -> Result<u64, Unfit> {
    let mut bounded = part.take(left.saturating_add(1));
    let mut head = Vec::new();
    let magic = u64::try_from(compound::MAGIC.len()).unwrap_or(0);
    let broken = |_| Unfit::Broken;
    bounded
        .by_ref()
        .take(magic)
        .read_to_end(&mut head)
        .map_err(broken)?;
    if head == compound::MAGIC {
        bounded.read_to_end(&mut head).map_err(broken)?;
        if compound::brings_macros(&head) {
            return Err(Unfit::Macros);
        }
        return Ok(u64::try_from(head.len()).unwrap_or(u64::MAX));
    }
    let rest = copy(&mut bounded, &mut sink()).map_err(broken)?;
    Ok(rest.saturating_add(u64::try_from(head.len()).unwrap_or(0)))
}

/// What the content types say that the package is.
fn typed(text: &[u8]) -> Result<Option<Office>, Unfit> {
    let mut reader = Reader::from_reader(text);
    let mut main = None;
    loop {
        let element = match reader.read_event().map_err(|_| Unfit::Broken)? {
            Event::Start(element) | Event::Empty(element) => element,
            Event::Eof => return Ok(main),
            _ => continue,
        };
        let Some(attribute) = element
            .try_get_attribute("ContentType")
            .map_err(|_| Unfit::Broken)?
        else {
            continue;
        };
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|_| Unfit::Broken)?;
        let value = value.trim().to_ascii_lowercase();
        if MACRO_TYPES.iter().any(|word| value.contains(word)) {
            return Err(Unfit::Macros);
        }
        let known = MAIN.iter().find(|(name, _)| *name == value);
        main = main.or(known.map(|(_, office)| *office));
    }
}

/// An OFD's first part has the root element `OFD` (GB/T 33190-2016, 7.4).
fn fixed(text: &[u8]) -> Result<Option<Office>, Unfit> {
    let mut reader = Reader::from_reader(text);
    loop {
        match reader.read_event().map_err(|_| Unfit::Broken)? {
            Event::Start(element) => {
                let root = element.local_name().as_ref() == "OFD";
                return Ok(root.then_some(Office::Fixed));
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}
