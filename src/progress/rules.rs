//! The life of an item (domain 7.1), pure: from an item, by a deed, to the item
//! as it stands afterwards, or a typed refusal. Overdue is derived (`lights`),
//! never kept.

use chrono::NaiveDate;

use crate::access::case::{Holder, Place, Steps};
use crate::access::{Act, Case as _};
use crate::ids::AccountId;
use crate::scheme::{Answers, Measure};

pub use item::Item;
pub use refusal::{NO_ARTICLE, NO_LAW, Refusal, SOLE_PROOF};

pub mod deadlines;
pub mod extension;
pub mod facts;
pub mod following;
mod item;
pub mod lights;
pub mod papers;
mod refusal;
pub mod revision;

crate::words! {
    /// State of an item.
    pub enum ItemState {
        /// Nothing has been done.
        Open = "open", "未开始", Todo;
        /// The unit is at it.
        InProgress = "in_progress", "办理中", Going;
        /// With the unit's leader, who reports it or gives it back.
        ForSignature = "for_signature", "已填报，待单位负责人签发", Going;
        /// The unit says it is done.
        ReportedDone = "reported_done", "已报办结，待核实", Going;
        /// A department or the office has seen that it is.
        Verified = "verified", "已核实", Done;
        /// The office's head has struck it off.
        Accepted = "accepted", "已验收销号", Done;
        /// Sent back with a reason.
        Returned = "returned", "已退回", Soon;
        /// A law keeps things as they are.
        Exempted = "exempted", "依法保留", Void;
        /// No longer called for.
        NotApplicable = "not_applicable", "不适用", Void;
    }
}

impl ItemState {
    /// Counts as resolved (domain 7.8).
    #[must_use]
    pub const fn resolved(self) -> bool {
        matches!(self, Self::Verified | Self::Accepted | Self::Exempted)
    }
}

