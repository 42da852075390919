//! What calamine found in a cell, as it is told.

use std::fmt::Write;

use calamine::{DataRef, ExcelDateTime};
use chrono::{Days, NaiveDate};

use super::{formats::Format, limits};
use crate::sheets::cells::{Unreadable, Value};

/// How a cell is to be taken.
#[derive(Debug, Clone, Copy)]
pub struct Taking {
    /// Its number format.
    pub format: Format,
    /// The book counts its days from 1904.
    pub from_1904: bool,
    /// It is computed.
    pub computed: bool,
}

/// The value of a cell; nothing if it has no content.
pub fn of(data: &DataRef<'_>, taking: Taking) -> Result<Option<Value>, Unreadable> {
    Ok(match data {
        DataRef::Empty => taking.computed.then_some(Value::Uncomputed),
        DataRef::String(text) | DataRef::DurationIso(text) => of_text(text)?,
        DataRef::SharedString(text) => of_text(text)?,
        DataRef::Int(number) => Some(Value::Number(number.to_string(), taking.format.percent)),
        DataRef::Float(number) => Some(Value::Number(plain(*number)?, taking.format.percent)),
        DataRef::Bool(truth) => Some(Value::Truth(*truth)),
        DataRef::Error(error) => Some(Value::Error(error.to_string())),
        DataRef::DateTime(moment) => Some(of_moment(moment, taking)?),
        DataRef::DateTimeIso(text) => match iso_day(text) {
            Some(day) => Some(Value::Day(day)),
            None => of_text(text)?,
        },
    })
}

fn of_text(text: &str) -> Result<Option<Value>, Unreadable> {
    if text.len() > limits::CELL {
        return Err(Unreadable::Broken);
    }
    let is_blank = text.chars().all(char::is_whitespace);
    Ok((!is_blank).then(|| Value::Text(text.to_owned())))
}

/// The shortest decimals that mean a number, without an exponent.
fn plain(number: f64) -> Result<String, Unreadable> {
    if !number.is_finite() {
        return Err(Unreadable::Broken);
    }
    let mut plain = String::with_capacity(24);
    // Adding zero takes the sign from minus zero. Writing to a string cannot fail.
    write!(plain, "{}", number + 0.0).map_err(|_| Unreadable::Broken)?;
    Ok(plain)
}

fn iso_day(text: &str) -> Option<NaiveDate> {
    let (day, rest) = text.split_at_checked(10)?;
    let is_moment = rest.is_empty() || rest.starts_with('T');
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    is_moment.then_some(day)
}

/// A number with the format of a date or a time. What is no day is told as Excel shows it, or as the number it is.
fn of_moment(moment: &ExcelDateTime, taking: Taking) -> Result<Value, Unreadable> {
    /// 9999-12-31, counted from 1900.
    const LAST: f64 = 2_958_465.0;
    let number = moment.as_f64();
    let bare = plain(number)?;
    if !(0.0..LAST + 1.0).contains(&number) {
        return Ok(Value::Number(bare, false));
    }
    if moment.is_duration() {
        return Ok(Value::Text(clock(number, true)));
    }
    let days = number.floor();
    if taking.format.time || (days == 0.0 && number > 0.0) {
        let seconds = taking.format.seconds;
        return Ok(Value::Text(clock(number - days, seconds)));
    }
    let count = days.to_string().parse().unwrap_or(u64::MAX);
    Ok(match day(count, taking.from_1904) {
        Some(day) => Value::Day(day),
        None if count == 0 => Value::Text("1900-01-00".to_owned()),
        None if count == 60 && !taking.from_1904 => Value::Text("1900-02-29".to_owned()),
        None => Value::Number(bare, false),
    })
}

/// The day of a number. Counted from 1900 there is a 29 February that never was, and a day before the first.
fn day(count: u64, from_1904: bool) -> Option<NaiveDate> {
    let zero = match (from_1904, count) {
        (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1)?,
        (false, 0 | 60) => return None,
        (false, 1..60) => NaiveDate::from_ymd_opt(1899, 12, 31)?,
        (false, _) => NaiveDate::from_ymd_opt(1899, 12, 30)?,
    };
    let day = zero.checked_add_days(Days::new(count))?;
    (day <= NaiveDate::from_ymd_opt(9999, 12, 31)?).then_some(day)
}

/// Hours, minutes and perhaps seconds of a part of a day, or of several days.
fn clock(days: f64, with_seconds: bool) -> String {
    let seconds: u64 = (days * 86_400.0).round().to_string().parse().unwrap_or(0);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if with_seconds {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{hours}:{minutes:02}")
    }
}
