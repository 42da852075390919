//! What is kept up with every write: what was signed, and the desk. Both are made from the
//! states of all rooms, which stand after this one; so the program hands it in
//! (`desk::KEEPER`), and no database is opened without.

use std::collections::BTreeSet;
use std::future::Future;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;

use crate::access::Act;
use crate::audit::{AuditKey, Fact, Record, Signature};
use crate::clock::Moment;
use crate::scheme::Scheme;

use super::db::WRITING;
use super::{Database, Db, WriteError};

/// What a keeper's work ends in.
pub type Kept<'a> = Pin<Box<dyn Future<Output = Result<(), sqlx::Error>> + Send + 'a>>;
/// What settling ends in: what is told besides, or why the act is not done.
pub type Settled<'a> = Pin<Box<dyn Future<Output = Result<Vec<Record>, WriteError>> + Send + 'a>>;

/// Keeps up what follows from the states.
pub trait Keeper: Send + Sync + std::fmt::Debug {
    /// After an act, in its transaction and before anything is told of it: what it signed
    /// is bound to its content, and what was signed and reads otherwise now is void. No
    /// room has to remember it.
    fn settle<'a>(&'a self, db: &'a mut Db, settling: Settling<'a>) -> Settled<'a>;

    /// After an act, in its transaction: what it touched is computed again.
    fn keep<'a>(&'a self, db: &'a mut Db, under: Under<'a>, touched: &'a Touched) -> Kept<'a>;

    /// Before a day's first page: what changes with the day alone.
    /// `now` is a moment of that day.
    fn roll<'a>(&'a self, database: &'a Database, under: Under<'a>, now: Moment) -> Kept<'a>;
}

/// The scheme under the parameters of a day, and the day.
#[derive(Debug, Clone, Copy)]
pub struct Under<'a> {
    /// The scheme.
    pub scheme: &'a Scheme,
    /// The day.
    pub day: NaiveDate,
}

/// What an act leaves to be settled.
#[derive(Debug, Clone, Copy)]
pub struct Settling<'a> {
    /// The scheme under the parameters of the day, and the day.
    pub under: Under<'a>,
    /// What was told so far.
    pub records: &'a [Record],
    /// Who signs.
    pub signature: &'a Signature,
    /// With what contents are marked.
    pub key: &'a AuditKey,
}

/// What a write has touched: by its records, and by the facts that the database itself
/// noted (migration 0195), so that an act which moves many matters by one statement cannot
/// forget one.
#[derive(Debug, Default)]
pub struct Touched {
    /// Associations in whose case file something was told.
    pub associations: BTreeSet<i64>,
    /// Those of them that the act brought: nobody else sees them yet.
    pub born: BTreeSet<i64>,
    /// What else was told of: kind and key.
    pub subjects: BTreeSet<(&'static str, i64)>,
    /// States that were changed.
    pub facts: Vec<Fact>,
    /// The newest record.
    pub record: i64,
}

impl Touched {
    /// What these records and facts tell of.
    #[must_use]
    pub fn by(records: &[Record], facts: &[Fact], record: i64) -> Self {
        let mut touched = Self {
            facts: facts.to_vec(),
            record,
            ..Self::default()
        };
        for record in records {
            touched
                .associations
                .extend(record.association.map(|id| id.0));
            if record.act == Act::AssociationCreate {
                touched.born.extend(record.association.map(|id| id.0));
            }
            let subject = record.subject;
            if record.association.is_none() {
                touched.subjects.insert((subject.kind, subject.id));
            }
        }
        touched
    }
}

/// The keeper, and as of which day what it keeps stands.
#[derive(Debug, Clone)]
pub struct Keeping {
    /// The keeper.
    pub keeper: &'static dyn Keeper,
    stands: Arc<Mutex<Option<NaiveDate>>>,
    rolling: Arc<tokio::sync::Mutex<()>>,
}

impl Keeping {
    /// By this keeper.
    #[must_use]
    pub fn by(keeper: &'static dyn Keeper) -> Self {
        Self {
            keeper,
            stands: Arc::default(),
            rolling: Arc::default(),
        }
    }

    fn day(&self) -> Option<NaiveDate> {
        *self.stands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stand(&self, day: Option<NaiveDate>) {
        *self.stands.lock().unwrap_or_else(PoisonError::into_inner) = day;
    }
}

impl Database {
    /// The keeper.
    #[must_use]
    pub fn keeper(&self) -> &'static dyn Keeper {
        self.keeping.keeper
    }

    /// Whether what follows from the day stands as of this one.
    #[must_use]
    pub fn stands_on(&self, day: NaiveDate) -> bool {
        self.keeping.day() == Some(day)
    }

    /// What is in force on a day has changed: it is looked at again before the next page.
    pub fn unsettle(&self) {
        self.keeping.stand(None);
    }

    /// Brings what follows from the day up to it, once at a time, in a task of its own that
    /// goes on where the request that asked for it is given up. The caller holds no
    /// connection: those who wait would be all that there are.
    pub async fn roll(&self, (scheme, now): (Arc<Scheme>, Moment)) -> Result<(), sqlx::Error> {
        let database = self.clone();
        let day = now.date_naive();
        let rolled = tokio::spawn(async move {
            let _turn = database.keeping.rolling.lock().await;
            if database.stands_on(day) {
                return Ok::<(), sqlx::Error>(());
            }
            let scheme = scheme.as_ref();
            let under = Under { scheme, day };
            database.keeper().roll(&database, under, now).await?;
            database.keeping.stand(Some(day));
            Ok(())
        });
        match rolled.await {
            Ok(ended) => ended,
            Err(_) => Err(sqlx::Error::WorkerCrashed),
        }
    }
}

/// A transaction over what follows from the states, for a day's roll and for making it anew:
/// no act of anybody, so without a record.
pub struct Upkeep(Db);

impl Deref for Upkeep {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.0
    }
}

impl DerefMut for Upkeep {
    fn deref_mut(&mut self) -> &mut Db {
        &mut self.0
    }
}

impl Upkeep {
    /// Commits.
    pub async fn done(self) -> Result<(), sqlx::Error> {
        self.0.commit().await
    }
}

impl Database {
    /// Begins one.
    pub async fn upkeep(&self) -> Result<Upkeep, sqlx::Error> {
        Ok(Upkeep(Db::begin(self, WRITING).await?))
    }
}
