//! The life of an item (domain 7.1), pure: from an item, by a deed, to the item
//! as it stands afterwards, or a typed refusal. Overdue is derived (`lights`),
//! never kept.

use chrono::NaiveDate;

use crate::access::Act;
use crate::ids::AccountId;
use crate::scheme::Measure;

pub use item::Item;
pub use refusal::Refusal;

mod item;
mod refusal;
pub mod revision;

crate::words! {
    /// State of an item.
    pub enum ItemState {
        /// Nothing has been done.
        Open = "open", "未开始";
        /// The unit is at it.
        InProgress = "in_progress", "办理中";
        /// The unit says it is done.
        ReportedDone = "reported_done", "已报办结，待核实";
        /// A department or the office has seen that it is.
        Verified = "verified", "已核实";
        /// The office's head has struck it off.
        Accepted = "accepted", "已验收销号";
        /// Sent back with a reason.
        Returned = "returned", "已退回";
        /// A law keeps things as they are.
        Exempted = "exempted", "依法保留";
        /// No longer called for.
        NotApplicable = "not_applicable", "不适用";
    }
}

impl ItemState {
    /// Counts as resolved (domain 7.8).
    #[must_use]
    pub const fn resolved(self) -> bool {
        matches!(self, Self::Verified | Self::Accepted | Self::Exempted)
    }
}

/// From a state, by an act, to a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Before.
    pub from: ItemState,
    /// The act.
    pub act: Act,
    /// Afterwards.
    pub to: ItemState,
}

const fn step(from: ItemState, act: Act, to: ItemState) -> Step {
    Step { from, act, to }
}

/// The whole life of an item.
pub const STEPS: &[Step] = &[
    step(ItemState::Open, Act::ItemSave, ItemState::InProgress),
    step(ItemState::InProgress, Act::ItemSave, ItemState::InProgress),
    step(ItemState::Returned, Act::ItemSave, ItemState::InProgress),
    step(ItemState::Open, Act::ItemReport, ItemState::ReportedDone),
    step(
        ItemState::InProgress,
        Act::ItemReport,
        ItemState::ReportedDone,
    ),
    step(
        ItemState::Returned,
        Act::ItemReport,
        ItemState::ReportedDone,
    ),
    step(
        ItemState::ReportedDone,
        Act::ItemVerify,
        ItemState::Verified,
    ),
    step(
        ItemState::ReportedDone,
        Act::ItemReturn,
        ItemState::Returned,
    ),
    step(ItemState::Verified, Act::ItemReturn, ItemState::Returned),
    step(ItemState::Verified, Act::ItemAccept, ItemState::Accepted),
    // A forbidden person appears after the clean-up (PE-18, TC-28).
    step(
        ItemState::ReportedDone,
        Act::ItemRelapse,
        ItemState::InProgress,
    ),
    step(ItemState::Verified, Act::ItemRelapse, ItemState::InProgress),
    step(ItemState::Accepted, Act::ItemRelapse, ItemState::InProgress),
    // 法律法规另有规定的除外 (三(二)).
    step(ItemState::Open, Act::ExemptionAsk, ItemState::Open),
    step(
        ItemState::InProgress,
        Act::ExemptionAsk,
        ItemState::InProgress,
    ),
    step(ItemState::Returned, Act::ExemptionAsk, ItemState::Returned),
    step(ItemState::Open, Act::ItemExempt, ItemState::Exempted),
    step(ItemState::InProgress, Act::ItemExempt, ItemState::Exempted),
    step(ItemState::Returned, Act::ItemExempt, ItemState::Exempted),
    // Only where an exemption is asked for: that is how it is refused.
    step(ItemState::Open, Act::ItemReturn, ItemState::Returned),
    step(ItemState::InProgress, Act::ItemReturn, ItemState::Returned),
    step(ItemState::Returned, Act::ItemReturn, ItemState::Returned),
    // Evidence leaves the state as it is; later evidence is kept and marked (TC-68).
    step(ItemState::Open, Act::EvidenceAttach, ItemState::Open),
    step(
        ItemState::InProgress,
        Act::EvidenceAttach,
        ItemState::InProgress,
    ),
    step(
        ItemState::Returned,
        Act::EvidenceAttach,
        ItemState::Returned,
    ),
    step(
        ItemState::ReportedDone,
        Act::EvidenceAttach,
        ItemState::ReportedDone,
    ),
    step(
        ItemState::Verified,
        Act::EvidenceAttach,
        ItemState::Verified,
    ),
    step(
        ItemState::Accepted,
        Act::EvidenceAttach,
        ItemState::Accepted,
    ),
    step(ItemState::Open, Act::EvidenceDetach, ItemState::Open),
    step(
        ItemState::InProgress,
        Act::EvidenceDetach,
        ItemState::InProgress,
    ),
    step(
        ItemState::Returned,
        Act::EvidenceDetach,
        ItemState::Returned,
    ),
];

/// The state after an act, if the act is open in this state.
#[must_use]
pub fn next(state: ItemState, act: Act) -> Option<ItemState> {
    STEPS
        .iter()
        .find(|step| step.from == state && step.act == act)
        .map(|step| step.to)
}

