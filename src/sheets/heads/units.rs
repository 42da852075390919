//! The units that headings and titles state.

use std::collections::BTreeSet;

use super::candidates::texts;
use super::fold::remarks;
use crate::sheets::cells::Row;
use crate::web::answer::text::half_width;
use crate::web::answer::unit::{Unit, leading};

/// Words before a unit.
const UNIT: &str = "单位:";

/// The unit in a heading's brackets: (万元), (单位:元), (㎡).
pub(super) fn of_heading(heading: &str) -> Option<Unit> {
    remarks(heading).iter().rev().find_map(|remark| {
        let word = ["金额单位", "计量单位", "单位"]
            .iter()
            .find_map(|before| remark.strip_prefix(before))
            .unwrap_or(remark);
        Unit::of(word)
    })
}

/// The unit of money that the rows above a head state, if they state one only.
pub(super) fn of_titles(rows: &[Row], head: u32) -> Option<Unit> {
    let mut found: Vec<Unit> = rows
        .iter()
        .take_while(|row| row.row < head)
        .flat_map(|row| texts(row).into_values())
        .flat_map(|title| in_title(&title))
        .collect();
    found.dedup();
    match found.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

fn in_title(title: &str) -> Vec<Unit> {
    let mut text = String::with_capacity(title.len());
    let mut gaps = BTreeSet::new();
    for c in half_width(title).chars() {
        if c.is_whitespace() {
            gaps.insert(text.len());
        } else {
            text.push(c);
        }
    }
    let stated = text.match_indices(UNIT).filter_map(|(start, _)| {
        let (unit, after) = leading(text.get(start + UNIT.len()..)?)?;
        // 填报单位:元山镇 states no unit.
        let ends = gaps.contains(&(text.len() - after.len()))
            || !after.starts_with(|c: char| c.is_alphabetic());
        (ends && unit.is_money()).then_some(unit)
    });
    let bracketed = remarks(title)
        .into_iter()
        .filter_map(|remark| Unit::of(&remark))
        .filter(|unit| unit.is_money());
    stated.chain(bracketed).collect()
}
