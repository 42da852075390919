//! A number on a page, with what it counts: the only way to draw one that is counted over many
//! associations (`parts/figure.html`). It says its set or its basis, and leads to the list that
//! shows exactly what it counts, where there is one; a test follows every one of them.

use std::fmt::Display;

use crate::paths;

/// The number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figure {
    /// As a machine reads it: 52, or 52/53; the list behind it says the same total.
    pub value: String,
    /// As people read it.
    pub shown: String,
    /// The list behind it.
    pub href: Option<String>,
    /// What a reader's voice says after it, where the number alone does not tell.
    pub voice: String,
    /// Who is counted in it; empty where its column or heading says it.
    pub words: &'static str,
    /// Where that is defined.
    pub basis: String,
}

impl Figure {
    /// So many.
    #[must_use]
    pub fn count(number: impl Display) -> Self {
        let number = number.to_string();
        Self {
            shown: number.clone(),
            value: number,
            ..Self::default()
        }
    }

    /// So many of so many.
    #[must_use]
    pub fn share(part: i64, whole: i64) -> Self {
        Self::count(format!("{part}/{whole}"))
    }

    /// The same, written so.
    #[must_use]
    pub fn shown(mut self, shown: impl Into<String>) -> Self {
        self.shown = shown.into();
        self
    }

    /// The same with who is counted in it and the definition that says so: an anchor on the
    /// page of statistics.
    #[must_use]
    pub fn of(mut self, words: &'static str, anchor: &str) -> Self {
        self.words = words;
        self.basis = basis(anchor);
        self
    }

    /// The same with the list behind it; not of nothing.
    #[must_use]
    pub fn opens(mut self, href: Option<String>) -> Self {
        self.href = href.filter(|_| self.value != "0");
        self
    }

    /// The same with what a voice says after it.
    #[must_use]
    pub fn said(mut self, voice: impl Into<String>) -> Self {
        self.voice = voice.into();
        self
    }
}

/// Where a definition of 11.2 stands.
#[must_use]
pub fn basis(anchor: &str) -> String {
    format!("{}#{anchor}", paths::dashboard::STATISTICS)
}
