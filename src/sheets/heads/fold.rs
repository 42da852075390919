//! Headings without what people write differently.

use crate::web::answer::text::half_width;

/// A heading in half width and upper case, without white space, line breaks, colons,
/// asterisks, and the bracketed remarks before or behind it. A remark in the middle is part
/// of the heading: 社团会员(单位)数量 is not 社团会员(个人会员)数量.
#[must_use]
pub fn fold(heading: &str) -> String {
    let mut text = exact(heading);
    loop {
        let shorter = without_last(&text).or_else(|| without_first(&text));
        match shorter {
            Some(rest) => text = rest,
            None => return text,
        }
    }
}

/// The same with its remarks.
pub(super) fn exact(heading: &str) -> String {
    half_width(heading)
        .chars()
        .filter(|c| !c.is_whitespace() && !is_mark(*c))
        .map(|c| match c {
            '〔' | '【' | '[' | '〈' | '﹙' => '(',
            '〕' | '】' | ']' | '〉' | '﹚' => ')',
            other => other.to_ascii_uppercase(),
        })
        .collect()
}

/// What stands in brackets, outermost ones only.
pub(super) fn remarks(heading: &str) -> Vec<String> {
    let text = exact(heading);
    let mut found = Vec::new();
    let (mut depth, mut inner) = (0_usize, String::new());
    for c in text.chars() {
        match c {
            '(' => {
                depth += 1;
                inner.clear();
            }
            ')' if depth > 0 => {
                depth = 0;
                found.push(std::mem::take(&mut inner));
            }
            other if depth > 0 => inner.push(other),
            _ => {}
        }
    }
    found
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        ':' | '*' | '★' | '﹕' | '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{AD}'
    )
}

fn without_last(text: &str) -> Option<String> {
    let body = text.strip_suffix(')')?;
    let mut depth = 1_usize;
    for (position, c) in body.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let rest = text.get(..position)?;
            return (!rest.is_empty()).then(|| rest.to_owned());
        }
    }
    None
}

fn without_first(text: &str) -> Option<String> {
    let body = text.strip_prefix('(')?;
    let mut depth = 1_usize;
    for (position, c) in body.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let rest = body.get(position + 1..)?;
            return (!rest.is_empty()).then(|| rest.to_owned());
        }
    }
    None
}
