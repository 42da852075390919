//! What a cell of the table says.

use std::fmt::{self, Display};

/// A value, or the words that stand in its place: nothing is blank without a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said<T> {
    /// The value.
    Is(T),
    /// Why there is none.
    Instead(String),
}

impl<T> Said<T> {
    /// Words in the place of a value.
    pub fn instead(words: impl Into<String>) -> Self {
        Self::Instead(words.into())
    }
}

/// So many, and of these so many done: 2/2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// All that are called for.
    pub all: i64,
    /// Of these, done.
    pub done: i64,
}

impl Display for Share {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.all, self.done)
    }
}
