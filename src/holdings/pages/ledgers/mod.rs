//! The registers of all associations within reach as files: assets (EX-10), rooms (EX-11),
//! functions (EX-12), purchases (EX-13). Who may read a register on its page takes it away here,
//! of the same associations.

mod assets;
mod functions;
mod purchases;
mod rooms;

use std::collections::VecDeque;
use std::sync::Arc;

use crate::access::Scope;
use crate::accounts::pages::narrowed;
use crate::database::Db;
use crate::documents::leaving::SLICE;
use crate::holdings::rules::book::Book;
use crate::holdings::store::ledgers::{self as store, Owner, Reach};
use crate::registry::mark::Mark;
use crate::scheme::Scheme;
use crate::web::{Error, Look};

pub use assets::Assets;
pub use functions::Functions;
pub use purchases::Purchases;
pub use rooms::Rooms;

/// How the rows of a file are read from an association's registers.
type Read<R> = fn(&Owner, &Book<'_>) -> Vec<R>;

/// One association after the other, and the rows that were read and not handed on yet.
struct Walk<R> {
    scheme: Arc<Scheme>,
    reach: Reach,
    /// The unit that is asked for, in words.
    filters: Vec<String>,
    mark: Mark,
    read: Read<R>,
    ready: VecDeque<R>,
}

impl<R> Walk<R> {
    /// Begins it; `waiting`: also the associations whose turn comes later or is over.
    async fn open(look: Look<'_>, waiting: bool, read: Read<R>) -> Result<Self, Error> {
        let asked = look.allowed.query().get("department");
        let department: Option<i64> = asked.and_then(|id| id.parse().ok());
        Ok(Self {
            filters: narrowed::told(look.db, department).await?,
            scheme: Arc::clone(&look.app.scheme),
            reach: Reach {
                scope: Scope::of(look.allowed.actor()),
                department,
                waiting,
            },
            mark: Mark::default(),
            read,
            ready: VecDeque::new(),
        })
    }

    /// The next rows; none: that was all.
    async fn next(&mut self, db: &mut Db) -> Result<Vec<R>, Error> {
        while self.ready.is_empty() {
            let owners = store::after(db, &self.reach, &mut self.mark).await?;
            if owners.is_empty() {
                return Ok(Vec::new());
            }
            for owner in &owners {
                let book = owner.source.book(&self.scheme);
                self.ready.extend((self.read)(owner, &book));
            }
        }
        let many = usize::try_from(SLICE).unwrap_or(usize::MAX);
        let many = many.min(self.ready.len());
        Ok(self.ready.drain(..many).collect())
    }

    /// The unit, in words.
    fn filters(&self) -> Vec<String> {
        self.filters.clone()
    }
}
