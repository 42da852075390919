//! Names for comparing and finding: TC-60 and TC-61.

use std::collections::BTreeSet;

use pinyin::ToPinyin as _;

use super::text::half_width;

/// The name as lists have it.
pub use crate::scheme::campaign::without_region as short;

/// Characters whose usual reading in names differs from the table's first one.
const READINGS: [(char, &str); 6] = [
    ('长', "chang"),
    ('重', "chong"),
    ('行', "hang"),
    ('乐', "yue"),
    ('厦', "xia"),
    ('大', "da"),
];

/// The name without what people type differently: width, spaces, kinds of brackets.
#[must_use]
pub fn key(name: &str) -> String {
    half_width(name)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '〔' | '【' | '[' | '〈' | '﹙' => '(',
            '〕' | '】' | ']' | '〉' | '﹚' => ')',
            other => other.to_ascii_uppercase(),
        })
        .collect()
}

/// Pinyin of a name for sorting: 长春 under chang, not zhang.
#[must_use]
pub fn sort_key(name: &str) -> String {
    key(name)
        .chars()
        .map(|c| {
            reading(c).map_or_else(
                || c.to_lowercase().to_string(),
                |reading| format!("{reading} "),
            )
        })
        .collect()
}

/// First letters of the pinyin: 长春市汽车 → ccsqc.
#[must_use]
pub fn initials(name: &str) -> String {
    key(name)
        .chars()
        .filter_map(|c| match reading(c) {
            Some(reading) => reading.chars().next(),
            None => c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase()),
        })
        .collect()
}

/// Letters of a person's name, for a user name: 张三 → zhangsan.
#[must_use]
pub fn spelled(name: &str) -> String {
    let letters = key(name)
        .chars()
        .filter_map(|c| match c.to_pinyin() {
            Some(pinyin) => Some(pinyin.plain().to_owned()),
            None => c
                .is_ascii_alphanumeric()
                .then(|| c.to_ascii_lowercase().to_string()),
        })
        .collect::<String>();
    letters.replace('ü', "v")
}

fn reading(c: char) -> Option<String> {
    READINGS
        .iter()
        .find(|(known, _)| *known == c)
        .map(|(_, reading)| (*reading).to_owned())
        .or_else(|| c.to_pinyin().map(|pinyin| pinyin.plain().to_owned()))
}

/// Single characters and pairs of neighbours of name and code, for a search that
/// two characters from the middle find by an index (performance.md 4).
#[must_use]
pub fn grams(name: &str, code: &str) -> Vec<String> {
    let mut grams = BTreeSet::new();
    for text in [key(name), key(code)] {
        grams.extend(pieces(&text));
    }
    grams.into_iter().collect()
}

/// The grams that a search for `words` must all find.
#[must_use]
pub fn wanted(words: &str) -> Vec<String> {
    pairs(&key(words))
}

/// The pieces that a search for these letters must all find among the initials';
/// `initials_pieces` in the database cuts them the same way.
#[must_use]
pub fn wanted_letters(letters: &str) -> Vec<String> {
    pairs(letters)
}

/// All pairs of neighbours; a single character stands for itself.
fn pairs(text: &str) -> Vec<String> {
    if text.chars().count() == 1 {
        return vec![text.to_owned()];
    }
    let pairs: BTreeSet<String> = pieces(text)
        .filter(|piece| piece.chars().count() == 2)
        .collect();
    pairs.into_iter().collect()
}

fn pieces(text: &str) -> impl Iterator<Item = String> + '_ {
    let singles = text.chars().map(String::from);
    let pairs = text
        .chars()
        .zip(text.chars().skip(1))
        .map(|(first, second)| format!("{first}{second}"));
    singles.chain(pairs)
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_list_leaves_out_the_places_that_all_names_begin_with() {
        let called = |name| short(name, "绿园区");
        assert_eq!(called("长春市绿园区物流行业协会"), "物流行业协会");
        assert_eq!(called("绿园区餐饮业商会"), "餐饮业商会");
        // Another place, none, or nothing but the place: the whole name.
        assert_eq!(called("长春市物流行业协会"), "长春市物流行业协会");
        assert_eq!(called("长春市绿园区商会"), "长春市绿园区商会");
        assert_eq!(short("长春市绿园区商会", ""), "长春市绿园区商会");
    }
}
