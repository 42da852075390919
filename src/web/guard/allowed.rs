//! The proof that a handler works with.

use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::request::Parts;

use crate::access::facts::Address;
use crate::access::{Act, Actor, Decision, Facts, Request as Circumstances, Seen, Who, decide};
use crate::ids::{AssociationId, DepartmentId};
use crate::scheme::parameters::Values;
use crate::web::form::Form;
use crate::web::guide;
use crate::web::hands::{Hands, Here};
use crate::web::list::Query;
use crate::web::page::{Page, PageSeed};
use crate::web::{App, Error};

/// Proof that the person in it may do the route's act on the address's subject.
#[derive(Debug, Clone)]
pub struct Allowed {
    pub(super) act: Act,
    pub(super) path: String,
    pub(super) query: Query,
    pub(super) actor: Actor,
    pub(super) facts: Facts,
    pub(super) address: Address,
    pub(super) params: Vec<(String, String)>,
    pub(super) circumstances: Circumstances,
    pub(super) seed: PageSeed,
    pub(super) trail: Option<HeaderValue>,
    pub(super) replayed: bool,
}

impl Allowed {
    /// Dates of the batch of the association in the address (FD-1).
    pub(super) const fn batch(&self) -> &Values {
        &self.facts.batch
    }

    /// The person.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The address as the browser sent it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the address asks for beside its path: filters, order, page.
    #[must_use]
    pub const fn query(&self) -> &Query {
        &self.query
    }

    /// The same list on another of its pages.
    #[must_use]
    pub fn turned(&self, address: &str) -> Self {
        let query = address.split_once('?').map(|(_, query)| query);
        Self {
            query: Query::of(&self.path, query),
            ..self.clone()
        }
    }

    /// The route's act.
    #[must_use]
    pub const fn gate_act(&self) -> Act {
        self.act
    }

    /// The same, its pages telling above everything else what happened.
    #[must_use]
    pub fn alarmed(&self, sentence: String) -> Self {
        let mut told = self.clone();
        told.seed.alarm(sentence);
        told
    }

    /// The same, its page saying in whose hands its matter is.
    #[must_use]
    pub(in crate::web) fn lying(&self, here: Here) -> Self {
        let mut told = self.clone();
        told.seed.lies(here, (&self.actor, &self.path));
        told
    }

    /// The same, its menu counting what waits for the person.
    #[must_use]
    pub fn waiting(&self, waiting: &[(String, i64)]) -> Self {
        let mut told = self.clone();
        told.seed.wait(waiting);
        told
    }

    /// In whose hands what is around the page's matter is: its lists say so of each row.
    #[must_use]
    pub fn around(&self) -> Hands {
        self.seed.around()
    }

    /// The same, its page keeping what the form had seen.
    #[must_use]
    pub(in crate::web) fn keeping(&self, seen: Seen) -> Self {
        let mut kept = self.clone();
        kept.seed.keep(&self.path, self.act, seen);
        kept
    }

    /// The same, its page sealing every form by what it now shows.
    #[must_use]
    pub(in crate::web) fn anew(&self) -> Self {
        let mut anew = self.clone();
        anew.seed.forget();
        anew
    }

    /// The same, its page saying that something in it must be mended.
    #[must_use]
    pub(in crate::web) fn failing(&self) -> Self {
        let mut told = self.clone();
        told.seed.fail();
        told
    }

    /// What the browser is to remember of the page's filters.
    pub(in crate::web) const fn trail(&self) -> Option<&HeaderValue> {
        self.trail.as_ref()
    }

    /// Whether the form is only shown again, and nothing is done.
    #[must_use]
    pub(in crate::web) const fn replayed(&self) -> bool {
        self.replayed
    }

    /// What the page's edit forms carry of how they stood when first opened.
    pub(in crate::web) fn carry(&self, base: String) {
        self.seed.carry(base);
    }

    /// What the policy knew of the subject.
    #[must_use]
    pub const fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Whether the person could also do `act` here: pages draw buttons by it.
    #[must_use]
    pub fn may(&self, act: Act) -> bool {
        decide(&self.actor, act, &self.facts) == Decision::Allow
    }

    /// Whether the person may open the page at an address of the same subject: where not,
    /// pages say it without a link.
    #[must_use]
    pub fn opens(&self, address: &str) -> bool {
        guide::at(address).is_none_or(|page| self.may(page.act))
    }

    /// The person with this form's once-only key, ready to act; afterwards the
    /// browser goes to `landing`.
    #[must_use]
    pub fn who(&self, form: &Form, landing: impl Into<String>) -> Who {
        let mut request = self.circumstances.clone();
        request.once = form.once();
        request.landing = landing.into();
        Who {
            actor: self.actor.clone(),
            request,
        }
    }

    /// The association in the address.
    pub fn association(&self) -> Result<AssociationId, Error> {
        self.address
            .association
            .map(AssociationId)
            .ok_or(Error::Missing)
    }

    /// The department in the address.
    pub fn department(&self) -> Result<DepartmentId, Error> {
        self.address
            .department
            .map(DepartmentId)
            .ok_or(Error::Missing)
    }

    /// The item in the address.
    pub fn item(&self) -> Result<i64, Error> {
        self.address.item.ok_or(Error::Missing)
    }

    /// The prior approval in the address.
    pub fn approval(&self) -> Result<i64, Error> {
        self.address.approval.ok_or(Error::Missing)
    }

    /// The file in the address.
    pub fn file(&self) -> Result<i64, Error> {
        self.address.file.ok_or(Error::Missing)
    }

    /// Any other part of the address.
    pub fn param(&self, name: &str) -> Result<&str, Error> {
        self.params
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .ok_or(Error::Missing)
    }

    /// Any other number in the address.
    pub fn number(&self, name: &str) -> Result<i64, Error> {
        self.param(name)?.parse().map_err(|_| Error::Missing)
    }

    /// What the layout needs, before a page has its title.
    #[must_use]
    pub fn seed(&self) -> PageSeed {
        self.seed.clone()
    }

    /// What the layout needs, under a title of what the page shows and whose it is.
    #[must_use]
    pub fn page_of(&self, title: &str, whose: &str) -> Page {
        self.seed.page_of(title, whose)
    }

    /// What the layout needs, under this title.
    #[must_use]
    pub fn page(&self, title: impl Into<String>) -> Page {
        self.seed.page(title)
    }
}

impl FromRequestParts<App> for Allowed {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Error> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Error::internal("a handler without its guard"))
    }
}
