//! The proof that somebody may read a file. Nothing else opens one.

use std::collections::BTreeSet;

use crate::access::{Act, Decision, Facts, decide};
use crate::database::{Database, Db};
use crate::documents::store::{self, Kept};
use crate::web::{Allowed, Error};

use super::answer::{is_whole, piece};
use super::{Stored, stored};

/// A file and the proof that the person who asks may read it. Only the functions here
/// make one.
#[derive(Debug)]
pub struct Readable {
    pub(super) id: i64,
    pub(super) stored: Stored,
}

impl Readable {
    /// A file that is still with a matter whose page shows it to the person.
    pub async fn with_its_matter(db: &mut Db, allowed: &Allowed) -> Result<Self, Error> {
        Self::by(db, Act::FileRead, allowed).await
    }

    /// A file that was taken away, for a person of the office; that they open it must
    /// be on record by now.
    pub async fn taken_away(db: &mut Db, allowed: &Allowed) -> Result<Self, Error> {
        Self::by(db, Act::RemovedFileOpen, allowed).await
    }

    /// Every file that is with a matter of the association in the address and that the person
    /// may read, each once, by the first of its matters; each is asked for as if its own
    /// address were opened.
    pub async fn of_association(
        db: &mut Db,
        allowed: &Allowed,
    ) -> Result<Vec<(Kept, Self)>, Error> {
        let may_read = |kept: &Kept| {
            let facts = Facts {
                matters: vec![kept.matter],
                ..allowed.facts().clone()
            };
            decide(allowed.actor(), Act::FileRead, &facts) == Decision::Allow
        };
        let mut seen = BTreeSet::new();
        let all = store::kept(db, allowed.association()?).await?.into_iter();
        let own = all.filter(|kept| may_read(kept) && seen.insert(kept.file));
        let own = own.map(|kept| {
            let stored = Stored {
                name: kept.name.clone(),
                media_type: kept.media_type.clone(),
                bytes_total: kept.bytes_total,
                sha256: kept.sha256.clone(),
            };
            let id = kept.file;
            (kept, Self { id, stored })
        });
        Ok(own.collect())
    }

    /// The guard asked the policy for the route's act; whatever that was, it is asked
    /// for this one here.
    async fn by(db: &mut Db, act: Act, allowed: &Allowed) -> Result<Self, Error> {
        let id = allowed.file()?;
        if !allowed.may(act) {
            return Err(Error::Missing);
        }
        let stored = stored(db, id).await?.ok_or(Error::Missing)?;
        Ok(Self { id, stored })
    }

    /// Its number.
    #[must_use]
    pub const fn id(&self) -> i64 {
        self.id
    }

    /// Its media type, by content.
    #[must_use]
    pub fn media_type(&self) -> &str {
        &self.stored.media_type
    }

    /// Its size in bytes.
    #[must_use]
    pub const fn bytes_total(&self) -> i64 {
        self.stored.bytes_total
    }

    /// The digest under which it was kept.
    #[must_use]
    pub fn sha256(&self) -> &[u8] {
        &self.stored.sha256
    }

    /// Whether its bytes are those that were handed in.
    pub async fn is_whole(&self, database: &Database) -> Result<bool, sqlx::Error> {
        is_whole(database, &self.stored).await
    }

    /// A piece of it, the first being 0; a connection is taken for it alone.
    pub async fn piece(&self, database: &Database, number: i32) -> Result<Vec<u8>, sqlx::Error> {
        piece(database.clone(), self.stored.sha256.clone(), number).await
    }
}
