//! Tracks, measures (T1-01 …) and prior approvals, and which of them a survey
//! calls for: `applicable` and `required` are pure functions of the answers.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::Scheme;
use super::answers::{Answers, Row};
use super::appropriation::paid_since;
use super::conditions::{Condition, Moment, holds, holds_on, row_is, row_rule};
use super::persons::category;
use super::survey::label_of;

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

/// One item of an association's checklist.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemKey {
    /// The measure.
    pub measure: String,
    /// The row: `SV-20#1`; empty where the measure stands once.
    pub object: String,
    /// The row's name.
    pub label: String,
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

impl ItemKey {
    /// The item's number in plans: `T1-03`, and of the row `SV-20#1` `T1-01-1`. A
    /// measure reads one table of the survey, so the row's key is enough.
    #[must_use]
    pub fn text(&self) -> String {
        match self.object.split_once('#') {
            Some((_, row)) => format!("{}-{row}", self.measure),
            None => self.measure.clone(),
        }
    }
}

/// The measure of an item's number: `T1-01` of `T1-01-1`.
#[must_use]
pub fn measure_of(item: &str) -> &str {
    match item.match_indices('-').nth(1) {
        Some((row, _)) => item.get(..row).unwrap_or(item),
        None => item,
    }
}

/// Whether a measure is made for the row.
fn concerns(per: &Per, row: &Row<'_>, moment: Moment) -> bool {
    let chosen = match per.only.as_slice() {
        [column, values @ ..] => row_is(row, column, values),
        [] => true,
    };
    let category = category(row, moment.on, moment.cooling_months).letter();
    chosen
        && per.named.as_ref().is_none_or(|name| row_rule(name, row))
        && (per.category.is_empty() || per.category.iter().any(|letter| letter == category))
}

/// The rows' keys, made different where two rows carry the same or none, so that
/// no row loses its item.
fn own_keys(rows: &[Row<'_>]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    rows.iter()
        .map(|row| {
            let mut key = row.key().to_owned();
            while !seen.insert(key.clone()) {
                key.push('~');
            }
            key
        })
        .collect()
}

impl Scheme {
    /// The items that a survey calls for (domain 7.1), in the scheme's order.
    #[must_use]
    pub fn applicable(&self, answers: &Answers, on: NaiveDate) -> Vec<ItemKey> {
        let moment = Moment {
            on,
            cooling_months: self.campaign.parameters.cooling_months,
        };
        self.measures
            .measures
            .iter()
            .filter(|measure| !measure.made_by_hand && holds_on(&measure.when, answers, moment))
            .flat_map(|measure| self.items_of(measure, answers, moment))
            .collect()
    }

    fn items_of(&self, measure: &Measure, answers: &Answers, moment: Moment) -> Vec<ItemKey> {
        let Some(per) = &measure.per else {
            return vec![ItemKey {
                measure: measure.code().to_owned(),
                object: String::new(),
                label: String::new(),
            }];
        };
        // Rows of a question that is no longer asked are no facts.
        let asked = self
            .question(&per.rows)
            .is_some_and(|question| question.shown(answers));
        if !asked {
            return Vec::new();
        }
        let rows = answers.rows(&per.rows);
        rows.iter()
            .zip(own_keys(&rows))
            .filter(|(row, _)| concerns(per, row, moment))
            .map(|(row, key)| ItemKey {
                measure: measure.code().to_owned(),
                object: format!("{}#{key}", per.rows),
                label: self.row_label(per, row),
            })
            .collect()
    }

    fn row_label(&self, per: &Per, row: &Row<'_>) -> String {
        let question = self.question(&per.rows);
        per.label
            .iter()
            .filter_map(|name| {
                let value = row.text(name)?;
                let column = question.and_then(|question| question.column(name));
                Some(
                    column
                        .map_or(value, |column| label_of(&column.options, value))
                        .to_owned(),
                )
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

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
