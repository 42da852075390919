//! What a room says of an act: the sentence of the case file, the person's own words,
//! and what changed besides the state.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::scheme::answers::Row;
use crate::scheme::survey::Privacy;
use crate::scheme::{AnswerType, Answers, Question, Scheme};

/// The words of one record.
#[derive(Debug, Clone)]
pub struct Say {
    pub(super) sentence: String,
    pub(super) opinion: Option<String>,
    pub(super) changes: Map<String, Value>,
    pub(super) private: Vec<PrivateChange>,
}

/// A changed field that not everybody may read. It stands in a table that is read for
/// readers of persons only; the chain has a keyed hash of it.
#[derive(Debug, Clone, PartialEq)]
pub struct PrivateChange {
    /// Who may read it.
    pub privacy: Privacy,
    /// The field.
    pub field: String,
    /// What stood there.
    pub before: Value,
    /// What stands there now.
    pub after: Value,
}

impl Say {
    /// One plain Chinese sentence.
    #[must_use]
    pub fn new(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            opinion: None,
            changes: Map::new(),
            private: Vec::new(),
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

    /// The changed fields that the chain does not carry.
    #[must_use]
    pub fn private(&self) -> &[PrivateChange] {
        &self.private
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

    /// Adds a changed field that everybody may read who may read the record, if it did
    /// change. Its label stands in [`super::fields`].
    #[must_use]
    pub fn changed(self, field: &str, before: impl Into<Value>, after: impl Into<Value>) -> Self {
        self.changed_for(Privacy::Open, field, before, after)
    }

    /// The same, for a field of a certain privacy.
    #[must_use]
    pub fn changed_for(
        mut self,
        privacy: Privacy,
        field: &str,
        before: impl Into<Value>,
        after: impl Into<Value>,
    ) -> Self {
        let (before, after) = (before.into(), after.into());
        if before == after {
            return self;
        }
        let field = field.to_owned();
        if privacy == Privacy::Open {
            self.changes.insert(field, json!([before, after]));
        } else {
            self.private.push(PrivateChange {
                privacy,
                field,
                before,
                after,
            });
        }
        self
    }

    /// Adds every answer that changed, each where its question says that it may be read.
    /// Of a table each cell is told: `SV-45#k2.name`.
    #[must_use]
    pub fn answers<'q>(
        mut self,
        scheme: &Scheme,
        questions: impl IntoIterator<Item = &'q Question>,
        before: &Answers,
        after: &Answers,
    ) -> Self {
        for question in questions {
            let code = question.code();
            if question.kind == AnswerType::Rows {
                self = self.rows(scheme, question, (before, after));
            } else {
                let value = |answers: &Answers| answers.get(code).cloned().unwrap_or_default();
                self = self.changed_for(question.privacy, code, value(before), value(after));
            }
        }
        self
    }

    fn rows(
        mut self,
        scheme: &Scheme,
        question: &Question,
        (before, after): (&Answers, &Answers),
    ) -> Self {
        let code = question.code();
        let (was, is) = (before.rows(code), after.rows(code));
        let keys: BTreeSet<&str> = was.iter().chain(&is).map(Row::key).collect();
        for key in keys {
            let (was, is) = (found(&was, key), found(&is, key));
            for column in &question.columns {
                let value = |row: Option<Row<'_>>| {
                    let cell = row.and_then(|row| row.get(&column.name));
                    cell.cloned().unwrap_or_default()
                };
                // A row may have been about somebody, or be now.
                let privacy = [was, is].into_iter().flatten();
                let privacy = privacy.map(|row| scheme.privacy(question, column, &row));
                let privacy = privacy.max().unwrap_or_default();
                let field = format!("{code}#{key}.{}", column.name);
                self = self.changed_for(privacy, &field, value(was), value(is));
            }
        }
        self
    }
}

fn found<'a>(rows: &[Row<'a>], key: &str) -> Option<Row<'a>> {
    rows.iter().find(|row| row.key() == key).copied()
}

#[cfg(test)]
mod tests;
