//! Rows that may be the head: one, or two that belong together.

use std::collections::{BTreeMap, BTreeSet};

use super::Means;
use super::fold::fold;
use super::vocabulary::Lexicon;
use crate::sheets::cells::{Merge, Row, Value};

/// The texts of a row by column.
pub(in crate::sheets) type Texts = BTreeMap<u32, String>;

/// Most characters of a heading in a second row that no merge marks as one.
const SHORT: usize = 12;

/// One or two rows that may be the head.
pub(super) struct Candidate {
    /// First row.
    pub(super) first: u32,
    /// Last row.
    pub(super) last: u32,
    /// The headings of each column, from above.
    pub(super) titles: BTreeMap<u32, Vec<String>>,
    /// The rows as they stand.
    pub(super) rows: Vec<Texts>,
}

/// Most characters that are looked at of what may be a heading or a title.
const LOOKED_AT: usize = 200;

/// The texts of a row that are not blank.
pub(in crate::sheets) fn texts(row: &Row) -> Texts {
    row.cells
        .iter()
        .filter_map(|cell| match &cell.value {
            Value::Text(text) if !text.trim().is_empty() => {
                Some((cell.column, text.trim().chars().take(LOOKED_AT).collect()))
            }
            Value::Number(number, _) => {
                Some((cell.column, number.chars().take(LOOKED_AT).collect()))
            }
            _ => None,
        })
        .collect()
}

/// What may be a head that begins in a row.
pub(super) fn beginning(
    upper: &Row,
    lower: Option<&Row>,
    merges: &[Merge],
    lexicon: &Lexicon<'_>,
) -> Vec<Candidate> {
    let above = texts(upper);
    let single = Candidate {
        first: upper.row,
        last: upper.row,
        titles: above
            .iter()
            .map(|(column, text)| (*column, vec![text.clone()]))
            .collect(),
        rows: vec![above.clone()],
    };
    let Some(lower) = lower else {
        return vec![single];
    };
    let starting: Vec<&Merge> = merges
        .iter()
        .filter(|merge| merge.top == upper.row)
        .collect();
    let down = starting
        .iter()
        .any(|merge| merge.bottom > upper.row && above.contains_key(&merge.left));
    let below = texts(lower);
    let belongs = down || continues(&above, lower, &below, lexicon);
    let pair = joined((upper.row, above), (lower.row, below), &starting);
    if belongs {
        vec![pair]
    } else {
        vec![single, pair]
    }
}

fn joined(upper: (u32, Texts), lower: (u32, Texts), starting: &[&Merge]) -> Candidate {
    let ((first, above), (last, below)) = (upper, lower);
    let mut over = above.clone();
    for merge in starting {
        if let Some(text) = above.get(&merge.left) {
            // No further than there is something below: a title may be merged over everything.
            for column in below
                .range(merge.left..=merge.right.max(merge.left))
                .map(|(c, _)| *c)
            {
                over.entry(column).or_insert_with(|| text.clone());
            }
        }
    }
    let columns: BTreeSet<u32> = over.keys().chain(below.keys()).copied().collect();
    let titles = columns.into_iter().map(|column| {
        let mut parts: Vec<String> = over.get(&column).into_iter().cloned().collect();
        parts.extend(below.get(&column).cloned());
        parts.dedup_by(|second, first| fold(second) == fold(first));
        (column, parts)
    });
    Candidate {
        first,
        last,
        titles: titles.collect(),
        rows: vec![above, below],
    }
}

/// A row of short texts, one of them beside a group's heading, none below the name: the
/// second row of a head whose cells are not merged.
fn continues(above: &Texts, lower: &Row, below: &Texts, lexicon: &Lexicon<'_>) -> bool {
    let words = lower
        .cells
        .iter()
        .all(|cell| matches!(cell.value, Value::Text(_)))
        && below.values().all(|text| text.chars().count() <= SHORT);
    let named = above
        .iter()
        .any(|(column, text)| below.contains_key(column) && lexicon.is_must(lexicon.means(text)));
    let grouped = below.keys().any(|column| {
        let left = column.checked_sub(1);
        !above.contains_key(column)
            && left.is_some_and(|left| above.contains_key(&left) && below.contains_key(&left))
    });
    words && !named && grouped
}

impl Candidate {
    /// What each column means, before what people chose and what stands twice.
    pub(super) fn meanings(&self, lexicon: &Lexicon<'_>) -> Vec<Means> {
        self.titles
            .values()
            .map(|parts| meaning(parts, lexicon))
            .collect()
    }

    /// How many headings are known, if that is enough for a head.
    pub(super) fn known(&self, lexicon: &Lexicon<'_>) -> Option<usize> {
        let meanings = self.meanings(lexicon);
        let must = meanings.iter().any(|means| lexicon.is_must(*means));
        let known = meanings
            .iter()
            .filter(|means| **means != Means::Unknown)
            .count();
        (must || known >= 2).then_some(known)
    }
}

/// A part under a group is first what both say together, then what it says alone; but not
/// under a group that is itself in doubt: 挂靠单位 over 名称 is no name.
fn meaning(parts: &[String], lexicon: &Lexicon<'_>) -> Means {
    let [upper, lower] = parts else {
        return parts
            .first()
            .map_or(Means::Unknown, |only| whole(only, lexicon));
    };
    let together = lexicon.means(&format!("{upper}{lower}"));
    if together != Means::Unknown {
        return together;
    }
    match lexicon.means(upper) {
        asked @ Means::Asked(_) => asked,
        _ => lexicon.means(lower),
    }
}

fn whole(text: &str, lexicon: &Lexicon<'_>) -> Means {
    lexicon
        .chosen(&fold(text))
        .unwrap_or_else(|| lexicon.means(text))
}
