//! Amounts, typed in 万元 with at most two decimals, kept in cents (分); and
//! areas in m², kept in hundredths. Never floating point.

use super::number::{self, Fault};
use super::text::half_width;
use super::unit::{self, Unit};

/// Largest amount in units of a hundredth 万元: 99,999,999.99.
const LARGEST: i64 = 9_999_999_999;
/// Cents in a hundredth of a 万元.
const STEP_CENTS: i64 = 10_000;

/// An amount as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// Cents, a whole number of hundredths of a 万元.
    pub cents: i64,
    /// It had smaller parts, which were rounded half up.
    pub rounded: bool,
    /// The unit that it was counted by.
    pub unit: Option<Unit>,
    /// It carries that unit itself.
    pub own: bool,
    /// It has a currency sign.
    pub sign: bool,
}

/// An area as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Hundredths of a m².
    pub hundredths: i64,
    /// It carries its unit itself.
    pub own: bool,
}

/// Reads an amount in 万元; the result is in cents (TC-59: taken or refused, never guessed).
pub fn parse(typed: &str) -> Result<Option<i64>, String> {
    let told = |fault: Fault| fault.told("金额", Unit::Wan.word());
    let read = read(typed, Some(Unit::Wan)).map_err(told)?;
    match read {
        Some(amount) if amount.sign || amount.unit != Some(Unit::Wan) => Err(told(Fault::Form)),
        read => Ok(read.map(|amount| amount.cents)),
    }
}

/// Reads an area in m²; the result is in hundredths of a m².
pub fn parse_area(typed: &str) -> Result<Option<i64>, String> {
    read_area(typed, None)
        .map(|read| read.map(|area| area.hundredths))
        .map_err(|fault| fault.told("面积", Unit::SquareMetre.word()))
}

/// Reads an amount whose unit is stated elsewhere, or stands behind it.
pub fn read(typed: &str, stated: Option<Unit>) -> Result<Option<Amount>, Fault> {
    let text = half_width(typed);
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let unsigned = text.strip_prefix(['¥', '￥']).map(str::trim_start);
    let (digits, own) = unit::split(unsigned.unwrap_or(text));
    let decimal = number::read(digits)?;
    let unit = own.or(stated);
    let mut amount = Amount {
        cents: 0,
        rounded: false,
        unit,
        own: own.is_some(),
        sign: unsigned.is_some(),
    };
    if unit.is_none() && decimal.is_zero() {
        return Ok(Some(amount)); // nothing is nothing in every unit
    }
    let factor = unit.ok_or(Fault::NoUnit)?.cents().ok_or(Fault::Unit)?;
    let hundredths = if unit == Some(Unit::Wan) {
        decimal.hundredths()?
    } else {
        let cents = decimal.times(factor).map_err(|fault| match fault {
            Fault::Fraction => Fault::HalfCent,
            other => other,
        })?;
        amount.rounded = cents % STEP_CENTS != 0;
        cents / STEP_CENTS + i64::from(cents % STEP_CENTS >= STEP_CENTS / 2)
    };
    if hundredths > LARGEST {
        return Err(Fault::TooLarge);
    }
    amount.cents = hundredths * STEP_CENTS;
    Ok(Some(amount))
}

/// Reads an area whose unit is m² where nothing else is stated.
pub fn read_area(typed: &str, stated: Option<Unit>) -> Result<Option<Area>, Fault> {
    let text = half_width(typed);
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let (digits, own) = unit::split(text);
    let decimal = number::read(digits)?;
    let unit = own.or(stated).unwrap_or(Unit::SquareMetre);
    if unit != Unit::SquareMetre && !decimal.is_zero() {
        return Err(Fault::Unit);
    }
    let hundredths = decimal.hundredths()?;
    if hundredths > LARGEST {
        return Err(Fault::TooLarge);
    }
    Ok(Some(Area {
        hundredths,
        own: own.is_some(),
    }))
}

/// Cents as 万元 with two decimals: 250_000 → "0.25". Smaller parts are rounded half up.
#[must_use]
pub fn show(cents: i64) -> String {
    show_hundredths(hundredths(cents))
}

/// Hundredths of a 万元, as an amount is shown.
#[must_use]
pub const fn hundredths(cents: i64) -> i64 {
    (cents.abs() + STEP_CENTS / 2) / STEP_CENTS * cents.signum()
}

/// Hundredths with two decimals: 3850 → "38.50".
#[must_use]
pub fn show_hundredths(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let value = value.abs();
    format!("{sign}{}.{:02}", value / 100, value % 100)
}
