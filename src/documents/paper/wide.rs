//! A wide table on A4 landscape, in 7.5 pt (六号): the completion table (EX-7). A4 carries
//! its 23 columns only with the code under the name and dates unbroken.

use super::tables::Side;

/// How a heading cell stands in the header rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Down {
    /// In its own row only.
    One,
    /// Begins here and goes on in the next row.
    Begins,
    /// Goes on from the row above.
    GoesOn,
}

/// A heading cell, `across` columns wide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// What it says.
    pub text: String,
    /// Columns that it spans.
    pub across: usize,
    /// How it stands in the header rows.
    pub down: Down,
}

impl Heading {
    /// Over one column, in its own row.
    #[must_use]
    pub fn one(text: impl Into<String>) -> Self {
        Self::over(1, text)
    }

    /// Over several columns, in its own row.
    #[must_use]
    pub fn over(across: usize, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            across,
            down: Down::One,
        }
    }

    /// Over one column, through this row and the next.
    #[must_use]
    pub fn begins(text: impl Into<String>) -> Self {
        Self {
            down: Down::Begins,
            ..Self::one(text)
        }
    }

    /// The rest of what begins in the row above.
    #[must_use]
    pub fn goes_on() -> Self {
        Self {
            down: Down::GoesOn,
            ..Self::one("")
        }
    }
}

/// A column of a wide table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WideColumn {
    /// Its share of the width; where the shares add up to 12,756 they are twips.
    pub share: u32,
    /// Where its cells' text stands.
    pub side: Side,
}

impl WideColumn {
    /// A column with its text in the middle.
    #[must_use]
    pub fn new(share: u32) -> Self {
        Self {
            share,
            side: Side::Centre,
        }
    }

    /// A column of words.
    #[must_use]
    pub fn left(share: u32) -> Self {
        Self {
            share,
            side: Side::Left,
        }
    }
}

/// A wide table on A4 landscape: title, unit and day, head rows on every page, signatures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wide {
    /// The title, in one line.
    pub title: String,
    /// 填报单位, on the left.
    pub unit: String,
    /// Day of the figures, on the right.
    pub as_of: String,
    /// Its columns.
    pub columns: Vec<WideColumn>,
    /// Its header rows.
    pub headings: Vec<Vec<Heading>>,
    /// Its rows, a text for each column; lines in it become paragraphs.
    pub rows: Vec<Vec<String>>,
    /// 填表人, 审核人, 单位负责人, 日期, each with who it was.
    pub signatures: Vec<(String, String)>,
    /// What stands across every page until it is approved.
    pub across: Option<String>,
}
