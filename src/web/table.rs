//! A table described once: its columns say label, kind, unit, width and who may see
//! them, and how each is read from a row. From that comes the page's table, its stacked
//! form on a telephone and its print; a file with the same columns needs nothing more.

use chrono::NaiveDate;

use crate::access::Actor;
use crate::words::{Mark, Marked};

use super::answer::money;
use super::figure::Figure;

/// What stands in a column, for its alignment and, in a file, its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words, which may take several lines.
    Words,
    /// A short value that stays on one line: a day, a number of a document.
    Short,
    /// A figure, aligned to the right.
    Figure,
    /// The row's number in the table.
    Serial,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing: drawn as a dash.
    Empty,
    /// Text.
    Text(String),
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
        cents.map_or(Self::Empty, |cents| Self::Text(money::show(cents)))
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
            Self::Text(text)
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

/// Cells of what is written as it prints itself.
macro_rules! printed {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Cell {
            fn from(value: $kind) -> Self {
                Self::Text(value.to_string())
            }
        }
    )*};
}

printed!(usize, i64, i32, NaiveDate);

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

/// A column of a table of `R`.
pub struct Column<R: 'static> {
    label: &'static str,
    short: &'static str,
    unit: &'static str,
    kind: Kind,
    head: bool,
    seen_by: fn(&Actor) -> bool,
    cell: fn(&R) -> Cell,
}

/// A column of words.
pub const fn words<R>(label: &'static str, cell: fn(&R) -> Cell) -> Column<R> {
    Column {
        label,
        short: label,
        unit: "",
        kind: Kind::Words,
        head: false,
        seen_by: |_| true,
        cell,
    }
}

/// A column of short values, each on one line.
pub const fn short<R>(label: &'static str, cell: fn(&R) -> Cell) -> Column<R> {
    let mut column = words(label, cell);
    column.kind = Kind::Short;
    column
}

/// A column of figures.
pub const fn figures<R>(label: &'static str, cell: fn(&R) -> Cell) -> Column<R> {
    let mut column = words(label, cell);
    column.kind = Kind::Figure;
    column
}

/// A column that counts the rows.
#[must_use]
pub const fn serial<R>() -> Column<R> {
    let mut column = words("序号", |_: &R| Cell::Empty);
    column.kind = Kind::Serial;
    column
}

impl<R> Column<R> {
    /// The row's own name: its head.
    #[must_use]
    pub const fn head(mut self) -> Self {
        self.head = true;
        self
    }

    /// Called so where a telephone stacks the row.
    #[must_use]
    pub const fn stacked_as(mut self, label: &'static str) -> Self {
        self.short = label;
        self
    }

    /// In this unit, said in the column's head.
    #[must_use]
    pub const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    /// Drawn only for whom this lets.
    #[must_use]
    pub const fn seen_by(mut self, seen_by: fn(&Actor) -> bool) -> Self {
        self.seen_by = seen_by;
        self
    }
}

impl Kind {
    /// How a cell is marked in the page.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Words => "",
            Self::Short => "nowrap",
            Self::Figure | Self::Serial => "num",
        }
    }

    /// How the column's head is marked.
    #[must_use]
    pub const fn head_class(self) -> &'static str {
        match self {
            Self::Words | Self::Short => "",
            Self::Figure => "num",
            Self::Serial => "num serial",
        }
    }
}

/// The head of a column as it is drawn.
#[derive(Debug, Clone)]
pub struct Head {
    /// Its label with its unit.
    pub label: String,
    /// Its label where a row is stacked.
    pub short: &'static str,
    /// What stands in it.
    pub kind: Kind,
    /// The rows' own name.
    pub head: bool,
}

/// A table with its rows, ready to be drawn.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// What it is, for readers.
    pub caption: String,
    /// Its columns.
    pub heads: Vec<Head>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
    /// Stacked on a telephone, instead of scrolled.
    pub stacked: bool,
}

impl Table {
    /// The rows in the columns that the person may see.
    pub fn of<'r, R: 'static>(
        caption: impl Into<String>,
        actor: &Actor,
        columns: &[Column<R>],
        rows: impl IntoIterator<Item = &'r R>,
    ) -> Self {
        let columns: Vec<&Column<R>> = columns
            .iter()
            .filter(|column| (column.seen_by)(actor))
            .collect();
        let head = |column: &&Column<R>| Head {
            label: match column.unit {
                "" => column.label.to_owned(),
                unit => format!("{}（{unit}）", column.label),
            },
            short: column.short,
            kind: column.kind,
            head: column.head,
        };
        Self {
            caption: caption.into(),
            heads: columns.iter().map(head).collect(),
            rows: (1_usize..)
                .zip(rows)
                .map(|(number, row)| {
                    let cell = |column: &&Column<R>| match column.kind {
                        Kind::Serial => number.into(),
                        _ => (column.cell)(row),
                    };
                    columns.iter().map(cell).collect()
                })
                .collect(),
            stacked: true,
        }
    }

    /// The same, scrolled on a telephone: its columns are compared with each other.
    #[must_use]
    pub fn scrolled(mut self) -> Self {
        self.stacked = false;
        self
    }

    /// How many rows it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A row's cells under their heads.
    pub fn cells<'t>(&'t self, row: &'t [Cell]) -> impl Iterator<Item = (&'t Head, &'t Cell)> {
        self.heads.iter().zip(row)
    }
}
