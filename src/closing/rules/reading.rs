//! How the checklist is read: what is called for, what is done, what is said otherwise.

use chrono::NaiveDate;

use crate::progress::rules::{Item, ItemState};
use crate::registrations::rules::Kind;
use crate::registry::rules::ExitKind;
use crate::scheme::{Answers, Scheme};

use super::{Facts, Said, Share};

/// No item of the kind was ever called for.
pub(super) const NOT_CONCERNED: &str = "不涉及";
/// The plan is not begun, so that there is no checklist.
pub(super) const NOT_BEGUN: &str = "未启动";
/// Not done yet.
pub(super) const OPEN: &str = "未完成";
/// Nothing is open.
const NOTHING_OPEN: &str = "无";

/// One association's facts under the rules of a day.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) facts: &'a Facts,
    pub(super) scheme: &'a Scheme,
    pub(super) today: NaiveDate,
}

/// Whether an item counts.
fn called_for(item: &Item) -> bool {
    item.state != ItemState::NotApplicable
}

impl<'a> Reading<'a> {
    /// The items of some measures that are called for.
    pub(super) fn items(&self, measures: &[&str]) -> Vec<&'a Item> {
        let of = |item: &&Item| called_for(item) && measures.contains(&item.measure.as_str());
        self.facts.items.iter().filter(of).collect()
    }

    /// How it left, in words, if it did.
    pub(super) fn left(&self) -> Option<&'static str> {
        self.facts.exit.map(ExitKind::done)
    }

    /// What stands where nothing of some measures is called for: it left, is not begun, or
    /// has nothing of the kind.
    pub(super) fn without(&self, measures: &[&str]) -> Option<&'static str> {
        if !self.items(measures).is_empty() {
            return None;
        }
        let lapsed = |item: &Item| measures.contains(&item.measure.as_str());
        if self.facts.items.is_empty() {
            return Some(self.left().unwrap_or(NOT_BEGUN));
        }
        let left = self.left();
        left.filter(|_| self.facts.items.iter().any(lapsed))
            .or(Some(NOT_CONCERNED))
    }

    /// What a measure's items come to once all of them are resolved; else these words.
    pub(super) fn settled<T>(
        &self,
        measure: &str,
        open: impl Into<String>,
        done: impl FnOnce(&[&'a Item]) -> Said<T>,
    ) -> Said<T> {
        if let Some(words) = self.without(&[measure]) {
            return Said::instead(words);
        }
        let items = self.items(&[measure]);
        if items.iter().all(|item| item.state.resolved()) {
            done(&items)
        } else {
            Said::instead(open)
        }
    }

    /// How many items of a measure there are, and how many of them are resolved.
    pub(super) fn share(&self, measure: &str) -> Said<Share> {
        if let Some(words) = self.without(&[measure]) {
            return Said::instead(words);
        }
        let items = self.items(&[measure]);
        Said::Is(Share {
            all: count(&items, |_| true),
            done: count(&items, |item| item.state.resolved()),
        })
    }

    /// The answers to a measure's facts, of the one item that it has.
    pub(super) fn answers(&self, measure: &str) -> Option<&'a Answers> {
        let items = self.items(&[measure]);
        items.first().map(|item| &item.facts.0)
    }

    /// The label of a chosen value, of the survey or among a measure's facts.
    pub(super) fn label(&self, code: &str, value: &str) -> String {
        let question = self.scheme.question(code);
        let options = question.map_or(&[][..], |question| &question.options);
        crate::scheme::survey::label_of(options, value).to_owned()
    }

    /// When civil affairs granted something, where it did; else when its item was done.
    pub(super) fn granted(&self, kind: Kind, items: &[&Item]) -> Said<NaiveDate> {
        let granted = self.facts.granted.iter().filter(|(of, _)| *of == kind);
        let granted = granted.map(|(_, on)| *on).max();
        let done = items.iter().filter_map(|item| item.done_on).max();
        granted
            .or(done)
            .map_or_else(|| Said::instead("已办理"), Said::Is)
    }

    /// What of the five separations is open, with its day: 办公场所独立，2018-12-31.
    pub(super) fn unfinished(&self) -> String {
        if let Some(left) = self.left() {
            return left.to_owned();
        }
        if self.facts.items.is_empty() {
            return NOT_BEGUN.to_owned();
        }
        let open = |item: &&Item| {
            let track = self.scheme.track(&item.track);
            item.mandatory
                && called_for(item)
                && !item.state.resolved()
                && track.is_some_and(|track| track.counts_in_five)
        };
        let open: Vec<&Item> = self.facts.items.iter().filter(open).collect();
        let alike = |one: &&Item, other: &&Item| {
            one.measure == other.measure && one.owed_on() == other.owed_on()
        };
        let said: Vec<String> = open
            .chunk_by(alike)
            .map(|alike| self.called(alike))
            .collect();
        if said.is_empty() {
            return NOTHING_OPEN.to_owned();
        }
        said.join("；")
    }

    /// Items of one measure and day by the names that pages give them; several by their
    /// number. People are not named: the table goes further than their register.
    fn called(&self, items: &[&Item]) -> String {
        let Some(first) = items.first() else {
            return String::new();
        };
        let measure = self.scheme.measure(&first.measure);
        let text = measure.map_or("", |measure| measure.text.as_str());
        let day = first.owed_on();
        match (items.len(), first.public_label().as_str()) {
            (1, "") => format!("{text}，{day}"),
            (1, label) => format!("{text}：{label}，{day}"),
            (several, _) => format!("{text}（{several}项），{day}"),
        }
    }
}

/// How many of some items are so.
pub(super) fn count(items: &[&Item], so: impl Fn(&Item) -> bool) -> i64 {
    let found = items.iter().filter(|item| so(item)).count();
    i64::try_from(found).unwrap_or(i64::MAX)
}
