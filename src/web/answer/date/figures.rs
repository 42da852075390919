//! The figures of a date.

/// What a text without blanks says.
pub(super) enum Parts {
    /// Year, month and day.
    Day(i32, u32, u32),
    /// Year and month.
    Month {
        /// Year.
        year: i32,
        /// Month.
        month: u32,
        /// 1968.1, which may have been 1968.10.
        ambiguous: bool,
    },
    /// A date whose year has two digits.
    TwoDigits,
    /// No date.
    None,
}

/// A text without the time of day behind it, and whether that is another than midnight.
pub(super) fn day_and_time(text: &str) -> (&str, bool) {
    let split = text.rsplit_once(|c: char| c.is_whitespace() || c == 'T');
    match split {
        Some((day, time)) if is_time(time) => {
            let midnight = time.chars().all(|c| matches!(c, '0' | ':' | '.'));
            (day.trim_end(), !midnight)
        }
        _ => (text, false),
    }
}

fn is_time(text: &str) -> bool {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Vec<&str> = clock.split(':').collect();
    let within = |part: &&str, most: u32| {
        digits(part, 2) && part.parse::<u32>().is_ok_and(|number| number <= most)
    };
    let clock = match parts.as_slice() {
        [hour, rest @ ..] => within(hour, 23) && rest.iter().all(|part| within(part, 59)),
        [] => false,
    };
    clock && (2..=3).contains(&parts.len()) && digits(fraction, 9)
}

fn digits(part: &str, most: usize) -> bool {
    (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// Takes a date apart.
pub(super) fn parts(text: &str) -> Parts {
    if let Some(found) = compact(text) {
        return found;
    }
    if let Some((year, rest)) = text.split_once('年') {
        return worded(year, rest);
    }
    let separator = ['-', '/', '.']
        .into_iter()
        .find(|separator| text.contains(*separator));
    let Some(separator) = separator else {
        return Parts::None;
    };
    match text.split(separator).collect::<Vec<_>>().as_slice() {
        [year, month, day] => day_of(year, month, day),
        [year, month] => month_of(year, month, separator == '.' && *month == "1"),
        _ => Parts::None,
    }
}

/// 20181008 and 201810.
fn compact(text: &str) -> Option<Parts> {
    if !digits(text, 8) {
        return None;
    }
    let (year, month) = (text.get(..4)?, text.get(4..6)?);
    match text.len() {
        8 => Some(day_of(year, month, text.get(6..)?)),
        6 => Some(month_of(year, month, false)),
        _ => None,
    }
}

/// 2018年10月8日 and 二〇一八年十月八日.
fn worded(year: &str, rest: &str) -> Parts {
    let Some((month, day)) = rest.split_once('月') else {
        return Parts::None;
    };
    let day = day
        .strip_suffix('日')
        .or_else(|| day.strip_suffix('号'))
        .unwrap_or(day);
    let year = chinese_year(year).unwrap_or_else(|| year.to_owned());
    let small = |text: &str| chinese_small(text).unwrap_or_else(|| text.to_owned());
    if day.is_empty() {
        month_of(&year, &small(month), false)
    } else {
        day_of(&year, &small(month), &small(day))
    }
}

fn day_of(year: &str, month: &str, day: &str) -> Parts {
    if !digits(month, 2) || !digits(day, 2) {
        return Parts::None;
    }
    match (year.parse(), month.parse(), day.parse()) {
        (Ok(year_number), Ok(month), Ok(day)) if digits(year, 4) => match year.len() {
            4 => Parts::Day(year_number, month, day),
            2 => Parts::TwoDigits,
            _ => Parts::None,
        },
        _ => Parts::None,
    }
}

fn month_of(year: &str, month: &str, ambiguous: bool) -> Parts {
    let whole = digits(year, 4) && year.len() == 4 && digits(month, 2);
    match (year.parse(), month.parse()) {
        (Ok(year), Ok(month)) if whole => Parts::Month {
            year,
            month,
            ambiguous,
        },
        _ => Parts::None,
    }
}

fn figure(c: char) -> Option<u32> {
    match c {
        '〇' | '零' | '○' => Some(0),
        other => u32::try_from("一二三四五六七八九".chars().position(|f| f == other)? + 1).ok(),
    }
}

/// 二〇〇九 → 2009.
fn chinese_year(text: &str) -> Option<String> {
    let figures: Option<Vec<u32>> = text.chars().map(figure).collect();
    let figures = figures.filter(|figures| !figures.is_empty())?;
    Some(figures.iter().map(ToString::to_string).collect())
}

/// 十八 → 18, up to 三十九.
fn chinese_small(text: &str) -> Option<String> {
    let number = match text.split_once('十') {
        Some((tens, ones)) => {
            let part = |text: &str, nothing: u32| {
                let mut figures = text.chars();
                match (figures.next(), figures.next()) {
                    (None, _) => Some(nothing),
                    (Some(only), None) => figure(only),
                    _ => None,
                }
            };
            part(tens, 1)? * 10 + part(ones, 0)?
        }
        None => {
            let mut figures = text.chars().skip_while(|c| matches!(c, '〇' | '零' | '○'));
            let number = figure(figures.next()?)?;
            if figures.next().is_some() {
                return None;
            }
            number
        }
    };
    Some(number.to_string())
}
