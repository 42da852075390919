//! What reading a cell comes to.

/// What reading a cell comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing is given: no change.
    Blank(Vec<Warning>),
    /// —清空—: what was there is taken away.
    Clear,
    /// A value.
    Is(Read),
    /// It cannot be taken.
    Wrong(Wrong),
}

/// A value as a person would type it into the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// Days 2009-05-18, months 1968-01, money in 万元 and areas in m² with two decimals, counts
    /// in plain digits, yes and no, keys of options (several joined by commas).
    pub text: String,
    /// Which of the two a column for codes and certificate numbers held.
    pub form: Option<Form>,
    /// What somebody should confirm.
    pub warnings: Vec<Warning>,
}

/// Which of two numbers a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A unified social credit code.
    Code,
    /// The number of an old certificate.
    Certificate,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// As it stands, shortened to 40 characters.
    pub value: String,
    /// What is wrong.
    pub what: String,
    /// What is expected.
    pub expected: String,
}

/// Most characters of a wrong value that are shown.
const SHOWN: usize = 40;

impl Wrong {
    /// What is wrong with a value, and what is expected instead.
    #[must_use]
    pub fn new(value: &str, what: impl Into<String>, expected: impl Into<String>) -> Self {
        let mut shown: String = value.chars().take(SHOWN).collect();
        if value.chars().count() > SHOWN {
            shown.pop();
            shown.push('…');
        }
        Self {
            value: shown,
            what: what.into(),
            expected: expected.into(),
        }
    }
}

impl From<Wrong> for Outcome {
    fn from(wrong: Wrong) -> Self {
        Self::Wrong(wrong)
    }
}

impl Outcome {
    /// Nothing, without a word about it.
    #[must_use]
    pub fn nothing() -> Self {
        Self::Blank(Vec::new())
    }

    /// A value without warnings.
    #[must_use]
    pub fn is(text: impl Into<String>) -> Self {
        Self::Is(Read {
            text: text.into(),
            form: None,
            warnings: Vec::new(),
        })
    }

    /// With one more warning, if there is a value and a reason for it.
    #[must_use]
    pub fn warn_if(mut self, reason: bool, warning: Warning) -> Self {
        if let (Self::Is(read), true) = (&mut self, reason) {
            read.warnings.push(warning);
        }
        self
    }

    /// With the form of number that it is.
    #[must_use]
    pub(super) fn of_form(mut self, form: Form) -> Self {
        if let Self::Is(read) = &mut self {
            read.form = Some(form);
        }
        self
    }
}

/// What somebody should confirm, once for all cells of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Warning {
    /// An apostrophe stood before it.
    Apostrophe,
    /// A unit word stood behind a number.
    UnitWord,
    /// A currency sign stood before it.
    CurrencySign,
    /// A formula computed it.
    Formula,
    /// Other units → 万元, by the column's unit.
    Converted,
    /// The amount carries another unit than its column.
    OwnUnit,
    /// Smaller parts than a hundredth were rounded.
    Rounded,
    /// 无 was taken as 0.
    NoneIsZero,
    /// A dash or 无 was taken as not given.
    Dash,
    /// The time behind a day was left out.
    TimeDropped,
    /// The day of a month was left out.
    DayDropped,
    /// A telephone number was kept as a number.
    TelephoneAsNumber,
    /// A certificate number was kept as a number.
    CertificateAsNumber,
    /// The check character of a code does not fit.
    CheckCharacter,
}

impl Warning {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Apostrophe,
        Self::UnitWord,
        Self::CurrencySign,
        Self::Formula,
        Self::Converted,
        Self::OwnUnit,
        Self::Rounded,
        Self::NoneIsZero,
        Self::Dash,
        Self::TimeDropped,
        Self::DayDropped,
        Self::TelephoneAsNumber,
        Self::CertificateAsNumber,
        Self::CheckCharacter,
    ];

    /// Its word in forms and records.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.words().0
    }

    /// What is confirmed.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Apostrophe => ("apostrophe", "已去掉内容前的单引号。"),
            Self::UnitWord => ("unit_word", "已去掉数字后的单位（家、人、平方米等）。"),
            Self::CurrencySign => (
                "currency_sign",
                "已去掉金额前的货币符号，金额按所在列的单位读入。",
            ),
            Self::Formula => ("formula", "单元格是公式，已采用文件中保存的计算结果。"),
            Self::Converted => ("converted", "金额已按表中写明的单位换算为万元。"),
            Self::OwnUnit => (
                "own_unit",
                "数字后写明的单位与所在列不同，已按数字后的单位换算为万元。",
            ),
            Self::Rounded => ("rounded", "小数超过两位，已四舍五入到两位小数。"),
            Self::NoneIsZero => ("none_is_zero", "“无”已按0读入。"),
            Self::Dash => (
                "dash",
                "“—”“-”“/”以及不适用处的“无”按未填写处理，不改动原有内容。",
            ),
            Self::TimeDropped => ("time_dropped", "日期后的时刻已略去，只取日期。"),
            Self::DayDropped => ("day_dropped", "只取年月，日期中的日已略去。"),
            Self::TelephoneAsNumber => (
                "telephone_as_number",
                "电话号码在表中是数字格式，开头的0可能已丢失，请核对。",
            ),
            Self::CertificateAsNumber => (
                "certificate_as_number",
                "证书号在表中是数字格式，开头的0可能已丢失，请核对。",
            ),
            Self::CheckCharacter => (
                "check_character",
                "统一社会信用代码的校验位不符，请与证书核对。证书上确实如此的，请确认并说明。",
            ),
        }
    }
}
