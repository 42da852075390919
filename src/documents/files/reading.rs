//! The proof that somebody may read a file. Nothing else opens one.

use crate::access::Act;
use crate::web::{Allowed, App, Error};

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
    pub async fn with_its_matter(app: &App, allowed: &Allowed) -> Result<Self, Error> {
        Self::by(Act::FileRead, app, allowed).await
    }

    /// A file that was taken away, for a person of the office; that they open it must
    /// be on record by now.
    pub async fn taken_away(app: &App, allowed: &Allowed) -> Result<Self, Error> {
        Self::by(Act::RemovedFileOpen, app, allowed).await
    }

    /// The guard asked the policy for the route's act; whatever that was, it is asked
    /// for this one here.
    async fn by(act: Act, app: &App, allowed: &Allowed) -> Result<Self, Error> {
        let id = allowed.file()?;
        if !allowed.may(act) {
            return Err(Error::Missing);
        }
        let (pool, campaign) = (app.database.pool(), app.database.campaign().0);
        let stored = stored(pool, campaign, id).await?.ok_or(Error::Missing)?;
        Ok(Self { id, stored })
    }
}
