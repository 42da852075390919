//! Which items a survey calls for: a measure once, or once for each row that it concerns.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::scheme::Scheme;
use crate::scheme::answers::{Answers, Row};
use crate::scheme::conditions::{Moment, holds_on, row_is, row_rule};
use crate::scheme::persons::category;
use crate::scheme::survey::label_of;

use super::{Measure, Per};

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
    let category = category(row, moment.on, moment.cooling_months).key();
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
}
