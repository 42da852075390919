//! Dates in the ways that officials write them (TC-58), and months.

use chrono::{Datelike as _, NaiveDate};

use super::text::half_width;

mod figures;

use figures::{Parts, day_and_time, parts};

/// Years that a date may lie in.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// A date as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The day.
    pub day: NaiveDate,
    /// A time of day other than midnight stood behind it.
    pub timed: bool,
}

/// Why a text is no date that can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Not one of the ways.
    Form,
    /// A year and a month only.
    NoDay,
    /// 09-5-18.
    TwoDigits,
    /// The calendar has no such day.
    NoSuchDay(i32, u32, u32),
    /// Before 1900 or after 2100.
    Year,
    /// 1968.1: January, or October whose zero was lost.
    OneOrTen,
    /// The calendar has no such month.
    NoSuchMonth(u32),
}

impl Fault {
    /// What is wrong, as a part of a sentence.
    #[must_use]
    pub fn what(self) -> String {
        match self {
            Self::Form => "不是能认出的日期".to_owned(),
            Self::NoDay => "只有年月，没有写明是哪一日".to_owned(),
            Self::TwoDigits => "年份只有两位，不能确定是哪一年".to_owned(),
            Self::NoSuchDay(year, month, day) => {
                format!("没有这一天：{year}年{month}月没有{day}日")
            }
            Self::Year => "年份不在1900年至2100年之间".to_owned(),
            Self::OneOrTen => "不能确定是1月还是10月".to_owned(),
            Self::NoSuchMonth(month) => format!("没有{month}月"),
        }
    }

    fn told(self) -> String {
        match self {
            Self::Form => "日期请写作2018-10-08或2018年10月8日。".to_owned(),
            Self::NoSuchDay(..) => format!("{}，请核对。", self.what()),
            Self::Year => "年份应在1900年至2100年之间。".to_owned(),
            other => format!("{}，请写作2018-10-08或2018年10月8日。", other.what()),
        }
    }
}

/// Reads 2018年10月8日, 2018-10-8, 2018/10/8, 2018.10.8, 20181008 or 二〇一八年十月八日,
/// full-width digits too; a midnight behind it says nothing.
pub fn parse(typed: &str) -> Result<Option<NaiveDate>, String> {
    match read(typed).map_err(Fault::told)? {
        Some(written) if written.timed => Err(Fault::Form.told()),
        read => Ok(read.map(|written| written.day)),
    }
}

/// The same with any time of day behind it.
pub fn read(typed: &str) -> Result<Option<Written>, Fault> {
    let text = half_width(typed);
    let (text, timed) = day_and_time(text.trim());
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() {
        return Ok(None);
    }
    let (year, month, day) = match parts(&text) {
        Parts::Day(year, month, day) => (year, month, day),
        Parts::Month { .. } => return Err(Fault::NoDay),
        Parts::TwoDigits => return Err(Fault::TwoDigits),
        Parts::None => return Err(Fault::Form),
    };
    let day =
        NaiveDate::from_ymd_opt(year, month, day).ok_or(Fault::NoSuchDay(year, month, day))?;
    check(day)?;
    Ok(Some(Written { day, timed }))
}

/// A day within the years that a date may lie in.
pub fn check(day: NaiveDate) -> Result<(), Fault> {
    if YEARS.contains(&day.year()) {
        Ok(())
    } else {
        Err(Fault::Year)
    }
}

/// Reads 1968年1月, 1968-01, 1968/1, 1968.01 or 196801; the result is the month's first day.
pub fn read_month(typed: &str) -> Result<Option<NaiveDate>, Fault> {
    let text: String = half_width(typed)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    if text.is_empty() {
        return Ok(None);
    }
    let (year, month) = match parts(&text) {
        Parts::Month { ambiguous, .. } if ambiguous => return Err(Fault::OneOrTen),
        Parts::Month { year, month, .. } | Parts::Day(year, month, _) => (year, month),
        Parts::TwoDigits => return Err(Fault::TwoDigits),
        Parts::None => return Err(Fault::Form),
    };
    let day = NaiveDate::from_ymd_opt(year, month, 1).ok_or(Fault::NoSuchMonth(month))?;
    check(day)?;
    Ok(Some(day))
}