/// What somebody does with an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Says how far it is.
    Save {
        /// In words.
        note: String,
        /// When it was done.
        done_on: Option<NaiveDate>,
    },
    /// Reports it as done.
    Report,
    /// What was done is undone by what happened since, for this reason.
    Relapse {
        /// What happened.
        reason: String,
    },
    /// Has seen that it is done.
    Verify,
    /// Sends it back.
    Return {
        /// Why.
        reason: String,
    },
    /// Strikes it off.
    Accept,
    /// Asks to keep things as a law has them.
    AskExemption {
        /// The law.
        law: String,
        /// The article.
        article: String,
    },
    /// Grants that.
    Exempt,
}

impl Deed {
    /// The act by its name.
    #[must_use]
    pub const fn act(&self) -> Act {
        match self {
            Self::Save { .. } => Act::ItemSave,
            Self::Report => Act::ItemReport,
            Self::Relapse { .. } => Act::ItemRelapse,
            Self::Verify => Act::ItemVerify,
            Self::Return { .. } => Act::ItemReturn,
            Self::Accept => Act::ItemAccept,
            Self::AskExemption { .. } => Act::ExemptionAsk,
            Self::Exempt => Act::ItemExempt,
        }
    }
}

/// The item after a deed, or why not. `today` is the campaign's day.
pub fn after(
    item: &Item,
    measure: &Measure,
    deed: &Deed,
    (by, today): (AccountId, NaiveDate),
) -> Result<Item, Refusal> {
    let to = next(item.state, deed.act()).ok_or(Refusal::Closed(item.state))?;
    guard(item, measure, deed.act(), by)?;
    let mut after = Item {
        state: to,
        version: item.version + 1,
        ..item.clone()
    };
    match deed {
        Deed::Save { note, done_on } => {
            if let Some(day) = done_on {
                possible(*day, today)?;
            }
            after.note.clone_from(note);
            after.done_on = *done_on;
        }
        Deed::Report => {
            after.reported_on = Some(today);
            after.reported_by = Some(by);
            after.return_reason = None;
        }
        Deed::Verify | Deed::Exempt => {
            after.resolved_on = Some(today);
            after.resolved_by = Some(by);
            after.return_reason = None;
        }
        Deed::Accept => {}
        Deed::Return { reason } | Deed::Relapse { reason } => {
            if reason.trim().is_empty() {
                return Err(Refusal::NoReason);
            }
            after.return_reason = Some(reason.clone());
            (after.reported_on, after.reported_by) = (None, None);
            (after.resolved_on, after.resolved_by) = (None, None);
            (
                after.exemption_law,
                after.exemption_article,
                after.exemption_asked_on,
            ) = (None, None, None);
        }
        Deed::AskExemption { law, article } => {
            if !names_a_law(law) {
                return Err(Refusal::NoLaw);
            }
            if !names_an_article(article) {
                return Err(Refusal::NoArticle);
            }
            after.exemption_law = Some(law.clone());
            after.exemption_article = Some(article.clone());
            after.exemption_asked_on = Some(today);
        }
    }
    Ok(after)
}

/// What must hold for an act beside the state, as far as it does not hang on
/// what is typed: pages ask this before they draw a button.
pub fn guard(item: &Item, measure: &Measure, act: Act, by: AccountId) -> Result<(), Refusal> {
    match act {
        Act::ItemReport if !measure.evidence.is_empty() && item.evidence < 1 => {
            Err(Refusal::NoEvidence(measure.evidence.clone()))
        }
        Act::ItemVerify | Act::ItemAccept if item.reported_by == Some(by) => {
            Err(Refusal::OwnReport)
        }
        Act::ExemptionAsk if !measure.exemptable => Err(Refusal::NotExemptable),
        Act::ItemExempt if item.exemption_asked_on.is_none() => Err(Refusal::NotAsked),
        Act::ItemReturn
            if !matches!(item.state, ItemState::ReportedDone | ItemState::Verified)
                && item.exemption_asked_on.is_none() =>
        {
            Err(Refusal::Closed(item.state))
        }
        _ => Ok(()),
    }
}

/// Whether evidence may be added, and whether it comes after a verification
/// that has not seen it (TC-68).
pub fn may_attach(state: ItemState) -> Result<bool, Refusal> {
    next(state, Act::EvidenceAttach)
        .map(ItemState::resolved)
        .ok_or(Refusal::Closed(state))
}

/// A day on which something can have happened: not to come, not before 2000 (TC-48).
pub fn possible(day: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    let first = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or(NaiveDate::MIN);
    if day < first || day > today {
        Err(Refusal::ImpossibleDay(day))
    } else {
        Ok(())
    }
}

/// Whether these words name a law or regulation.
#[must_use]
pub fn names_a_law(words: &str) -> bool {
    let kinds = ["法", "条例", "规定", "办法", "细则", "决定"];
    // 《…》 and a bracketed year or edition do not belong to the name.
    let bare = words
        .trim()
        .split(['(', '\u{FF08}'])
        .next()
        .unwrap_or_default();
    let bare = bare.trim().trim_end_matches(['》', '」']);
    bare.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && kinds.iter().any(|kind| bare.ends_with(kind))
}

/// Whether these words name an article: 第十二条, 12条.
#[must_use]
pub fn names_an_article(words: &str) -> bool {
    let Some((before, _)) = words.split_once('条') else {
        return false;
    };
    before.chars().last().is_some_and(|c| {
        c.is_ascii_digit()
            || ('\u{FF10}'..='\u{FF19}').contains(&c)
            || "〇零一二三四五六七八九十百".contains(c)
    })
}

#[cfg(test)]
pub(super) mod samples;
#[cfg(test)]
mod tests;
