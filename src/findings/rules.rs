//! The life of a finding, and what it asks of its item. Pure.

use chrono::NaiveDate;

use crate::access::Act;
use crate::access::case::{Holder, Steps};
use crate::database::Explain;
use crate::ids::AssociationId;

/// The measure of which every finding makes an item.
pub const MENDED: &str = "T3-13";
/// What its object is called: `AU#3`.
const OBJECT: &str = "AU";

crate::words! {
    /// State of a finding.
    pub enum State {
        /// To be mended.
        Open = "open", "整改中", Going;
        /// 审计局 has closed it.
        Closed = "closed", "已销号", Done;
        /// Entered by mistake.
        Withdrawn = "withdrawn", "已撤销", Void;
    }
}

/// From a state, by an act, to a state.
pub const STEPS: Steps<State> = &[
    (State::Open, Act::FindingCorrect, State::Open),
    (State::Open, Act::FindingClose, State::Closed),
    (State::Open, Act::FindingWithdraw, State::Withdrawn),
];

/// On nobody's desk by itself: its item is the unit's, and once reported 审计局's.
#[must_use]
pub const fn holder(_: State) -> &'static [Holder] {
    &[]
}

crate::words! {
    /// What was wrong (AU-2).
    pub enum Kind {
        /// Something is not in the inventory.
        Omitted = "omitted", "漏报";
        /// Whose it is, is not clear.
        Ownership = "ownership", "权属不清";
        /// The books say something else than the things.
        Mismatch = "mismatch", "账实不符";
        /// Fiscal money was spent against a rule.
        Misuse = "misuse", "违规使用财政资金";
        /// Something else.
        Other = "other", "其他";
    }
}

crate::words! {
    /// How grave it is; an open grave one holds up the evaluation (EV-3).
    pub enum Level {
        /// To be mended.
        Normal = "normal", "一般";
        /// Grave.
        Major = "major", "重大";
    }
}

/// What the auditor writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What was wrong.
    pub kind: Kind,
    /// How grave it is.
    pub level: Level,
    /// The rows of assets that it is about, in the auditor's words.
    pub assets: String,
    /// What was found.
    pub summary: String,
    /// Money concerned, in cents.
    pub amount_cents: Option<i64>,
    /// When.
    pub found_on: NaiveDate,
    /// By when it is mended.
    pub due_on: NaiveDate,
}

/// That it is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// When.
    pub on: NaiveDate,
    /// By which document it is closed.
    pub document: String,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its key.
    pub id: i64,
    /// The association.
    pub association: AssociationId,
    /// Its state.
    pub state: State,
    /// What was found.
    pub entry: Entry,
    /// That it is mended.
    pub mended: Option<Mended>,
    /// Row version.
    pub version: i32,
}

impl Entry {
    /// Whether it can be so.
    pub fn check(&self, today: NaiveDate) -> Result<(), Refusal> {
        if self.found_on > today {
            return Err(Refusal::ToCome);
        }
        if self.due_on < self.found_on {
            return Err(Refusal::DueTooEarly);
        }
        Ok(())
    }
}

impl Finding {
    /// The object of its item.
    #[must_use]
    pub fn object(&self) -> String {
        format!("{OBJECT}#{}", self.id)
    }

    /// What is still missing for its item to be verified, in words; nothing: its fact holds.
    #[must_use]
    pub fn missing(&self) -> Option<String> {
        let words = "审计问题尚未销号，由审计局在审计抽查问题台账登记整改完成后自动核实。";
        (self.state != State::Closed).then(|| words.to_owned())
    }

    /// Whether it can be mended on a day.
    pub fn may_close(&self, on: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
        if on > today || on < self.entry.found_on {
            return Err(Refusal::ImpossibleDay(on));
        }
        Ok(())
    }
}

/// The finding of an item's object.
#[must_use]
pub fn of_object(object: &str) -> Option<i64> {
    let (table, id) = object.split_once('#')?;
    (table == OBJECT).then(|| id.parse().ok()).flatten()
}

/// Why something cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Found on a day to come.
    ToCome,
    /// To be mended before it was found.
    DueTooEarly,
    /// Mended on a day to come, or before it was found.
    ImpossibleDay(NaiveDate),
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::ToCome => "发现日期不能晚于今天。".to_owned(),
            Self::DueTooEarly => "整改期限不能早于发现日期。".to_owned(),
            Self::ImpossibleDay(day) => {
                format!("日期{day}不对：不能晚于今天，也不能早于发现日期。")
            }
        }
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::ToCome => ("found_on", "发现日期"),
            Self::DueTooEarly => ("due_on", "整改期限"),
            Self::ImpossibleDay(_) => ("mended_on", "整改完成日期"),
        })
    }
}

#[cfg(test)]
mod tests;
