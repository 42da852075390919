//! Decimal numbers as people write them, and what is wrong with those that are none.
//! Never floating point.

/// A number that is not negative, exactly as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    /// Digits before the point.
    whole: String,
    /// Digits behind it, without zeros at the end.
    decimals: String,
}

/// Why a text is no number that can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No number, or something beside it.
    Form,
    /// Below zero, also by an accountant's brackets.
    Negative,
    /// 约30, 30余.
    About,
    /// 30+4.
    Sum,
    /// 30-40.
    Range,
    /// 三十八.
    Words,
    /// More than two decimals.
    Decimals,
    /// Less than a cent.
    HalfCent,
    /// Not a whole number.
    Fraction,
    /// More than can be kept.
    TooLarge,
    /// A unit that is not converted here.
    Unit,
    /// Nothing says the unit.
    NoUnit,
}

impl Fault {
    /// What is wrong, as a part of a sentence.
    #[must_use]
    pub fn what(self) -> &'static str {
        match self {
            Self::Form => "不是单独的一个数字",
            Self::Negative => "是负数（带括号的数字也是负数）",
            Self::About => "是约数，不是确数",
            Self::Sum => "是算式，不是结果",
            Self::Range => "是一个范围，不是一个数",
            Self::Words => "数字是用汉字写的",
            Self::Decimals => "小数超过两位",
            Self::HalfCent => "有不足一分的零头",
            Self::Fraction => "不是整数",
            Self::TooLarge => "数字过大",
            Self::Unit => "单位不能换算",
            Self::NoUnit => "没有写明金额单位",
        }
    }

    /// For a field of an amount: what is wrong and how to write it.
    #[must_use]
    pub fn told(self, what: &str, unit: &str) -> String {
        let how = format!("{what}请以{unit}为单位填写数字，例如12.50。");
        match self {
            Self::Form | Self::Unit | Self::NoUnit => how,
            Self::Decimals => format!("{what}最多两位小数。"),
            Self::TooLarge => format!("{what}过大，请核对是否以{unit}为单位。"),
            other => format!("{}。{how}", other.what()),
        }
    }
}

/// Chinese words for figures.
const FIGURES: &str = "零〇○一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟";
/// Words of somebody who does not know exactly.
const ABOUT: [&str; 10] = [
    "约", "近", "余", "多", "左右", "上下", "以上", "以下", "不足", "超过",
];

/// Reads a number from a text in half width without blanks around it.
pub fn read(text: &str) -> Result<Decimal, Fault> {
    plain(text).ok_or_else(|| fault(text))
}

fn plain(text: &str) -> Option<Decimal> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let whole = ungrouped(whole)?;
    let cut = text.contains('.') && decimals.is_empty();
    if cut || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(Decimal {
        whole,
        decimals: decimals.trim_end_matches('0').to_owned(),
    })
}

fn fault(text: &str) -> Fault {
    let signed = text.strip_prefix(['-', '\u{2212}', '－', '–', '—', '负']);
    let bracketed = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    let negative = signed.or(bracketed).map(str::trim);
    let figures = || text.chars().any(|c| c.is_ascii_digit());
    if negative.is_some_and(|rest| plain(rest).is_some()) {
        Fault::Negative
    } else if !text.is_empty() && text.chars().all(|c| FIGURES.contains(c)) {
        Fault::Words
    } else if figures() && ABOUT.iter().any(|word| text.contains(word)) {
        Fault::About
    } else if joins(text, &['+']) {
        Fault::Sum
    } else if joins(text, &['-', '~', '～', '至', '到', '—', '–']) {
        Fault::Range
    } else {
        Fault::Form
    }
}

/// Nothing but numbers with one of these signs between them.
fn joins(text: &str, signs: &[char]) -> bool {
    let parts: Vec<&str> = text.split(signs).map(str::trim).collect();
    parts.len() > 1 && parts.iter().all(|part| plain(part).is_some())
}

