//! Phases and tasks (domain 9.1).

use serde::Deserialize;
use toml::Spanned;

/// What the state of a task can be computed from.
pub const MEASURED: [&str; 16] = [
    "group",
    "liaison",
    "timetable",
    "risks",
    "survey",
    "confirmation",
    "recommendation",
    "publication",
    "plan",
    "prior_approvals",
    "notices",
    "reply",
    "items",
    "measures",
    "activities",
    "dockets",
];

/// Phases and tasks of a scheme.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timeline {
    /// The phases.
    #[serde(rename = "phase")]
    pub phases: Vec<Phase>,
    /// The tasks.
    #[serde(rename = "task")]
    pub tasks: Vec<Task>,
}

/// A phase; a label for tasks, never a lock (⚠AMB-2).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// Its number.
    pub number: i64,
    /// 准备阶段.
    pub title: String,
    /// Name of the date on which it begins.
    pub from: String,
    /// Name of the date on which it ends.
    pub to: String,
    /// When, in the scheme's words.
    pub wording: String,
}

/// A task of the campaign.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// PH-01 …
    pub code: Spanned<String>,
    /// Number of its phase; 0 where it runs beside them.
    pub phase: i64,
    /// What it is.
    pub text: String,
    /// unit, office, department, association.
    pub who: String,
    /// When it may begin, as `due` is written; empty: with its phase.
    #[serde(default)]
    pub from: String,
    /// Name of a date, `name+5` (working days after it), `date:2018-08-24`, or
    /// empty where it runs on.
    #[serde(default)]
    pub due: String,
    /// What its state is computed from, one of [`MEASURED`]; empty where the
    /// program keeps nothing of it yet.
    #[serde(default)]
    pub measured: String,
    /// For `measured = "measures"`: codes of the measures that make it up.
    #[serde(default)]
    pub measures: Vec<String>,
    /// For `measured = "dockets"`: the process whose dockets make it up.
    #[serde(default)]
    pub process: String,
    /// Whether one docket is enough.
    #[serde(default)]
    pub once: bool,
    /// Tasks that come before it.
    #[serde(default)]
    pub after: Vec<String>,
    /// Section of the scheme.
    pub basis: String,
}

impl Task {
    /// PH-01 …
    #[must_use]
    pub fn code(&self) -> &str {
        self.code.get_ref()
    }
}
