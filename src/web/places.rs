//! Places among what is under way at once. A place is taken when a request can be
//! worked on, not while somebody drips its body: 64 bodies of strangers that never
//! ended once held every place, and 55 of 56 honest requests got 503.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::limits::Limits;

/// The places of a program, shared by all its connections.
#[derive(Debug)]
pub struct Places {
    /// How many there are, and for how long.
    pub limits: Limits,
    people: Arc<Semaphore>,
    strangers: Arc<Semaphore>,
    /// Bodies of strangers on their way, shared out by address.
    pub strangers_bodies: Shares,
    /// Bodies of people on their way, shared out by account.
    pub peoples_bodies: Shares,
    /// The page of a refusal, drawn once (`busy`).
    pub(super) full: std::sync::OnceLock<Bytes>,
}

impl Places {
    /// All free.
    #[must_use]
    pub fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self {
            people: Arc::new(Semaphore::new(limits.people)),
            strangers: Arc::new(Semaphore::new(limits.strangers)),
            strangers_bodies: Shares::new(limits.strangers_bodies, limits.bodies_of_an_address),
            peoples_bodies: Shares::new(limits.peoples_bodies, limits.bodies_of_an_account),
            full: std::sync::OnceLock::new(),
            limits,
        })
    }

    /// A place among the requests under way, or none in time. Who brings no session
    /// waits among strangers, so that no flood of theirs keeps people out.
    pub async fn enter(&self, stranger: bool) -> Option<OwnedSemaphorePermit> {
        let all = if stranger {
            &self.strangers
        } else {
            &self.people
        };
        let place = Arc::clone(all).acquire_owned();
        tokio::time::timeout(self.limits.patience, place)
            .await
            .ok()?
            .ok()
    }
}

/// A number of places of which each one may have a share.
#[derive(Debug)]
pub struct Shares {
    all: Arc<Semaphore>,
    each: usize,
    held: Arc<Mutex<HashMap<String, usize>>>,
}

/// A place that somebody holds; given back on drop.
#[derive(Debug)]
pub struct Share {
    _place: OwnedSemaphorePermit,
    whose: String,
    held: Arc<Mutex<HashMap<String, usize>>>,
}

impl Shares {
    /// `all` places, `each` at most for one.
    #[must_use]
    pub fn new(all: usize, each: usize) -> Self {
        Self {
            all: Arc::new(Semaphore::new(all)),
            each,
            held: Arc::default(),
        }
    }

    /// A place for `whose`, if one is free and the share is not used up.
    #[must_use]
    pub fn take(&self, whose: &str) -> Option<Share> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let has = held.get(whose).copied().unwrap_or(0);
        if has >= self.each {
            return None;
        }
        let place = Arc::clone(&self.all).try_acquire_owned().ok()?;
        held.insert(whose.to_owned(), has + 1);
        Some(Share {
            _place: place,
            whose: whose.to_owned(),
            held: Arc::clone(&self.held),
        })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(has) = held.get_mut(&self.whose) {
            *has -= 1;
            // Addresses come and go: nobody is remembered who holds nothing.
            if *has == 0 {
                held.remove(&self.whose);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_takes_more_than_a_share_and_all_come_back() {
        let shares = Shares::new(3, 2);
        let first = shares.take("a").unwrap();
        let second = shares.take("a").unwrap();
        assert!(shares.take("a").is_none(), "a share is two");
        let third = shares.take("b").unwrap();
        assert!(shares.take("c").is_none(), "three are all there are");
        drop(first);
        let again = shares.take("c").unwrap();
        drop((second, third, again));
        assert!(shares.held.lock().unwrap().is_empty());
        assert!(shares.take("a").is_some());
    }
}
