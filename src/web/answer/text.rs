//! Text as people type it: trimmed, with line ends of one kind, counted in
//! characters, without characters that cannot be shown.

/// Reads a text of at most `max` characters; nothing but blanks is nothing.
pub fn parse(typed: &str, max: usize) -> Result<Option<String>, String> {
    let text = typed.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_matches(|c: char| c.is_whitespace());
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(position) = text.chars().position(is_invisible) {
        return Err(format!(
            "含有不可显示的字符（第{}字），请删去。",
            position + 1
        ));
    }
    let length = text.chars().count();
    if length > max {
        return Err(format!("最多{max}字，现有{length}字。"));
    }
    Ok(Some(text.to_owned()))
}

/// Controls, marks that turn the direction of writing, and the byte-order mark.
fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Full-width digits and signs → the half-width ones.
#[must_use]
pub fn half_width(typed: &str) -> String {
    typed
        .chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '\u{3000}' => ' ',
            other => other,
        })
        .collect()
}
