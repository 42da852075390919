//! Prior approvals, and which of them a survey calls for.

use serde::Deserialize;
use toml::Spanned;

use crate::scheme::Scheme;
use crate::scheme::answers::Answers;
use crate::scheme::conditions::{Condition, holds};

/// An approval that a department gives before the office decides.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    code: Spanned<String>,
    /// What is asked.
    pub title: String,
    /// When it is needed.
    pub when: Condition,
    /// Competences of the departments asked.
    pub ask: Vec<String>,
    /// The paper asked for.
    pub document: String,
    /// Section of the scheme.
    pub basis: String,
}

impl Approval {
    /// PA-1 …
    #[must_use]
    pub fn code(&self) -> &str {
        self.code.get_ref()
    }

    /// Where the code stands in its file, in bytes.
    #[must_use]
    pub fn position(&self) -> usize {
        self.code.span().start
    }
}

impl Scheme {
    /// The prior approvals that a survey calls for: approval and competence asked (domain 6.2).
    #[must_use]
    pub fn approvals_required(&self, answers: &Answers) -> Vec<(&Approval, &str)> {
        self.measures
            .approvals
            .iter()
            .filter(|approval| holds(&approval.when, answers))
            .flat_map(|approval| {
                approval
                    .ask
                    .iter()
                    .map(move |competence| (approval, competence.as_str()))
            })
            .collect()
    }
}
