//! The proof that somebody may read a file. Nothing else opens one.

use crate::access::Act;
use crate::database::Db;
use crate::web::{Allowed, Error};

use super::{Stored, stored};

/// A file and the proof that the person who asks may read it. Only the two
/// functions here make one.
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
}
