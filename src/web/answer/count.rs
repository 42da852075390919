//! Counts of people and things.

use super::money::ungrouped;
use super::text::half_width;

/// Largest count.
const MOST: i64 = 99_999;

/// Reads a whole number from 0 to 99999, full-width digits and thousands marks too.
pub fn parse(typed: &str) -> Result<Option<i64>, String> {
    let text = half_width(typed);
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    ungrouped(text)
        .and_then(|digits| digits.parse::<i64>().ok())
        .filter(|number| *number <= MOST)
        .map(Some)
        .ok_or_else(|| format!("应为0至{MOST}的整数。"))
}
