//! The only way to change anything: a transaction that ends with its record.
//!
//! `Write` has no `commit`. It ends by [`Write::finish`], which wants the proof that
//! something was told, appends it to the case file and to the audit chain and commits;
//! or it is dropped and rolls back. An act is given its `Write` and nothing else that
//! could reach the database, so two connections in one write cannot be written down.
//!
//! Lock order, so that no two writes wait for each other: the case, the items that
//! rest on it, the association, the counters, the desk (with what is signed), the case file, the chain.

mod file;
mod once;
mod point;

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use crate::access::case::{self, Case, Move, Opening, Step, Stuck, Subject};
use crate::access::facts::Address;
use crate::access::{Act, Actor, Decision, Request, Seen, Who, decide, facts};
use crate::audit::{Record, Say, Signature};
use crate::ids::AccountId;
use crate::scheme::Scheme;

use super::db::WRITING;
use super::done::Stopped;
use super::{Database, Db, Moves};

/// Who stands in the records of what a day brings.
const PROGRAM: &str = "系统";

/// A transaction in the name of a person.
pub struct Write {
    db: Db,
    database: Database,
    scheme: Option<Arc<Scheme>>,
    actor: Option<Actor>,
    signature: Signature,
    request: Request,
    records: Vec<Record>,
    asked: bool,
}

/// The proof that a write has told what it did.
#[derive(Debug, Clone, Copy)]
pub struct Told(());

/// Why a write did not begin or end.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The form was acted on before; the browser belongs at `landing`.
    #[error("the form was acted on before")]
    Repeated {
        /// Where the first answer sent the browser.
        landing: String,
    },
    /// The form's key was used before for other content.
    #[error("the form's key was used for other content")]
    KeyReused,
    /// Who could when the form was opened may not any more.
    #[error("not allowed any more: {0}")]
    Refused(&'static str),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Deref for Write {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut Db {
        &mut self.db
    }
}

impl Write {
    /// Begins in a person's name, once per form, under the scheme of a day.
    pub async fn under(
        database: &Database,
        scheme: Arc<Scheme>,
        who: &Who,
    ) -> Result<Self, WriteError> {
        let mut write = Self::begin_as(database, Some(&who.actor), &who.request).await?;
        write.scheme = Some(scheme);
        Ok(write)
    }

    /// Begins for somebody who is not signed in, or for the program itself.
    pub async fn begin_as(
        database: &Database,
        actor: Option<&Actor>,
        request: &Request,
    ) -> Result<Self, WriteError> {
        let mut write = Self {
            db: Db::begin(database, WRITING).await?,
            database: database.clone(),
            scheme: None,
            actor: actor.cloned(),
            signature: Signature::of(actor),
            request: request.clone(),
            records: Vec::new(),
            asked: false,
        };
        write.take_key().await?;
        Ok(write)
    }

    /// Begins for the program itself, under the scheme of a day: what the day brings.
    pub async fn of_the_day(
        database: &Database,
        scheme: Arc<Scheme>,
        request: &Request,
    ) -> Result<Self, WriteError> {
        let mut write = Self::begin_as(database, None, request).await?;
        write.scheme = Some(scheme);
        write.signature.name = PROGRAM.to_owned();
        Ok(write)
    }

    /// Who proved within this write to be somebody signs it from here on.
    pub fn sign_as(&mut self, actor: &Actor) {
        self.signature = Signature::of(Some(actor));
    }

    /// The scheme under the parameters of the day.
    pub fn scheme(&self) -> Result<Arc<Scheme>, sqlx::Error> {
        let scheme = self.scheme.as_ref().map(Arc::clone);
        scheme.ok_or_else(|| sqlx::Error::Configuration("a write without its scheme".into()))
    }

    /// The person, where one is known.
    #[must_use]
    pub const fn actor(&self) -> Option<&Actor> {
        self.actor.as_ref()
    }

    /// The person's account; none for the program itself.
    #[must_use]
    pub const fn account(&self) -> Option<AccountId> {
        self.signature.account
    }

