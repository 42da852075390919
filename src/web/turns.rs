//! A bounded number of works at a time, with a bounded queue before them (S8).

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Who may work now, and who may wait.
#[derive(Clone, Debug)]
pub struct Turns {
    /// Works at a time.
    pub at_once: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

/// A place in the queue or at work; it is free again when this is dropped.
#[must_use]
#[derive(Debug)]
pub struct Place(#[expect(dead_code, reason = "held until it is dropped")] OwnedSemaphorePermit);

impl Turns {
    /// So many works at a time while so many wait.
    #[must_use]
    pub fn new(at_once: usize, waiting: usize) -> Self {
        Self {
            at_once: Arc::new(Semaphore::new(at_once)),
            places: Arc::new(Semaphore::new(at_once + waiting)),
        }
    }

    /// A place, if one is free; it never waits.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        self.places.clone().try_acquire_owned().ok().map(Place)
    }
}
