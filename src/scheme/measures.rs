//! Tracks, measures (T1-01 …) and prior approvals, and which of them a survey
//! calls for: `applicable` and `required` are pure functions of the answers.

mod approvals;
mod items;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::Scheme;
use super::answers::Answers;
use super::appropriation::paid_since;
use super::checks::Check;
use super::conditions::Condition;
use super::survey::Question;

pub use approvals::Approval;
pub use items::{ItemKey, measure_of};

/// Tracks, measures and prior approvals of a scheme.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measures {
    /// The five separations, and what follows them.
    #[serde(rename = "track")]
    pub tracks: Vec<Track>,
    /// The measures, in the order of the scheme.
    #[serde(rename = "measure")]
    pub measures: Vec<Measure>,
    /// Prior approvals.
    #[serde(rename = "approval")]
    pub approvals: Vec<Approval>,
}

/// A separation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Track {
    /// T1 …
    pub code: String,
    /// 机构分离.
    pub name: String,
    /// With the relation that it puts in order.
    pub full: String,
    /// Who answers for it, in the scheme's words.
    pub departments: String,
    /// One of the five separations; registration afterwards is not.
    #[serde(default = "yes")]
    pub counts_in_five: bool,
}

/// What has to be done.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    code: Spanned<String>,
    /// Its track.
    pub track: String,
    /// What it says.
    pub text: String,
    /// Section of the scheme.
    pub basis: String,
    /// When it applies.
    #[serde(default)]
    pub when: Condition,
    /// Once for each row of a table.
    pub per: Option<Per>,
    /// Competences of the departments that verify it; the office always may.
    #[serde(default)]
    pub verify: Vec<String>,
    /// Kinds of evidence; none: no evidence needed.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// Of these, the kinds that record what happened, and so are not older than it; the
    /// others authorise it, and may be (DN-4).
    #[serde(default)]
    pub records: Vec<String>,
    /// A law may keep things as they are (法律法规另有规定).
    #[serde(default)]
    pub exemptable: bool,
    /// The measure that an exempted item becomes.
    pub exempts_to: Option<String>,
    /// Counts in percentages.
    #[serde(default = "yes")]
    pub mandatory: bool,
    /// Name of the date by which it is due.
    pub deadline: String,
    /// Has a deadline of its own later than the campaign's end.
    #[serde(default)]
    pub own_deadline: bool,
    /// Made by a later room, never derived from a survey.
    #[serde(default)]
    pub made_by_hand: bool,
    /// When it is done.
    pub done_when: String,
    /// What of that no register holds: asked at the item, kept and shown as answers of
    /// the survey are (DN-1). A day is one on which something happened, never one to come.
    #[serde(default)]
    pub facts: Vec<Question>,
    /// The part of the plan, or the prior approval, by which it is settled before the reply:
    /// it is born done with it (DN-6).
    pub settled_by: Option<String>,
    /// What must hold between the facts, and between them and the survey.
    #[serde(default)]
    pub checks: Vec<Check>,
    /// Facts that say what a column of the item's own row says: fact, column.
    #[serde(default)]
    pub same_as_row: Vec<(String, String)>,
}

/// Once for each row of a table, or for some of them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Per {
    /// The table.
    pub rows: String,
    /// Only rows whose column has one of the values: column, values.
    #[serde(rename = "where", default)]
    pub only: Vec<String>,
    /// Only rows that this named choice takes (`conditions::ROW_RULES`).
    pub named: Option<String>,
    /// Only people of these categories.
    #[serde(default)]
    pub category: Vec<String>,
    /// Columns that name the row.
    pub label: Vec<String>,
}

const fn yes() -> bool {
    true
}

impl Measure {
    /// T1-01 …
    #[must_use]
    pub fn code(&self) -> &str {
        self.code.get_ref()
    }

    /// Where the code stands in its file, in bytes.
    #[must_use]
    pub fn position(&self) -> usize {
        self.code.span().start
    }

    /// What a kind of evidence does; nothing of a kind that the measure does not name.
    #[must_use]
    pub fn does(&self, kind: &str) -> Option<Does> {
        let own = |kinds: &[String]| kinds.iter().any(|known| known == kind);
        match (own(&self.records), own(&self.evidence)) {
            (true, _) => Some(Does::Records),
            (false, true) => Some(Does::Authorises),
            (false, false) => None,
        }
    }
}

/// What a paper does to a fact (DN-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// Says that it happened.
    Records,
    /// Orders, allows or agrees to it.
    Authorises,
}

impl Scheme {
    /// Whether items are due on this date only because their stage ends on it: the
    /// office may move it on record. Days that the document itself fixes stay.
    #[must_use]
    pub fn is_stage_date(&self, name: &str) -> bool {
        let parameters = &self.campaign.parameters;
        let later = parameters.date(name) > Some(parameters.implement_due);
        name == "implement_due"
            || later
                && self
                    .measures
                    .measures
                    .iter()
                    .any(|measure| measure.deadline == name && !measure.own_deadline)
    }

    /// The legal or campaign deadline of a measure; `plan` means the plan's own
    /// step, at the latest the end of implementation.
    #[must_use]
    pub fn deadline(&self, measure: &Measure, answers: &Answers) -> NaiveDate {
        let parameters = &self.campaign.parameters;
        if measure.deadline == "appropriation" {
            // ⚠AMB-7: money paid since the stop was due to end on its day.
            let paid = paid_since(answers, parameters.appropriation_stop);
            return if paid {
                parameters.appropriation_stop
            } else {
                parameters.implement_due
            };
        }
        parameters
            .date(&measure.deadline)
            .unwrap_or(parameters.implement_due)
    }
}

#[cfg(test)]
mod tests;