/// Digits without thousands marks; marks must stand where they belong.
fn ungrouped(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split(',').collect();
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let (first, rest) = groups.split_first()?;
    let grouped = rest.is_empty()
        || ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3));
    (digits(first) && rest.iter().all(|group| digits(group)) && grouped).then(|| groups.concat())
}

impl Decimal {
    /// Nothing.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.decimals.is_empty() && self.whole.bytes().all(|byte| byte == b'0')
    }

    /// The whole number, if it is one.
    pub fn integer(&self) -> Result<i64, Fault> {
        if self.decimals.is_empty() {
            self.whole.parse().map_err(|_| Fault::TooLarge)
        } else {
            Err(Fault::Fraction)
        }
    }

    /// Hundredths of it, if there are no smaller parts.
    pub fn hundredths(&self) -> Result<i64, Fault> {
        self.times(100).map_err(|fault| match fault {
            Fault::Fraction => Fault::Decimals,
            other => other,
        })
    }

    /// It times a number, if that is whole.
    pub fn times(&self, factor: i64) -> Result<i64, Fault> {
        if self.decimals.len() > 12 {
            return Err(Fault::Fraction);
        }
        let scale = u32::try_from(self.decimals.len()).map_err(|_| Fault::Fraction)?;
        let digits = format!("{}{}", self.whole, self.decimals);
        let scaled = digits
            .parse::<i128>()
            .ok()
            .and_then(|digits| digits.checked_mul(i128::from(factor)))
            .ok_or(Fault::TooLarge)?;
        let divisor = 10_i128.pow(scale);
        if scaled % divisor != 0 {
            return Err(Fault::Fraction);
        }
        i64::try_from(scaled / divisor).map_err(|_| Fault::TooLarge)
    }
}

impl Decimal {
    /// It times a number, smaller parts cut off; nothing if that is too much.
    #[must_use]
    pub fn rounded(&self, factor: i64) -> Option<i64> {
        let decimals: String = self.decimals.chars().take(12).collect();
        let digits: i128 = format!("{}{decimals:0<12}", self.whole).parse().ok()?;
        let scaled = digits.checked_mul(i128::from(factor))? / 1_000_000_000_000;
        i64::try_from(scaled).ok()
    }
}

/// Decimals that are looked at.
const PLACES: usize = 18;
/// One, in units of the last of them.
const ONE: i128 = 1_000_000_000_000_000_000;

/// A number that a workbook keeps, without the noise of binary fractions: 15 digits that
/// mean something, as the programs show them; nearer than 1e-9 to a hundredth is that
/// hundredth (7.0000000000000009 is 7, 25000.005 stays).
#[must_use]
pub fn settled(number: &str) -> String {
    exact(number).unwrap_or_else(|| number.to_owned())
}

fn exact(number: &str) -> Option<String> {
    let (sign, digits) = number
        .strip_prefix('-')
        .map_or(("", number), |rest| ("-", rest));
    let (whole, decimals) = digits.split_once('.')?;
    if decimals.len() <= 2 || whole.len() > 15 {
        return None;
    }
    let decimals: String = decimals.chars().take(PLACES).collect();
    let value: i128 = format!("{whole}{decimals:0<PLACES$}").parse().ok()?;
    let places = value.to_string().len();
    let dropped = u32::try_from(places.saturating_sub(15)).ok()?;
    let value = nearest(value, 10_i128.checked_pow(dropped)?);
    let hundredth = nearest(value, ONE / 100);
    let near = (value - hundredth).abs() < ONE / 1_000_000_000;
    let value = if near { hundredth } else { value };
    let fraction = format!("{:0PLACES$}", value % ONE);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    let sign = if value == 0 { "" } else { sign };
    Some(format!("{sign}{}{point}{fraction}", value / ONE))
}

fn nearest(value: i128, step: i128) -> i128 {
    (value + step / 2) / step * step
}
