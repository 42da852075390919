//! Counts of people and things.

use super::number::{self, Fault};
use super::text::half_width;
use super::unit::{self, Unit};

/// Largest count.
pub const MOST: i64 = 99_999;

/// A count as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// How many.
    pub number: i64,
    /// 家, 人, 个 or 名 stands behind it.
    pub worded: bool,
}

/// Reads a whole number from 0 to 99999, full-width digits and thousands marks too.
pub fn parse(typed: &str) -> Result<Option<i64>, String> {
    read(typed)
        .map(|read| read.map(|count| count.number))
        .map_err(|_| format!("应为0至{MOST}的整数。"))
}

/// The same, telling what stood behind the number, or what is wrong.
pub fn read(typed: &str) -> Result<Option<Count>, Fault> {
    let text = half_width(typed);
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let (digits, unit) = unit::split(text);
    if !matches!(unit, None | Some(Unit::Persons | Unit::Bodies)) {
        return Err(Fault::Form);
    }
    let number = number::read(digits)?.integer()?;
    if number > MOST {
        return Err(Fault::TooLarge);
    }
    Ok(Some(Count {
        number,
        worded: unit.is_some(),
    }))
}
