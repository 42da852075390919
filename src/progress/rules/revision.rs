//! A new edition of the survey after the checklist exists (domain 7.1, TC-39):
//! what it adds, what lapses (only if not done), what stays; pure.

use std::collections::BTreeMap;

use crate::scheme::{ItemKey, Scheme};

use super::{Item, ItemState};

/// What a new edition does to a checklist.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revision {
    /// Called for and not there yet.
    pub added: Vec<ItemKey>,
    /// Not applicable so far and called for again.
    pub revived: Vec<Item>,
    /// Called for no more and not done: they lapse.
    pub lapsed: Vec<Item>,
    /// Called for no more, but done: they stay with their evidence.
    pub kept: Vec<Item>,
    /// As before.
    pub same: usize,
}

impl Revision {
    /// Whether the checklist stays as it is.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.added.is_empty() && self.revived.is_empty() && self.lapsed.is_empty()
    }
}

/// Compares a checklist with what the new edition calls for. Items that a later
/// room made by hand are nobody's answer and stay.
#[must_use]
pub fn compare(scheme: &Scheme, existing: &[Item], wanted: &[ItemKey]) -> Revision {
    let by_key: BTreeMap<(&str, &str), &Item> = existing
        .iter()
        .map(|item| ((item.measure.as_str(), item.object.as_str()), item))
        .collect();
    let called = |item: &Item| {
        wanted
            .iter()
            .any(|key| key.measure == item.measure && key.object == item.object)
    };
    let by_hand = |item: &Item| {
        scheme
            .measure(&item.measure)
            .is_none_or(|measure| measure.made_by_hand)
    };
    let mut revision = Revision {
        added: wanted
            .iter()
            .filter(|key| !by_key.contains_key(&(key.measure.as_str(), key.object.as_str())))
            .cloned()
            .collect(),
        ..Revision::default()
    };
    for item in existing {
        match (called(item), item.state) {
            (true, ItemState::NotApplicable) => revision.revived.push(item.clone()),
            (false, ItemState::NotApplicable) => {}
            (true, _) => revision.same += 1,
            (false, _) if by_hand(item) => revision.same += 1,
            (false, state) if state.resolved() => revision.kept.push(item.clone()),
            (false, _) => revision.lapsed.push(item.clone()),
        }
    }
    revision
}

/// New items of the five tracks that no matter of the plan covers (PL-2).
#[must_use]
pub fn uncovered<'a>(
    scheme: &Scheme,
    revision: &'a Revision,
    covered: &[String],
) -> Vec<&'a ItemKey> {
    let in_five = |key: &&ItemKey| {
        scheme
            .measure(&key.measure)
            .and_then(|measure| scheme.track(&measure.track))
            .is_some_and(|track| track.counts_in_five)
    };
    revision
        .added
        .iter()
        .filter(in_five)
        .filter(|key| !covered.contains(&key.text()))
        .collect()
}

/// Why an item lapses.
#[must_use]
pub fn lapse_reason(edition: i32) -> String {
    format!("摸底调查第{edition}版中不再涉及本事项")
}

#[cfg(test)]
mod tests;
