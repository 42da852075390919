//! Tables in the text: lists with a head row, and forms of labels and values.

use super::value::Sentence;

/// Where a cell's text stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Side {
    /// Words of any length.
    #[default]
    Left,
    /// Short words, codes, dates.
    Centre,
    /// Numbers.
    Right,
}

/// A column of a table in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What its head says.
    pub heading: String,
    /// Its share of the width; the shares of a table may add up to anything.
    pub share: u32,
    /// Where its cells' text stands.
    pub side: Side,
}

impl Column {
    /// A column of words.
    #[must_use]
    pub fn new(heading: impl Into<String>, share: u32) -> Self {
        Self {
            heading: heading.into(),
            share,
            side: Side::Left,
        }
    }

    /// With its text in the middle.
    #[must_use]
    pub fn centre(mut self) -> Self {
        self.side = Side::Centre;
        self
    }

    /// With its text on the right: numbers.
    #[must_use]
    pub fn right(mut self) -> Self {
        self.side = Side::Right;
        self
    }
}

/// A table in the text, upright: lists of functions, purchases, answers. Its head row is
/// repeated on every page, a row stays on one page, a table without rows says 无.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// What stands over it.
    pub caption: Option<String>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a sentence for each column; lines in it become paragraphs.
    pub rows: Vec<Vec<Sentence>>,
}

impl Grid {
    /// A table of these columns, without rows.
    #[must_use]
    pub fn new(columns: Vec<Column>) -> Self {
        Self {
            columns,
            ..Self::default()
        }
    }

    /// With this over it.
    #[must_use]
    pub fn caption(mut self, words: impl Into<String>) -> Self {
        self.caption = Some(words.into());
        self
    }

    /// A column's share of the width, in per cent, for the page.
    #[must_use]
    pub fn percent(&self, column: &Column) -> u32 {
        let all: u32 = self.columns.iter().map(|each| each.share).sum();
        column.share * 100 / all.max(1)
    }

    /// One more row, a text for each column.
    pub fn push<T: Into<Sentence>>(&mut self, texts: impl IntoIterator<Item = T>) {
        self.rows.push(texts.into_iter().map(Into::into).collect());
    }
}

/// A label of a form and what was filled in; nothing where it is filled in by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pair {
    /// What is asked.
    pub label: String,
    /// What was answered.
    pub value: Sentence,
    /// Lines that are kept free for it at least.
    pub room: u32,
}

/// A form of labels and values (调查表): each row has one or two pairs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// What stands over it.
    pub caption: Option<String>,
    /// Its rows.
    pub rows: Vec<Vec<Pair>>,
}

impl Form {
    /// A form that asks nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With this over it.
    #[must_use]
    pub fn caption(mut self, words: impl Into<String>) -> Self {
        self.caption = Some(words.into());
        self
    }

    /// Whether some row has two pairs: then one pair alone goes over the whole width.
    #[must_use]
    pub fn is_double(&self) -> bool {
        self.rows.iter().any(|pairs| pairs.len() > 1)
    }

    /// A row of one pair, `room` lines high at least.
    pub fn row(&mut self, label: impl Into<String>, value: impl Into<Sentence>, room: u32) {
        self.rows.push(vec![pair(label, value, room)]);
    }

    /// A row of two pairs.
    pub fn two<L: Into<String>, V: Into<Sentence>>(&mut self, first: (L, V), second: (L, V)) {
        let first = pair(first.0, first.1, 1);
        self.rows.push(vec![first, pair(second.0, second.1, 1)]);
    }
}

fn pair(label: impl Into<String>, value: impl Into<Sentence>, room: u32) -> Pair {
    Pair {
        label: label.into(),
        value: value.into(),
        room,
    }
}