    /// The name that stands under what is signed here.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.signature.name
    }

    /// Who a row says that did it; where nobody is known, a number that no account has.
    #[must_use]
    pub fn by(&self) -> AccountId {
        self.signature.account.unwrap_or(AccountId(0))
    }

    /// The campaign's day on which this happens.
    #[must_use]
    pub fn today(&self) -> chrono::NaiveDate {
        self.request.today()
    }

    /// The circumstances.
    #[must_use]
    pub const fn request(&self) -> &Request {
        &self.request
    }

    /// The step of a case by an act: there is one, it is what was seen, the act is open
    /// in its state, and the person may still do it. The case is under lock by now.
    pub async fn step<C: Case>(
        &mut self,
        found: Option<C>,
        seen: &Seen,
        act: Act,
    ) -> Result<Step<C>, Stopped> {
        let step = case::step(found, seen, act)?;
        self.ask_again(act).await?;
        Ok(step)
    }

    /// The same, where the act makes the case if there is none.
    pub async fn opening<C: Case>(
        &mut self,
        found: Option<C>,
        seen: &Seen,
        act: Act,
    ) -> Result<Opening<C>, Stopped> {
        let opening = case::opening(found, seen, act)?;
        self.ask_again(act).await?;
        Ok(opening)
    }

    /// What follows is about another subject than the address's: its facts are asked with the
    /// next step.
    pub fn turn_to(&mut self, address: Address) {
        self.request.of = self.request.of.map(|_| address);
        self.asked = false;
    }

    /// Carries a step out: the state, its version, its record.
    pub async fn apply<C: Moves>(
        &mut self,
        step: impl Into<Move<C>>,
        say: Say,
    ) -> Result<Told, Stopped> {
        let step = step.into();
        let Some(to) = step.target() else {
            return Err(Stopped::NoBranch(step.act().name()));
        };
        if !C::move_to(&mut self.db, step.id(), step.from(), to).await? {
            let (kind, id) = (C::KIND, step.id());
            return Err(Stuck::Stale(Subject { kind, id }).into());
        }
        Ok(self.tell(Record::of(&step, to, say)))
    }

    /// Tells what the write does besides moving a case, or without one.
    pub fn tell(&mut self, record: Record) -> Told {
        self.records.push(record);
        Told(())
    }

    /// Whether a row without a machine still has the version that was seen.
    pub fn as_seen(&self, seen: &Seen, version: i32, of: Subject) -> Result<(), Stopped> {
        if seen.is_version(version) {
            Ok(())
        } else {
            Err(Stuck::Stale(of).into())
        }
    }

    /// Whether the list still reads as it was seen; `now` is made of its rows under lock.
    pub fn list(&self, seen: &Seen, now: &Seen, of: Subject) -> Result<(), Stopped> {
        if seen.is_list(now) {
            Ok(())
        } else {
            Err(Stuck::Stale(of).into())
        }
    }

    /// Records what was told and commits.
    pub async fn finish<R>(self, told: Told) -> super::Done<R> {
        let Told(()) = told;
        Ok(self.commit().await?)
    }

    /// Commits what a day brought, if it was told; nothing was told: nothing is committed.
    pub async fn brought(self) -> Result<(), WriteError> {
        if self.records.is_empty() {
            return Ok(());
        }
        self.commit().await
    }

    /// Records the act and commits.
    pub async fn record(mut self, record: Record) -> Result<(), WriteError> {
        self.records.push(record);
        self.commit().await
    }

    /// Asks the facts again in this transaction: between the guard's look and the lock
    /// the association may have changed hands. Once a write: what the act itself then
    /// changes is not held against it.
    async fn ask_again(&mut self, act: Act) -> Result<(), WriteError> {
        let (Some(actor), Some(address), false) = (&self.actor, self.request.of, self.asked) else {
            return Ok(());
        };
        self.asked = true;
        let Some(scheme) = &self.scheme else {
            return Ok(());
        };
        let campaign = self.database.campaign();
        let of = (actor, act);
        let found = facts::load(self.db.connection(), campaign, scheme, of, address).await?;
        let decision = found.map_or(Decision::Hide, |facts| decide(actor, act, &facts));
        match decision {
            Decision::Allow => Ok(()),
            Decision::Deny(why) => Err(WriteError::Refused(why)),
            Decision::Hide => Err(WriteError::Refused("该内容已不在您的办理范围内。")),
        }
    }
}