/// The whole life of an item. What does not move it says that it is open in this state.
pub const STEPS: Steps<ItemState> = {
    use ItemState::{
        Accepted, Exempted, ForSignature, InProgress, NotApplicable, Open, ReportedDone, Returned,
        Verified,
    };
    &[
        (Open, Act::ItemSave, InProgress),
        (InProgress, Act::ItemSave, InProgress),
        (Returned, Act::ItemSave, InProgress),
        // What is written on is not what the leader was given to sign.
        (ForSignature, Act::ItemSave, InProgress),
        (Open, Act::ItemPass, ForSignature),
        (InProgress, Act::ItemPass, ForSignature),
        (Returned, Act::ItemPass, ForSignature),
        (ForSignature, Act::ItemBack, InProgress),
        // Who leads a small unit may report without being asked to.
        (ForSignature, Act::ItemReport, ReportedDone),
        (Open, Act::ItemReport, ReportedDone),
        (InProgress, Act::ItemReport, ReportedDone),
        (Returned, Act::ItemReport, ReportedDone),
        (ReportedDone, Act::ItemRecall, InProgress),
        (ReportedDone, Act::ItemVerify, Verified),
        (ReportedDone, Act::ItemReturn, Returned),
        (Verified, Act::ItemReturn, Returned),
        (Verified, Act::ItemAccept, Accepted),
        (ReportedDone, Act::CorrectionAsk, ReportedDone),
        (Verified, Act::CorrectionAsk, Verified),
        // A forbidden person appears after the clean-up (PE-18, TC-28).
        (ReportedDone, Act::ItemRelapse, InProgress),
        (Verified, Act::ItemRelapse, InProgress),
        (Accepted, Act::ItemRelapse, InProgress),
        // A register says that it is applied for, done, or not done (DN-2).
        (Open, Act::ItemFollow, ReportedDone),
        (InProgress, Act::ItemFollow, ReportedDone),
        (ForSignature, Act::ItemFollow, ReportedDone),
        (Returned, Act::ItemFollow, ReportedDone),
        (ReportedDone, Act::ItemFollow, ReportedDone),
        (Verified, Act::ItemFollow, ReportedDone),
        (Accepted, Act::ItemFollow, ReportedDone),
        (Open, Act::ItemFollow, Verified),
        (InProgress, Act::ItemFollow, Verified),
        (ForSignature, Act::ItemFollow, Verified),
        (Returned, Act::ItemFollow, Verified),
        (ReportedDone, Act::ItemFollow, Verified),
        (Verified, Act::ItemFollow, Verified),
        (Accepted, Act::ItemFollow, Verified),
        (ReportedDone, Act::ItemFollow, Returned),
        (Verified, Act::ItemFollow, Returned),
        (Accepted, Act::ItemFollow, Returned),
        // What was verified, accepted or exempted reads otherwise now.
        (Verified, Act::SignatureVoid, ReportedDone),
        (Accepted, Act::SignatureVoid, ReportedDone),
        (Exempted, Act::SignatureVoid, InProgress),
        // 法律法规另有规定的除外 (三(二)).
        (Open, Act::ExemptionAsk, Open),
        (InProgress, Act::ExemptionAsk, InProgress),
        (Returned, Act::ExemptionAsk, Returned),
        (ForSignature, Act::ExemptionAsk, InProgress),
        (Open, Act::ItemExempt, Exempted),
        (InProgress, Act::ItemExempt, Exempted),
        (Returned, Act::ItemExempt, Exempted),
        // Only where an exemption is asked for: that is how it is refused.
        (Open, Act::ItemReturn, Returned),
        (InProgress, Act::ItemReturn, Returned),
        (Returned, Act::ItemReturn, Returned),
        // Evidence leaves the state as it is; later evidence is kept and marked (TC-68).
        (Open, Act::EvidenceAttach, Open),
        (InProgress, Act::EvidenceAttach, InProgress),
        (Returned, Act::EvidenceAttach, Returned),
        (ForSignature, Act::EvidenceAttach, ForSignature),
        (ReportedDone, Act::EvidenceAttach, ReportedDone),
        (Verified, Act::EvidenceAttach, Verified),
        (Accepted, Act::EvidenceAttach, Accepted),
        (Open, Act::EvidenceDetach, Open),
        (InProgress, Act::EvidenceDetach, InProgress),
        (Returned, Act::EvidenceDetach, Returned),
        (ForSignature, Act::EvidenceDetach, InProgress),
        // Of what is done a piece may go that is not the last one (DN-5); a verification that
        // saw it is void with that.
        (Verified, Act::EvidenceDetach, Verified),
        (Accepted, Act::EvidenceDetach, Accepted),
        // A later date is asked for until the item is resolved, and answered even then.
        (Open, Act::ExtensionAsk, Open),
        (InProgress, Act::ExtensionAsk, InProgress),
        (Returned, Act::ExtensionAsk, Returned),
        (ForSignature, Act::ExtensionAsk, ForSignature),
        (ReportedDone, Act::ExtensionAsk, ReportedDone),
        (Open, Act::ExtensionDecide, Open),
        (InProgress, Act::ExtensionDecide, InProgress),
        (Returned, Act::ExtensionDecide, Returned),
        (ForSignature, Act::ExtensionDecide, ForSignature),
        (ReportedDone, Act::ExtensionDecide, ReportedDone),
        (Verified, Act::ExtensionDecide, Verified),
        (Accepted, Act::ExtensionDecide, Accepted),
        (Exempted, Act::ExtensionDecide, Exempted),
        (NotApplicable, Act::ExtensionDecide, NotApplicable),
        // Called for no more, by a new edition of the survey or with the association's
        // part in the campaign; and called for again.
        (Open, Act::RevisionApply, NotApplicable),
        (InProgress, Act::RevisionApply, NotApplicable),
        (ForSignature, Act::RevisionApply, NotApplicable),
        (Returned, Act::RevisionApply, NotApplicable),
        (ReportedDone, Act::RevisionApply, NotApplicable),
        (NotApplicable, Act::RevisionApply, Open),
        (Open, Act::ExitDecide, NotApplicable),
        (InProgress, Act::ExitDecide, NotApplicable),
        (ForSignature, Act::ExitDecide, NotApplicable),
        (Returned, Act::ExitDecide, NotApplicable),
        (ReportedDone, Act::ExitDecide, NotApplicable),
        (Open, Act::RosterAmend, NotApplicable),
        (InProgress, Act::RosterAmend, NotApplicable),
        (ForSignature, Act::RosterAmend, NotApplicable),
        (Returned, Act::RosterAmend, NotApplicable),
        (ReportedDone, Act::RosterAmend, NotApplicable),
    ]
};

