//! Days and months.

use chrono::{Datelike as _, Days, NaiveDate};

use super::kinds::Kind;
use super::outcome::{Outcome, Warning, Wrong};
use crate::web::answer::date::{self, Fault};

/// How a day is written.
const DAY: &str = "应为日期，例如2009-05-18或2009年5月18日";
/// How a month is written.
const MONTH: &str = "应为年月，例如1968-01或1968年1月";

/// A day in words or figures.
pub(super) fn day(text: &str) -> Outcome {
    match date::read(text) {
        Ok(None) => Outcome::nothing(),
        Ok(Some(written)) => {
            Outcome::is(written.day.to_string()).warn_if(written.timed, Warning::TimeDropped)
        }
        Err(fault) => Wrong::new(text, fault.what(), DAY).into(),
    }
}

/// A month in words or figures.
pub(super) fn month(text: &str) -> Outcome {
    match date::read_month(text) {
        Ok(None) => Outcome::nothing(),
        Ok(Some(day)) => Outcome::is(shown_month(day)),
        Err(fault) => match date::read(text) {
            // A whole day with a time behind it.
            Ok(Some(written)) => of_day(written.day, Kind::Month),
            _ => Wrong::new(text, fault.what(), MONTH).into(),
        },
    }
}

/// A bare number in a column of days: 20090518 is read; 39951 may be a day without its
/// format, which is told, never taken.
pub(super) fn number(number: &str) -> Outcome {
    match (number.len(), date::read(number)) {
        (8, Ok(Some(written))) => return Outcome::is(written.day.to_string()),
        (8, Err(fault @ (Fault::NoSuchDay(..) | Fault::Year))) => {
            return Wrong::new(number, fault.what(), DAY).into();
        }
        _ => {}
    }
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let count: Option<u64> = whole.parse().ok();
    match count {
        Some(1900..=2100) if fraction.is_empty() => {
            Wrong::new(number, "只有年份，没有写明是哪一日", DAY).into()
        }
        Some(1900..=2100) => Wrong::new(number, Fault::NoDay.what(), DAY).into(),
        count => match count.and_then(serial) {
            Some(day) => Wrong::new(
                number,
                "是没有日期格式的数字，看起来是日期序号",
                format!("应为{day}？请将该单元格设为日期格式，或写作{day}"),
            )
            .into(),
            None => Wrong::new(number, "不是能认出的日期", DAY).into(),
        },
    }
}

/// The day that a program shows for a number, from March 1900 on, where all of them agree.
fn serial(number: u64) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let day = first.checked_add_days(Days::new(number))?;
    (number > 60 && date::check(day).is_ok()).then_some(day)
}

/// The day that a formula gives that refers to a cell without content.
pub(super) fn is_zero(day: NaiveDate) -> bool {
    day.year() < 1900 || (day.year() == 1900 && day.ordinal() == 1)
}

/// A cell that holds a day.
pub(super) fn of_day(day: NaiveDate, kind: Kind) -> Outcome {
    let text = day.to_string();
    if matches!(kind, Kind::Day | Kind::Month)
        && let Err(fault) = date::check(day)
    {
        return Wrong::new(&text, fault.what(), "请核对年份").into();
    }
    match kind {
        Kind::Day | Kind::Text | Kind::Long => Outcome::is(text),
        Kind::Month => Outcome::is(shown_month(day)).warn_if(day.day() != 1, Warning::DayDropped),
        _ if kind.is_amount() => Wrong::new(&text, "是日期", "应为数字").into(),
        _ => Wrong::new(&text, "是日期", "应为文字").into(),
    }
}

fn shown_month(day: NaiveDate) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}
