//! 党建、外事等事项分离, and the charter.

use chrono::NaiveDate;

use crate::registrations::rules::Kind;

use super::Said;
use super::reading::{OPEN, Reading};

const PARTY_WORK: &str = "T5-01";
const PARTY_BODY: &str = "T5-02";
const FOREIGN: &str = "T5-03";
const CHARTER: &str = "T6-01";

/// What a field says that has no number.
const NO_NUMBER: &str = "无";

impl Reading<'_> {
    /// Who received the party work, and when.
    pub(super) fn receiver(&self) -> Said<String> {
        self.facts_of(PARTY_WORK, "未接收", &["T5-01-1", "T5-01-2"])
    }

    /// How the party body was set up, by which approval and when.
    pub(super) fn party_body(&self) -> Said<String> {
        self.facts_of(PARTY_BODY, "未组建", &["T5-02-1", "T5-02-2", "T5-02-3"])
    }

    /// By which way foreign affairs go now, and since when.
    pub(super) fn foreign(&self) -> Said<String> {
        self.facts_of(FOREIGN, OPEN, &["T5-03-1", "T5-03-2"])
    }

    /// When civil affairs approved the charter.
    pub(super) fn charter(&self) -> Said<NaiveDate> {
        self.settled(CHARTER, "未备案", |items| {
            self.granted(Kind::Charter, items)
        })
    }

    /// Some of a measure's facts as it is done, one after the other.
    fn facts_of(&self, measure: &str, open: &str, codes: &[&str]) -> Said<String> {
        self.settled(measure, open, |_| {
            let facts = self.answers(measure);
            let told = |code: &&str| {
                let told = facts?.text(code)?;
                Some(self.label(code, told)).filter(|told| told != NO_NUMBER && !told.is_empty())
            };
            let told: Vec<String> = codes.iter().filter_map(told).collect();
            if told.is_empty() {
                return Said::instead("已完成");
            }
            Said::Is(told.join("，"))
        })
    }
}
