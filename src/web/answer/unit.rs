//! The units that amounts carry: behind a number, in a heading, above a table.

use serde::{Deserialize, Serialize};

/// A unit of measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 元.
    Yuan,
    /// 千元.
    ThousandYuan,
    /// 万元, which forms ask for.
    Wan,
    /// 亿元.
    HundredMillionYuan,
    /// 平方米, which forms ask for.
    SquareMetre,
    /// 亩, which is no round number of m².
    Mu,
    /// 公顷.
    Hectare,
    /// Hundredths.
    Percent,
    /// 人, 名.
    Persons,
    /// 家, 个.
    Bodies,
}

/// Ways to write units; a way that ends another stands behind it.
const WORDS: [(&str, Unit); 19] = [
    ("亿元", Unit::HundredMillionYuan),
    ("万元", Unit::Wan),
    ("千元", Unit::ThousandYuan),
    ("元", Unit::Yuan),
    ("平方米", Unit::SquareMetre),
    ("平米", Unit::SquareMetre),
    ("㎡", Unit::SquareMetre),
    ("m²", Unit::SquareMetre),
    ("M²", Unit::SquareMetre),
    ("m2", Unit::SquareMetre),
    ("M2", Unit::SquareMetre),
    ("公顷", Unit::Hectare),
    ("亩", Unit::Mu),
    ("%", Unit::Percent),
    ("人", Unit::Persons),
    ("名", Unit::Persons),
    ("家", Unit::Bodies),
    ("个", Unit::Bodies),
    ("户", Unit::Bodies),
];

impl Unit {
    /// As it is written.
    #[must_use]
    pub fn word(self) -> &'static str {
        WORDS
            .iter()
            .find(|(_, unit)| *unit == self)
            .map_or("", |(word, _)| word)
    }

    /// The unit that a word is; the word in half width, without blanks.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        WORDS
            .iter()
            .find(|(known, _)| *known == word)
            .map(|(_, unit)| *unit)
    }

    /// Cents (分) in one of it, of units of money.
    #[must_use]
    pub fn cents(self) -> Option<i64> {
        match self {
            Self::Yuan => Some(100),
            Self::ThousandYuan => Some(100_000),
            Self::Wan => Some(1_000_000),
            Self::HundredMillionYuan => Some(10_000_000_000),
            _ => None,
        }
    }

    /// It is a unit of money.
    #[must_use]
    pub fn is_money(self) -> bool {
        self.cents().is_some()
    }
}

/// A text without the unit that ends it, and that unit.
#[must_use]
pub fn split(text: &str) -> (&str, Option<Unit>) {
    WORDS
        .iter()
        .find_map(|(word, unit)| Some((text.strip_suffix(word)?.trim_end(), Some(*unit))))
        .unwrap_or((text, None))
}

/// The unit that begins a text, and what follows it.
#[must_use]
pub fn leading(text: &str) -> Option<(Unit, &str)> {
    WORDS
        .iter()
        .find_map(|(word, unit)| Some((*unit, text.strip_prefix(word)?)))
}
