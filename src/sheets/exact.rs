//! What a spreadsheet's cell holds as it stands, whatever is written into it: numbers of fifteen
//! digits, days from 1900 on. What it does not hold so is written as text.

use std::io;

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, Timelike as _};
use rust_xlsxwriter::{ExcelDateTime, XlsxError};

/// Significant digits that a spreadsheet's number holds.
const DIGITS: usize = 15;

/// A number in decimals.
pub fn number(decimals: &str) -> Option<f64> {
    let plain = decimals.strip_prefix('-').unwrap_or(decimals);
    if !plain.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let digits = plain.replace('.', "");
    let fits = digits.trim_start_matches('0').len() <= DIGITS;
    fits.then(|| decimals.parse().ok()).flatten()
}

/// A date; spreadsheets begin with 1900.
pub fn date(day: NaiveDate) -> Option<ExcelDateTime> {
    // The library takes two days before as well, as places that mean no day.
    let year = u16::try_from(day.year())
        .ok()
        .filter(|year| *year >= 1900)?;
    let month = u8::try_from(day.month()).ok()?;
    ExcelDateTime::from_ymd(year, month, u8::try_from(day.day()).ok()?).ok()
}

/// A day and minute.
pub fn minute(at: NaiveDateTime) -> Option<ExcelDateTime> {
    let hour = u16::try_from(at.hour()).ok()?;
    let minute = u8::try_from(at.minute()).ok()?;
    date(at.date())?.and_hms(hour, minute, 0_u8).ok()
}

/// What a book could not be written for, as whoever writes any file is told it.
pub fn unwritten(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::new(io::ErrorKind::InvalidInput, other),
    }
}