/// On whose desk it lies.
#[must_use]
pub const fn holder(state: ItemState) -> &'static [Holder] {
    match state {
        ItemState::Open | ItemState::InProgress | ItemState::Returned => {
            const { &[Holder::clerk(Act::ItemSave)] }
        }
        ItemState::ForSignature => const { &[Holder::leader(Act::ItemReport)] },
        ItemState::ReportedDone => const { &[Holder::new(Place::Verifiers, Act::ItemVerify)] },
        ItemState::Verified => const { &[Holder::head(Act::ItemAccept)] },
        ItemState::Accepted | ItemState::Exempted | ItemState::NotApplicable => &[],
    }
}

/// What somebody does with an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Says how far it is.
    Save {
        /// In words.
        note: String,
        /// What its measure asks for.
        facts: Answers,
    },
    /// Hands it to the unit's leader for signature.
    Pass,
    /// Gives it back to the clerk.
    Back {
        /// Why.
        reason: String,
    },
    /// Reports it as done.
    Report,
    /// Takes the report back.
    Recall,
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
            Self::Pass => Act::ItemPass,
            Self::Back { .. } => Act::ItemBack,
            Self::Report => Act::ItemReport,
            Self::Recall => Act::ItemRecall,
            Self::Relapse { .. } => Act::ItemRelapse,
            Self::Verify => Act::ItemVerify,
            Self::Return { .. } => Act::ItemReturn,
            Self::Accept => Act::ItemAccept,
            Self::AskExemption { .. } => Act::ExemptionAsk,
            Self::Exempt => Act::ItemExempt,
        }
    }
}

/// The item after a deed that is open in its state, or why not. `today` is the
/// campaign's day.
pub fn after(
    item: &Item,
    measure: &Measure,
    deed: &Deed,
    (by, today): (AccountId, NaiveDate),
) -> Result<Item, Refusal> {
    guard(item, measure, deed.act(), by)?;
    let mut after = Item {
        state: Item::next(item.state, deed.act()).unwrap_or(item.state),
        version: item.version + 1,
        ..item.clone()
    };
    match deed {
        Deed::Save { note, facts } => {
            for day in facts::days(measure, facts) {
                possible(day, today)?;
            }
            after.note.clone_from(note);
            after.facts.0.clone_from(facts);
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
        Deed::Pass | Deed::Accept => {}
        // The words of leader and clerk stand in the case file; the row keeps why it came
        // back from a department.
        Deed::Back { reason } => given(reason)?,
        Deed::Recall => (after.reported_on, after.reported_by) = (None, None),
        Deed::Return { reason } | Deed::Relapse { reason } => {
            given(reason)?;
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

/// A reason that says something.
fn given(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() {
        Err(Refusal::NoReason)
    } else {
        Ok(())
    }
}

/// What must hold for an act beside the state, as far as it does not hang on
/// what is typed: pages ask this before they draw a button.
pub fn guard(item: &Item, measure: &Measure, act: Act, by: AccountId) -> Result<(), Refusal> {
    match act {
        Act::ItemPass if item.exemption_asked_on.is_some() => Err(Refusal::ExemptionAsked),
        Act::ItemPass | Act::ItemReport if !measure.evidence.is_empty() && item.evidence < 1 => {
            Err(Refusal::NoEvidence(measure.evidence.clone()))
        }
        Act::ItemVerify | Act::ItemAccept if item.reported_by == Some(by) => {
            Err(Refusal::OwnReport)
        }
        Act::EvidenceDetach => papers::may_detach(item),
        Act::ExemptionAsk if !measure.exemptable => Err(Refusal::NotExemptable),
        Act::ItemExempt if item.exemption_asked_on.is_none() => Err(Refusal::NotAsked),
        Act::ItemReturn
            if !matches!(item.state, ItemState::ReportedDone | ItemState::Verified)
                && item.exemption_asked_on.is_none() =>
        {
            Err(Refusal::NotAsked)
        }
        _ => Ok(()),
    }
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
