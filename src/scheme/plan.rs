//! The parts of a plan (PL-1 … PL-15), drawn by the same form as the survey.

use serde::Deserialize;

use super::survey::Question;

/// The plan's form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanForm {
    /// Its parts in the scheme's order.
    #[serde(rename = "part")]
    pub parts: Vec<Part>,
}

/// One part.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// PL-1 …
    pub code: String,
    /// The scheme's wording.
    pub title: String,
    /// Section of the scheme.
    #[serde(default)]
    pub basis: String,
    /// A sentence below the heading.
    #[serde(default)]
    pub lead: String,
    /// Filled in from the checklist when the plan is begun.
    #[serde(default)]
    pub derived: bool,
    /// Its questions.
    #[serde(rename = "question", default)]
    pub questions: Vec<Question>,
}
