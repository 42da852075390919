//! Dates in the ways that officials write them (TC-58).

use chrono::{Datelike as _, NaiveDate};

use super::text::half_width;

/// Years that a date may lie in.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// Reads 2018年10月8日, 2018-10-8, 2018/10/8, 2018.10.8 or 20181008, full-width digits too.
pub fn parse(typed: &str) -> Result<Option<NaiveDate>, String> {
    let text: String = half_width(typed)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    if text.is_empty() {
        return Ok(None);
    }
    let unreadable = || "日期请写作2018-10-08或2018年10月8日。".to_owned();
    let (year, month, day) = numbers(&text).ok_or_else(unreadable)?;
    let date = NaiveDate::from_ymd_opt(year, month, day)
        .ok_or_else(|| format!("没有这一天：{year}年{month}月没有{day}日，请核对。"))?;
    if YEARS.contains(&date.year()) {
        Ok(Some(date))
    } else {
        Err("年份应在1900年至2100年之间。".to_owned())
    }
}

fn numbers(text: &str) -> Option<(i32, u32, u32)> {
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((
            text.get(..4)?.parse().ok()?,
            text.get(4..6)?.parse().ok()?,
            text.get(6..)?.parse().ok()?,
        ));
    }
    let parts: Vec<&str> = if let Some((year, rest)) = text.split_once('年') {
        let (month, day) = rest.split_once('月')?;
        vec![
            year,
            month,
            day.strip_suffix('日')
                .or_else(|| day.strip_suffix('号'))
                .unwrap_or(day),
        ]
    } else {
        let separator = ['-', '/', '.']
            .into_iter()
            .find(|separator| text.contains(*separator))?;
        text.split(separator).collect()
    };
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    if year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}
