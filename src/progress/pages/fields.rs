//! Which forms of an item's page are open to who looks, and what was typed into one that
//! somebody else has closed meanwhile.

use crate::access::{Act, Case as _};
use crate::documents::files::PAGES;
use crate::progress::rules::{self, Item};
use crate::scheme::{Choice, Measure};
use crate::web::{Allowed, Form};

use super::deeds::{ARTICLE, BACK, LAW, NOTE, REASON};
use super::evidence::{DATE, DATE_NOTE, ISSUER, KIND, KNOWN, NUMBER};
use super::facts;
use super::picks;

/// Forms that are open to this person now.
pub(super) struct Open {
    pub(super) save: bool,
    pub(super) attach: bool,
    pub(super) detach: bool,
    pub(super) give_back: bool,
    /// From the leader to the clerk.
    pub(super) back: bool,
    pub(super) exemption: bool,
}

/// What is open to this person; while the association stands still only evidence is.
pub(super) fn open(allowed: &Allowed, (item, still): (&Item, bool), measure: &Measure) -> Open {
    let me = allowed.actor().account;
    let open =
        |act| allowed.may(act) && item.open(act) && rules::guard(item, measure, act, me).is_ok();
    Open {
        save: !still && open(Act::ItemSave),
        attach: open(Act::EvidenceAttach),
        detach: open(Act::EvidenceDetach),
        give_back: !still && open(Act::ItemReturn),
        back: open(Act::ItemBack),
        exemption: !still && open(Act::ExemptionAsk),
    }
}

/// What was typed into fields that the page does not draw any more, because somebody
/// else has moved the item on.
pub(super) fn unsaved(
    form: &Form,
    (item, measure): (&Item, &Measure),
    open: &Open,
) -> Vec<(String, String)> {
    let stood = facts::filled(&measure.facts, item);
    let typed = measure.facts.iter().map(|fact| {
        let stands = stood.iter().find(|(name, _)| name == fact.code());
        let stands = stands.map_or("", |(_, value)| value.as_str());
        (open.save, fact.code(), fact.label.as_str(), stands)
    });
    let fields = [
        (open.save, NOTE.name, NOTE.label, item.note.as_str()),
        (open.attach, KIND.0, KIND.1, ""),
        (open.attach, NUMBER.name, NUMBER.label, ""),
        (open.attach, DATE.name, DATE.label, ""),
        (open.attach, ISSUER.name, ISSUER.label, ""),
        (open.attach, DATE_NOTE.name, DATE_NOTE.label, ""),
        (open.attach, PAGES.name, PAGES.label, ""),
        (open.attach, KNOWN.0, KNOWN.1, ""),
        (open.give_back, REASON.name, REASON.label, ""),
        (open.back, BACK.name, BACK.label, ""),
        (open.exemption, LAW.name, LAW.label, ""),
        (open.exemption, ARTICLE.name, ARTICLE.label, ""),
    ];
    fields
        .into_iter()
        .chain(typed)
        .filter(|(open, ..)| !open)
        .map(|(_, name, label, stands)| (label, form.value(name), stands))
        .filter(|(_, typed, stands)| !typed.trim().is_empty() && typed != stands)
        .map(|(label, typed, _)| (label.to_owned(), typed))
        .collect()
}

/// The kinds of paper to choose from.
pub(super) fn kinds(measure: &Measure) -> Vec<Choice> {
    let kinds = picks::kinds(measure).into_iter();
    kinds
        .map(|kind| Choice {
            value: kind.to_owned(),
            label: kind.to_owned(),
        })
        .collect()
}
