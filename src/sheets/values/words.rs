//! Texts, choices, and the signs that stand for words.

use super::kinds::Kind;
use super::outcome::{Outcome, Warning, Wrong};
use crate::web::answer::text::{self, half_width};

/// Signs between chosen options.
const BETWEEN: [char; 6] = ['、', ',', ';', '/', '\n', '\r'];

/// Nothing but dashes, or a stroke: not given.
pub(super) fn is_dash(text: &str) -> bool {
    let dash = |c: char| matches!(c, '-' | '－' | '–' | '—' | '―' | '─' | '\u{2212}');
    let lines = text.chars().all(dash);
    lines || matches!(text, "/" | "／" | "\\")
}

/// —清空—, with dashes of any kind.
pub(super) fn is_clear(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| matches!(c, '-' | '－' | '–' | '—' | '―'));
    let around = text.chars().count().saturating_sub(bare.chars().count());
    bare == "清空" && around >= 2 && !text.starts_with('清') && !text.ends_with('空')
}

/// A line of text; line breaks of a narrow column are none.
pub(super) fn line(text: &str, max: usize) -> Outcome {
    let mut joined = String::with_capacity(text.len());
    for part in text.split(['\r', '\n']).map(str::trim) {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(joined.chars().last()) && latin(part.chars().next()) {
            joined.push(' ');
        }
        joined.push_str(part);
    }
    long(&joined, max)
}

/// A text with lines.
pub(super) fn long(text: &str, max: usize) -> Outcome {
    match text::parse(text, max) {
        Ok(Some(read)) => Outcome::is(read),
        Ok(None) => Outcome::nothing(),
        Err(message) => {
            let what = message.trim_end_matches('。');
            Wrong::new(text, what, format!("应为不超过{max}字的文字")).into()
        }
    }
}

/// A number in a column of telephones.
pub(super) fn phone_number(number: &str) -> Outcome {
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    if digits && number.len() <= 15 {
        Outcome::is(number).warn_if(true, Warning::TelephoneAsNumber)
    } else {
        Wrong::new(number, "不是电话号码", "应为电话号码，例如0431-88880000").into()
    }
}

/// Yes or no in the ways that tables have.
pub(super) fn yes_or_no(text: &str) -> Outcome {
    match half_width(text).as_str() {
        "是" | "有" | "√" | "✓" | "✔" | "1" | "yes" => Outcome::is("yes"),
        "否" | "无" | "×" | "✗" | "✘" | "0" | "no" => Outcome::is("no"),
        _ => Wrong::new(
            text,
            "不能确定是“是”还是“否”",
            "应为是或否（√、×，有、无，1、0也可）",
        )
        .into(),
    }
}

/// 真 or 假 of a cell.
pub(super) fn of_truth(truth: bool, kind: Kind) -> Outcome {
    let (answer, shown) = if truth {
        ("yes", "TRUE")
    } else {
        ("no", "FALSE")
    };
    match kind {
        Kind::YesNo => Outcome::is(answer),
        _ if kind.is_amount() => Wrong::new(shown, "是逻辑值", "应为数字").into(),
        _ => Wrong::new(shown, "是逻辑值", "应为文字").into(),
    }
}

/// One of the options, by its label or its key.
pub(super) fn choice(text: &str, options: &[(String, String)]) -> Outcome {
    let wanted = folded(text);
    options
        .iter()
        .find(|(key, label)| folded(label) == wanted || folded(key) == wanted)
        .map_or_else(
            || no_option(text, options),
            |(key, _)| Outcome::is(key.as_str()),
        )
}

/// Any of the options; a label may itself contain the signs that stand between them.
pub(super) fn choices(text: &str, options: &[(String, String)]) -> Outcome {
    let wanted = text
        .split(['\r', '\n'])
        .map(folded)
        .collect::<Vec<_>>()
        .join("\n");
    let mut rest = wanted.trim_matches(BETWEEN);
    let mut keys: Vec<&str> = Vec::new();
    while !rest.is_empty() {
        let found = options
            .iter()
            .flat_map(|(key, label)| [(key, folded(label)), (key, folded(key))])
            .filter_map(|(key, way)| {
                let after = rest
                    .strip_prefix(way.as_str())
                    .filter(|_| !way.is_empty())?;
                let ends = after.is_empty() || after.starts_with(BETWEEN);
                ends.then_some((key, after))
            })
            .min_by_key(|(_, after)| after.len());
        let Some((key, after)) = found else {
            return no_option(text, options);
        };
        if !keys.contains(&key.as_str()) {
            keys.push(key);
        }
        rest = after.trim_start_matches(BETWEEN);
    }
    if keys.is_empty() {
        return no_option(text, options);
    }
    Outcome::is(keys.join(","))
}

fn no_option(text: &str, options: &[(String, String)]) -> Outcome {
    let labels: Vec<&str> = options.iter().map(|(_, label)| label.as_str()).collect();
    let expected = match labels.len() {
        1..=12 => format!("应为：{}", labels.join("、")),
        _ => "应为所列选项之一".to_owned(),
    };
    Wrong::new(text, "不在所列选项中", expected).into()
}

fn folded(text: &str) -> String {
    half_width(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_ascii_uppercase()
}
