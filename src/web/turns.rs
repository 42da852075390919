//! A bounded number of works at a time, with a bounded queue before them (S8). What
//! one work leaves, such as a large memory, the next one takes; when nobody works or
//! waits any more it is dropped.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Who may work now, who may wait, and what is handed on.
#[derive(Debug)]
pub struct Turns<T> {
    /// Works at a time.
    pub at_once: Arc<Semaphore>,
    places: Arc<Semaphore>,
    all: usize,
    left: Arc<Mutex<Vec<T>>>,
}

/// A place in the queue or at work; it is free again when this is dropped.
#[must_use]
#[derive(Debug)]
pub struct Place<T> {
    turns: Turns<T>,
    permit: Option<OwnedSemaphorePermit>,
}

impl<T> Clone for Turns<T> {
    fn clone(&self) -> Self {
        Self {
            at_once: Arc::clone(&self.at_once),
            places: Arc::clone(&self.places),
            all: self.all,
            left: Arc::clone(&self.left),
        }
    }
}

impl<T> Turns<T> {
    /// So many works at a time while so many wait.
    #[must_use]
    pub fn new(at_once: usize, waiting: usize) -> Self {
        Self {
            at_once: Arc::new(Semaphore::new(at_once)),
            places: Arc::new(Semaphore::new(at_once + waiting)),
            all: at_once + waiting,
            left: Arc::default(),
        }
    }

    /// A place, if one is free; it never waits.
    #[must_use]
    pub fn place(&self) -> Option<Place<T>> {
        let permit = self.places.clone().try_acquire_owned().ok()?;
        Some(Place {
            turns: self.clone(),
            permit: Some(permit),
        })
    }

    /// How many things lie ready for the next.
    #[must_use]
    pub fn left(&self) -> usize {
        self.with_left(|left| left.len())
    }

    fn with_left<R>(&self, look: impl FnOnce(&mut Vec<T>) -> R) -> R {
        look(&mut self.left.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<T> Place<T> {
    /// What an earlier work left.
    #[must_use]
    pub fn take(&self) -> Option<T> {
        self.turns.with_left(Vec::pop)
    }

    /// Leaves something to the next work.
    pub fn leave(&self, thing: T) {
        self.turns.with_left(|left| left.push(thing));
    }
}

impl<T> Drop for Place<T> {
    fn drop(&mut self) {
        drop(self.permit.take());
        if self.turns.places.available_permits() == self.turns.all {
            let things = self.turns.with_left(std::mem::take);
            drop(things);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_handed_on_and_dropped_with_the_last_place() {
        let turns = Turns::new(1, 1);
        let (first, second) = (turns.place().unwrap(), turns.place().unwrap());
        assert!(turns.place().is_none());
        assert_eq!(first.take(), None);
        first.leave("memory");
        drop(first);
        assert_eq!(second.take(), Some("memory"));
        second.leave("memory");
        // Somebody else may go without ever having worked.
        let third = turns.place().unwrap();
        drop(second);
        assert_eq!(turns.left(), 1);
        drop(third);
        assert_eq!(turns.left(), 0);
    }
}
