//! What stands in a cell: what it is, not only how it is drawn, so that a file has a number
//! where the page shows a number.

use chrono::NaiveDate;

use crate::web::answer::money;
use crate::web::figure::Figure;
use crate::words::{Mark, Marked};

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing: drawn as a dash.
    Empty,
    /// Text.
    Text(String),
    /// A whole number.
    Count(i64),
    /// A number with two decimals, in hundredths.
    Hundredths(i64),
    /// A share as it is shown, 92.1%.
    Percent(String),
    /// A day.
    Day(NaiveDate),
    /// A link: address and text.
    Link(String, String),
    /// A link whose text alone does not tell what it opens: around it stands what only a
    /// reader's voice says.
    Named {
        /// Where it leads.
        address: String,
        /// Said before the text.
        before: String,
        /// The text that is seen.
        text: String,
        /// Said after the text.
        after: String,
    },
    /// A state in words with the shape of its meaning.
    Mark(Mark, String),
    /// Text on a line of its own below the others, smaller.
    Sub(String),
    /// Text after the others, softer.
    Aside(String),
    /// Text beside others that stays on one line.
    Whole(String),
    /// A number with its set and the list behind it.
    Figure(Box<Figure>),
    /// Several things one after the other.
    Several(Vec<Cell>),
}

impl Cell {
    /// A link.
    pub fn link(address: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Link(address.into(), text.into())
    }

    /// A link with what a voice says before its text.
    pub fn said_before(
        address: impl Into<String>,
        before: impl Into<String>,
        text: impl Into<String>,
    ) -> Self {
        Self::Named {
            address: address.into(),
            before: before.into(),
            text: text.into(),
            after: String::new(),
        }
    }

    /// A link with what a voice says after its text.
    pub fn said_after(
        address: impl Into<String>,
        text: impl Into<String>,
        after: impl Into<String>,
    ) -> Self {
        Self::Named {
            address: address.into(),
            before: String::new(),
            text: text.into(),
            after: after.into(),
        }
    }

    /// A text as it is; alone in its cell and empty it is drawn as a dash.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The same with a smaller line below it.
    #[must_use]
    pub fn under(self, text: impl Into<String>) -> Self {
        [self, Self::Sub(text.into())].into()
    }

    /// A state with its mark.
    pub fn mark(word: impl Marked) -> Self {
        Self::Mark(word.mark(), word.label().to_owned())
    }

    /// An amount in 万元.
    #[must_use]
    pub fn money(cents: Option<i64>) -> Self {
        cents.map_or(Self::Empty, |cents| {
            Self::Hundredths(money::hundredths(cents))
        })
    }

    /// An area in m², from hundredths of one.
    #[must_use]
    pub fn area(hundredths: Option<i64>) -> Self {
        hundredths.map_or(Self::Empty, Self::Hundredths)
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// Its text, without links and shapes.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Count(number) => number.to_string(),
            Self::Hundredths(number) => money::show_hundredths(*number),
            Self::Day(day) => day.to_string(),
            Self::Percent(text)
            | Self::Text(text)
            | Self::Link(_, text)
            | Self::Named { text, .. }
            | Self::Mark(_, text)
            | Self::Sub(text)
            | Self::Aside(text)
            | Self::Whole(text) => text.clone(),
            Self::Figure(figure) => figure.shown.clone(),
            Self::Several(cells) => cells.iter().map(Self::text).collect(),
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<Figure> for Cell {
    fn from(figure: Figure) -> Self {
        Self::Figure(Box::new(figure))
    }
}

impl<const N: usize> From<[Self; N]> for Cell {
    fn from(cells: [Self; N]) -> Self {
        let flat = cells.into_iter().flat_map(|cell| match cell {
            Self::Several(parts) => parts,
            part => vec![part],
        });
        Self::Several(flat.collect())
    }
}

impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Count(number)
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Self::Count(number.into())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Count(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl<T: Into<Self>> From<&Option<T>> for Cell
where
    T: Clone,
{
    fn from(value: &Option<T>) -> Self {
        value.clone().into()
    }
}
