//! The acts that a page offers: what the machine has open, whom the policy lets, drawn
//! by one macro, so that a new act needs no template. A page on which the words around
//! the button matter draws its own form.

use crate::access::{Act, Case, Seen};

use super::Allowed;
use super::ask::Ask;

/// How an act is done from the page.
#[derive(Clone)]
pub enum Way {
    /// At once: a form of one button.
    Button,
    /// With words: a form that opens.
    Words(Ask<String>),
    /// On a page of its own.
    Page,
}

/// An act that is open here.
pub struct Offer {
    /// The act.
    pub act: Act,
    /// Where its form goes, or its page is.
    pub address: String,
    /// What is seen of the matter.
    pub seen: Seen,
    /// How it is done.
    pub way: Way,
    /// How its button looks: "" primary official quiet danger.
    pub kind: &'static str,
    /// Why it cannot be done now, though the person and the state would allow it.
    pub refusal: Option<String>,
}

/// The acts open on a case for a person.
pub struct Offers<'a, C: Case> {
    allowed: &'a Allowed,
    case: &'a C,
    list: Vec<Offer>,
}

impl<'a, C: Case> Offers<'a, C> {
    /// None yet.
    #[must_use]
    pub const fn of(allowed: &'a Allowed, case: &'a C) -> Self {
        Self {
            allowed,
            case,
            list: Vec::new(),
        }
    }

    fn add(mut self, act: Act, address: String, way: Way, kind: &'static str) -> Self {
        if self.allowed.may(act) && self.case.open(act) {
            self.list.push(Offer {
                act,
                address,
                seen: Seen::version(self.case.row().version),
                way,
                kind,
                refusal: None,
            });
        }
        self
    }

    /// Offers an act that is done at once.
    #[must_use]
    pub fn button(self, act: Act, address: String, kind: &'static str) -> Self {
        self.add(act, address, Way::Button, kind)
    }

    /// Offers an act that is done with words.
    #[must_use]
    pub fn words(self, act: Act, address: String, ask: Ask<String>, kind: &'static str) -> Self {
        self.add(act, address, Way::Words(ask), kind)
    }

    /// Offers an act that has a page of its own.
    #[must_use]
    pub fn page(self, act: Act, address: String, kind: &'static str) -> Self {
        self.add(act, address, Way::Page, kind)
    }

    /// Says of an act that is offered why it cannot be done now.
    #[must_use]
    pub fn unless(mut self, act: Act, why: Option<&str>) -> Self {
        for offer in &mut self.list {
            if offer.act == act && offer.refusal.is_none() {
                offer.refusal = why.map(str::to_owned);
            }
        }
        self
    }

    /// What is offered.
    #[must_use]
    pub fn list(self) -> Vec<Offer> {
        self.list
    }
}
