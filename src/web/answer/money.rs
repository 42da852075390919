//! Amounts, typed in 万元 with at most two decimals, kept in cents (分); and
//! areas in m², kept in hundredths. Never floating point.

use super::text::half_width;

/// One 万元 in cents.
const WAN_CENTS: i64 = 1_000_000;
/// Largest amount in units of a hundredth 万元: 99,999,999.99.
const LARGEST: i64 = 9_999_999_999;
/// Cents in a hundredth of a 万元.
const STEP_CENTS: i64 = WAN_CENTS / 100;

/// Reads an amount in 万元; the result is in cents (TC-59: taken or refused, never guessed).
pub fn parse(typed: &str) -> Result<Option<i64>, String> {
    let read = hundredths(typed, "金额", "万元")?;
    Ok(read.map(|hundredths| hundredths * STEP_CENTS))
}

/// Reads an area in m²; the result is in hundredths of a m².
pub fn parse_area(typed: &str) -> Result<Option<i64>, String> {
    hundredths(typed, "面积", "平方米")
}

/// Cents as 万元 with two decimals: 250_000 → "0.25". Smaller parts are rounded half up.
#[must_use]
pub fn show(cents: i64) -> String {
    show_hundredths((cents.abs() + STEP_CENTS / 2) / STEP_CENTS * cents.signum())
}

/// Hundredths with two decimals: 3850 → "38.50".
#[must_use]
pub fn show_hundredths(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let value = value.abs();
    format!("{sign}{}.{:02}", value / 100, value % 100)
}

fn hundredths(typed: &str, what: &str, unit: &str) -> Result<Option<i64>, String> {
    let text = half_width(typed);
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let text = text.strip_suffix(unit).unwrap_or(text).trim_end();
    let wrong = || format!("{what}请以{unit}为单位填写数字，例如12.50。");
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let whole = ungrouped(whole).ok_or_else(wrong)?;
    if (text.contains('.') && decimals.is_empty())
        || !decimals.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Err(wrong());
    }
    if decimals.len() > 2 {
        return Err(format!("{what}最多两位小数。"));
    }
    let too_large = || format!("{what}过大，请核对是否以{unit}为单位。");
    let whole: i64 = whole.parse().map_err(|_| too_large())?;
    let fraction: i64 = format!("{decimals:0<2}").parse().map_err(|_| wrong())?;
    let value = whole
        .checked_mul(100)
        .and_then(|value| value.checked_add(fraction))
        .filter(|value| *value <= LARGEST)
        .ok_or_else(too_large)?;
    Ok(Some(value))
}

/// Digits without thousands marks; marks must stand where they belong.
pub(super) fn ungrouped(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split(',').collect();
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let (first, rest) = groups.split_first()?;
    let grouped = rest.is_empty()
        || ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3));
    (digits(first) && rest.iter().all(|group| digits(group)) && grouped).then(|| groups.concat())
}
