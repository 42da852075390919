//! One person's name.

use super::outcome::{Outcome, Wrong};
use super::words;

/// Signs between two names.
const BETWEEN: [char; 9] = ['、', '，', ',', '；', ';', '/', '／', '\n', '\r'];
/// Words between two names, which occur in names too.
const AND: [char; 3] = ['和', '及', '与'];

/// A person's name; two of them cannot be told apart later.
pub(super) fn person(text: &str, max: usize) -> Outcome {
    if are_several(text) {
        return Wrong::new(text, "写了不止一人", "应为一个人的姓名，其他人请另起一行").into();
    }
    let pieces: Vec<&str> = text.split_whitespace().collect();
    // 张　三 is written so to stand as wide as three characters.
    let spread = pieces.len() > 1 && pieces.iter().all(|piece| is_chinese(piece));
    if spread {
        words::line(&pieces.concat(), max)
    } else {
        words::line(text, max)
    }
}

fn are_several(text: &str) -> bool {
    let filled = |parts: Vec<&str>| parts.iter().filter(|part| !part.trim().is_empty()).count() > 1;
    if filled(text.split(BETWEEN).collect()) {
        return true;
    }
    let names = |mut parts: Vec<&str>| {
        parts.retain(|part| !part.is_empty());
        parts.len() > 1 && parts.iter().all(|part| is_name(part.trim()))
    };
    names(text.split_whitespace().collect())
        || AND.iter().any(|word| {
            text.split_once(*word)
                .is_some_and(|(first, second)| names(vec![first, second]))
        })
}

fn is_name(text: &str) -> bool {
    text.chars().count() >= 2 && is_chinese(text)
}

fn is_chinese(text: &str) -> bool {
    text.chars()
        .all(|c| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' | '·' | '•'))
}
