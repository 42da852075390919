//! The explanations as text of a cell.

use quick_xml::escape::minimal_escape;

/// The heading of the column that explains.
pub const HEADING: &str = "错误说明";

/// What a cell of a spreadsheet program holds at most, in UTF-16 units.
const LONGEST: usize = 32_767;

/// Whether a cell's text is our heading: alone, or with words about the head itself beneath.
pub fn is_heading(text: &str) -> bool {
    text.lines()
        .next()
        .is_some_and(|line| line.trim() == HEADING)
}

/// The heading, with what is to be said about the head row itself.
pub fn heading(words: Option<&String>) -> String {
    words.map_or_else(|| HEADING.to_owned(), |words| format!("{HEADING}\n{words}"))
}

/// A cell with text in itself.
pub fn inline_cell(prefix: &str, name: &str, style: u32, words: &str) -> String {
    let text = escaped(words);
    format!(
        "<{prefix}c r=\"{name}\" s=\"{style}\" t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">{text}</{prefix}t></{prefix}is></{prefix}c>"
    )
}

fn escaped(words: &str) -> String {
    minimal_escape(literal(&kept(words))).replace('>', "&gt;")
}

/// The text as it is written: cut to what a cell holds, without what XML forbids.
pub fn kept(words: &str) -> String {
    let mut left = LONGEST;
    let lines = words.replace("\r\n", "\n").replace('\r', "\n");
    lines
        .chars()
        .filter(|c| allowed(*c))
        .take_while(|c| take(&mut left, *c))
        .collect()
}

fn take(left: &mut usize, c: char) -> bool {
    left.checked_sub(c.len_utf16())
        .inspect(|rest| *left = *rest)
        .is_some()
}

/// What XML 1.0 allows in text.
const fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Spreadsheet programs read `_x0041_` as `A`; an escaped underscore keeps it as it is.
fn literal(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let code = text
            .get(at..)
            .and_then(|rest| rest.strip_prefix("_x"))
            .and_then(|rest| rest.get(..5));
        if code.is_some_and(|code| {
            code.ends_with('_') && code.bytes().take(4).all(|c| c.is_ascii_hexdigit())
        }) {
            written.push_str("_x005F");
        }
        written.push(c);
    }
    written
}
