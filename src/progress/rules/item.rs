//! One item of a checklist as it stands.

use chrono::NaiveDate;
use sqlx::types::Json;

use crate::ids::{AccountId, AssociationId, DepartmentId};
use crate::scheme::calendar::workdays_after;
use crate::scheme::campaign::Campaign;
use crate::scheme::persons::is_personal;
use crate::scheme::{Answers, ItemKey};

use super::ItemState;

/// An item of an association's checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its key.
    pub id: i64,
    /// The association.
    pub association: AssociationId,
    /// The unit that answers for it.
    pub department: DepartmentId,
    /// T1-01 …
    pub measure: String,
    /// The row of the survey: `SV-20#1`, or empty.
    pub object: String,
    /// The row's name.
    pub label: String,
    /// T1 …
    pub track: String,
    /// Counts in percentages.
    pub mandatory: bool,
    /// Its state.
    pub state: ItemState,
    /// The end of this day.
    pub deadline: NaiveDate,
    /// A report made in time was sent back: until this day it may be made again.
    pub again_on: Option<NaiveDate>,
    /// What the unit says about it.
    pub note: String,
    /// The answers to the measure's facts (DN-1).
    pub facts: Json<Answers>,
    /// When it was done: the latest day among its facts and those of registers (DN-4).
    pub done_on: Option<NaiveDate>,
    /// When it was last reported as done, if not returned since.
    pub reported_on: Option<NaiveDate>,
    /// By whom.
    pub reported_by: Option<AccountId>,
    /// When it was verified or exempted.
    pub resolved_on: Option<NaiveDate>,
    /// By whom.
    pub resolved_by: Option<AccountId>,
    /// Why it was sent back.
    pub return_reason: Option<String>,
    /// The law that keeps things as they are.
    pub exemption_law: Option<String>,
    /// Its article.
    pub exemption_article: Option<String>,
    /// When the exemption was asked for.
    pub exemption_asked_on: Option<NaiveDate>,
    /// Came with a later edition of the survey.
    pub added_later: bool,
    /// What gives its deadline: see [`Due`](super::deadlines::Due).
    pub due_by: String,
    /// By how many working days of standstill its deadline was moved (FD-4).
    pub stood: i64,
    /// Row version.
    pub version: i32,
    /// Pieces of evidence.
    pub evidence: i64,
}

impl Item {
    /// D of 9.2: the deadline, or the later day until which it may be reported again.
    #[must_use]
    pub fn owed_on(&self) -> NaiveDate {
        self.again_on.unwrap_or(self.deadline).max(self.deadline)
    }

    /// Whether it was reported, and by its day (R <= D of 9.2).
    #[must_use]
    pub fn reported_in_time(&self) -> bool {
        self.reported_on.is_some_and(|day| day <= self.owed_on())
    }

    /// As it is once its report has been sent back on a day: a report made in time may be
    /// made again for some working days, after each return (FD-3).
    #[must_use]
    pub fn sent_back(&self, campaign: &Campaign, on: NaiveDate) -> Option<NaiveDate> {
        let days = campaign.parameters.resubmit_workdays;
        let until = || Some(workdays_after(campaign, on, days));
        if self.reported_in_time() {
            until().max(self.again_on)
        } else {
            self.again_on
        }
    }

    /// Measure and row of the survey.
    #[must_use]
    pub fn key(&self) -> ItemKey {
        ItemKey {
            measure: self.measure.clone(),
            object: self.object.clone(),
            label: self.label.clone(),
        }
    }

    /// As the case file names it: names of people are not repeated there (domain 2.1).
    #[must_use]
    pub fn title(&self) -> String {
        match self.public_label() {
            label if label.is_empty() => self.measure.clone(),
            label => format!("{}（{label}）", self.measure),
        }
    }

    /// Whether it is about a person of the register, whose name is not everybody's.
    #[must_use]
    pub fn personal(&self) -> bool {
        is_personal(&self.object)
    }

    /// The row's name for somebody who may not read names.
    #[must_use]
    pub fn public_label(&self) -> String {
        match self.object.rsplit_once('#') {
            // Of the register, and in no survey.
            Some((_, key)) if self.personal() && key.starts_with('p') => {
                format!("台账人员第{}号", key.trim_start_matches('p'))
            }
            Some((_, number)) if self.personal() => format!("人员表第{number}人"),
            _ => self.label.clone(),
        }
    }
}
