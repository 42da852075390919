//! Who acts, from where and when: what every write and record needs to know.

use std::sync::{Arc, OnceLock};

use crate::clock::{Clock, Moment};

use super::actor::Actor;
use super::facts::Address;

/// The once-only key of a form and a digest of what it said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnceKey {
    /// `request_id` of the form.
    pub key: String,
    /// SHA-256 of the body, so that the same key with other content is refused.
    pub digest: Vec<u8>,
}

/// The circumstances of a request.
#[derive(Debug, Clone)]
pub struct Request {
    /// Number by which the administrator finds it in logs and audit.
    pub id: String,
    /// Client address.
    pub address: String,
    /// The campaign's time.
    pub now: Moment,
    /// The real time.
    pub wall: Moment,
    /// Once-only key, where a form carries one.
    pub once: Option<OnceKey>,
    /// Where the browser goes when the act is done; `{}` stands for the subject's number.
    pub landing: String,
    /// The number of what the act has made or done something to, once it is done.
    pub made: Arc<OnceLock<i64>>,
    /// What the address names, so that the write can ask the facts again under lock.
    /// None for what does not come from a browser.
    pub of: Option<Address>,
    /// What every record of this request says besides (TC-64).
    pub remark: Option<&'static str>,
}

impl Request {
    /// A request that does not come from a browser: demonstration, tests, commands.
    #[must_use]
    pub fn internal(clock: &Clock) -> Self {
        Self {
            id: "internal".to_owned(),
            address: "local".to_owned(),
            now: clock.now(),
            wall: clock.wall(),
            once: None,
            landing: "/".to_owned(),
            made: Arc::default(),
            of: None,
            remark: None,
        }
    }

    /// The campaign's day.
    #[must_use]
    pub fn today(&self) -> chrono::NaiveDate {
        self.now.date_naive()
    }
}

/// A person doing something.
#[derive(Debug, Clone)]
pub struct Who {
    /// The person in the capacity in force.
    pub actor: Actor,
    /// The circumstances.
    pub request: Request,
}

impl Who {
    /// The campaign's day on which this happens.
    #[must_use]
    pub fn today(&self) -> chrono::NaiveDate {
        self.request.today()
    }

    /// Sends the browser to `landing` afterwards.
    #[must_use]
    pub fn then(mut self, landing: impl Into<String>) -> Self {
        self.request.landing = landing.into();
        self
    }
}
