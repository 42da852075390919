//! Phases and tasks (domain 9.1).

use serde::Deserialize;
use toml::Spanned;

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
    /// Name of a date, `date:2018-08-24`, or empty where it runs on.
    #[serde(default)]
    pub due: String,
    /// Tasks that come before it.
    #[serde(default)]
    pub after: Vec<String>,
    /// Section of the scheme.
    pub basis: String,
}
