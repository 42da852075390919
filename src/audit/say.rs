//! What a room says of an act: the sentence of the case file, the person's own words,
//! and what changed besides the state.

use serde_json::{Map, Value, json};

/// The words of one record.
#[derive(Debug, Clone)]
pub struct Say {
    pub(super) sentence: String,
    pub(super) opinion: Option<String>,
    pub(super) changes: Map<String, Value>,
}

impl Say {
    /// One plain Chinese sentence.
    #[must_use]
    pub fn new(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            opinion: None,
            changes: Map::new(),
        }
    }

    /// The sentence.
    #[must_use]
    pub fn sentence(&self) -> &str {
        &self.sentence
    }

    /// The person's own words.
    #[must_use]
    pub fn opinion(&self) -> Option<&str> {
        self.opinion.as_deref()
    }

    /// Adds what the record says of the circumstances, as that somebody signed alone.
    pub fn remark(&mut self, remark: &str) {
        self.sentence = format!("{}（{remark}）", self.sentence);
    }

    /// Adds the person's own words; blank ones are none.
    #[must_use]
    pub fn because(mut self, opinion: &str) -> Self {
        self.opinion = (!opinion.trim().is_empty()).then(|| opinion.trim().to_owned());
        self
    }

    /// Adds a changed field, if it did change. No personal data beyond names.
    #[must_use]
    pub fn changed(
        mut self,
        field: &str,
        before: impl Into<Value>,
        after: impl Into<Value>,
    ) -> Self {
        let (before, after) = (before.into(), after.into());
        if before != after {
            self.changes
                .insert(field.to_owned(), json!([before, after]));
        }
        self
    }
}
