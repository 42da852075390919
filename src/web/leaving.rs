//! Lists that leave as files: which pages have one, so that the frame offers it at each of
//! them, and how many are made at a time. Two, since each holds a connection while it is made;
//! who waits too long is told to come back.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::access::Act;

use super::limits::Limits;
use super::{Error, guide};

/// Files made at a time.
const AT_ONCE: usize = 2;

/// What a list leaves as: the ending of its address, and what the page calls it.
pub const ENDINGS: [(&str, &str); 3] = [("docx", "Word"), ("xlsx", "Excel"), ("csv", "CSV")];

/// What stands between a number and an ending where they are taken apart.
pub const APART: &str = "/as";

/// A list that leaves as a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    /// The pattern of its page, or the file's address without its ending.
    pub list: &'static str,
    /// Its ending: one of [`ENDINGS`].
    pub ending: &'static str,
    /// What the file is called.
    pub name: &'static str,
    /// What stands in it, where no page says so.
    pub about: &'static str,
    /// What its route asks for.
    pub act: Act,
}

/// The lists, and whose turn it is.
#[derive(Debug)]
pub struct Leaving {
    leaves: RwLock<Vec<Leaf>>,
    turns: Arc<Semaphore>,
}

impl Default for Leaving {
    fn default() -> Self {
        Self {
            leaves: RwLock::default(),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl Leaving {
    /// Notes that a list has a file; the routes may be made more than once.
    pub(super) fn add(&self, leaf: Leaf) {
        let mut leaves = self.leaves.write().unwrap_or_else(PoisonError::into_inner);
        if !leaves.contains(&leaf) {
            leaves.push(leaf);
        }
    }

    /// What the list at a pattern leaves as for whom this lets: ending and what it is called.
    #[must_use]
    pub fn endings(
        &self,
        pattern: &str,
        may: impl Fn(Act) -> bool,
    ) -> Vec<(&'static str, &'static str)> {
        let leaves = self.leaves.read().unwrap_or_else(PoisonError::into_inner);
        let offered = |(ending, _): &(&str, &str)| {
            let mut leaves = leaves.iter();
            leaves.any(|leaf| leaf.list == pattern && leaf.ending == *ending && may(leaf.act))
        };
        ENDINGS.into_iter().filter(offered).collect()
    }

    /// The address as a route knows it: of a list or a document whose address ends with a number
    /// or a name, with its ending taken apart; none: as it is.
    #[must_use]
    pub fn apart(&self, path: &str) -> Option<String> {
        let list = guide::list_of(path)?;
        let ending = path.strip_prefix(list)?;
        // A document may have no page of its own: then its pattern alone tells.
        let page = guide::at(list);
        let meant = |pattern: &str| match page {
            Some(page) => page.address == pattern,
            None => guide::fits(list, pattern),
        };
        let leaves = self.leaves.read().unwrap_or_else(PoisonError::into_inner);
        let known = leaves.iter().any(|leaf| {
            leaf.list.ends_with('}') && ending.ends_with(leaf.ending) && meant(leaf.list)
        });
        known.then(|| format!("{list}{APART}{ending}"))
    }

    /// Every list with its files, in the order of the rooms.
    #[must_use]
    pub fn all(&self) -> Vec<Leaf> {
        let leaves = self.leaves.read().unwrap_or_else(PoisonError::into_inner);
        leaves.clone()
    }

    /// A turn to make a file, which is over when it is dropped; [`Error::Busy`] where none is
    /// to be had in time.
    pub async fn turn(&self, limits: &Limits) -> Result<OwnedSemaphorePermit, Error> {
        let turn = Arc::clone(&self.turns).acquire_owned();
        let waited = tokio::time::timeout(limits.export_patience, turn).await;
        waited.map_err(|_| Error::Busy)?.map_err(Error::internal)
    }
}
