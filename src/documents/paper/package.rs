//! The parts of a Word file around its body. A docx is a zip of named parts.

use std::io::{self, Cursor, Write as _};

use askama::Template;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

use super::layout::{self as l, halves};

/// How the paper lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turned {
    /// A letter.
    Upright,
    /// A wide table; its page number stands where it would if the sheet were upright.
    Landscape,
}

#[derive(Template)]
#[template(path = "documents/paper/types.xml")]
struct Types {
    across: bool,
}

#[derive(Template)]
#[template(path = "documents/paper/parts.xml")]
struct Relations {
    across: bool,
}

#[derive(Template)]
#[template(path = "documents/paper/styles.xml")]
struct Styles;

#[derive(Template)]
#[template(path = "documents/paper/settings.xml")]
struct Settings;

#[derive(Template)]
#[template(path = "documents/paper/footer.xml")]
struct Footer {
    odd: bool,
}

#[derive(Template)]
#[template(path = "documents/paper/side_footer.xml")]
struct SideFooter {
    odd: bool,
}

/// The state of a document, slanting across its page as Word writes it.
#[derive(Template)]
#[template(path = "documents/paper/across.xml")]
struct Across<'a> {
    text: &'a str,
    /// Word counts shapes through the whole file.
    number: u32,
    /// In points.
    width: u32,
    /// In points.
    height: u32,
}

const ROOT: &str = include_str!("../../../templates/documents/paper/relations.xml");
const FONTS: &str = include_str!("../../../templates/documents/paper/fonts.xml");
const THEME: &str = include_str!("../../../templates/documents/paper/theme.xml");

/// Longest line across the page, in points; it leaves the corners of the type area free.
const LONGEST: u32 = 460;
/// Its characters, in points, where they are few.
const TALLEST: u32 = 72;

/// The line across the page, for one of the two headers.
fn across(text: &str, number: u32) -> Across<'_> {
    let halves = halves(text).max(1);
    let height = (LONGEST * 2 / halves).min(TALLEST);
    Across {
        text,
        number,
        width: height * halves / 2,
        height,
    }
}

/// A file of this body. Nothing in it tells the time: the same document is the same bytes.
pub fn write(body: String, state: Option<&str>, turned: Turned) -> io::Result<Vec<u8>> {
    let parts = parts(body, state, turned).map_err(io::Error::other)?;
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive
            .start_file(name, options)
            .map_err(io::Error::other)?;
        archive.write_all(legal(&text).as_bytes())?;
    }
    Ok(archive.finish().map_err(io::Error::other)?.into_inner())
}

fn parts(
    body: String,
    state: Option<&str>,
    turned: Turned,
) -> askama::Result<Vec<(&'static str, String)>> {
    let footer = |odd| match turned {
        Turned::Upright => Footer { odd }.render(),
        Turned::Landscape => SideFooter { odd }.render(),
    };
    let stated = state.is_some();
    let mut parts = vec![
        ("[Content_Types].xml", Types { across: stated }.render()?),
        ("_rels/.rels", ROOT.to_owned()),
        ("word/document.xml", body),
        (
            "word/_rels/document.xml.rels",
            Relations { across: stated }.render()?,
        ),
        ("word/styles.xml", Styles.render()?),
        ("word/settings.xml", Settings.render()?),
        ("word/fontTable.xml", FONTS.to_owned()),
        ("word/theme/theme1.xml", THEME.to_owned()),
        ("word/footer1.xml", footer(true)?),
        ("word/footer2.xml", footer(false)?),
    ];
    if let Some(text) = state {
        parts.push(("word/header1.xml", across(text, 1).render()?));
        parts.push(("word/header2.xml", across(text, 2).render()?));
    }
    Ok(parts)
}

/// Without the characters that XML does not have: Word refuses the whole file for one of them.
fn legal(text: &str) -> String {
    let known = |c: &char| match c {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        other => *other >= ' ',
    };
    text.chars().filter(known).collect()
}
