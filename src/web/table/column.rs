//! The columns that a table is described by.

use crate::access::Actor;

use super::Cell;

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
    /// A code or number of many digits: text, whatever it looks like.
    Code,
}

/// A column of a table of `R`.
pub struct Column<R: 'static> {
    pub(super) label: &'static str,
    pub(super) short: &'static str,
    unit: &'static str,
    pub(super) group: &'static str,
    pub(super) wide: u16,
    pub(super) kind: Kind,
    pub(super) head: bool,
    pub(super) seen_by: fn(&Actor) -> bool,
    pub(super) cell: fn(&R) -> Cell,
}

/// A column of words.
pub const fn words<R>(label: &'static str, cell: fn(&R) -> Cell) -> Column<R> {
    Column {
        label,
        short: label,
        unit: "",
        group: "",
        wide: 0,
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

/// A column of codes, which stay text in a file.
pub const fn code<R>(label: &'static str, cell: fn(&R) -> Cell) -> Column<R> {
    let mut column = words(label, cell);
    column.kind = Kind::Code;
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
    /// Its label with its unit, as its head says it.
    #[must_use]
    pub fn heading(&self) -> String {
        match self.unit {
            "" => self.label.to_owned(),
            unit => format!("{}（{unit}）", self.label),
        }
    }

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

    /// Below a common head, which columns of the same group that stand together share.
    #[must_use]
    pub const fn group(mut self, group: &'static str) -> Self {
        self.group = group;
        self
    }

    /// So many characters wide in a file, where its kind does not tell.
    #[must_use]
    pub const fn wide(mut self, characters: u16) -> Self {
        self.wide = characters;
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
            Self::Short | Self::Code => "nowrap",
            Self::Figure | Self::Serial => "num",
        }
    }

    /// How the column's head is marked.
    #[must_use]
    pub const fn head_class(self) -> &'static str {
        match self {
            Self::Words | Self::Short | Self::Code => "",
            Self::Figure => "num",
            Self::Serial => "num serial",
        }
    }
}
