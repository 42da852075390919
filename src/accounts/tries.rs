//! Taking a try before a password is looked at (S6). A [`Try`] is made nowhere else,
//! and no password is verified without one.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;

use super::rules::tries::Counter;
use super::store;
use crate::database::Database;

/// A try that has been counted.
#[must_use]
#[derive(Debug)]
pub struct Try(Vec<Counter>);

/// Why there is none.
#[derive(Debug, thiserror::Error)]
pub enum NoTry {
    /// Too many are out: how long to wait.
    #[error("too many tries")]
    Wait(TimeDelta),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Takes a try out of every allowance, or out of none. The rows are locked one after
/// another, always in the same order, so it holds for sixty at once and for several
/// servers. The first allowance that has nothing left keeps that it was asked.
pub async fn take(
    database: &Database,
    counters: Vec<Counter>,
    now: DateTime<Utc>,
) -> Result<Try, NoTry> {
    let mut tally = database.tally().await?;
    let mut taken = Vec::with_capacity(counters.len());
    for counter in &counters {
        let mut spent = store::tries::lock(&mut tally, counter).await?;
        if let Err(wait) = counter.kind.allowance().take(&mut spent, now) {
            store::tries::keep(&mut tally, counter, &spent).await?;
            tally.commit().await?;
            return Err(NoTry::Wait(wait));
        }
        taken.push((counter, spent));
    }
    for (counter, spent) in taken {
        store::tries::keep(&mut tally, counter, &spent).await?;
    }
    store::tries::tidy(&mut tally, now).await?;
    tally.commit().await?;
    Ok(Try(counters))
}

impl Try {
    /// Gives the try back within a transaction: the password was right.
    pub async fn give_back_in(self, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
        for counter in &self.0 {
            let mut spent = store::tries::lock(connection, counter).await?;
            counter.kind.allowance().give_back(&mut spent);
            store::tries::keep(connection, counter, &spent).await?;
        }
        Ok(())
    }

    /// Gives the try back where nothing else is written: the password was not looked
    /// at, or was right and something else was not.
    pub async fn give_back(self, database: &Database) -> Result<(), sqlx::Error> {
        let mut tally = database.tally().await?;
        self.give_back_in(&mut tally).await?;
        tally.commit().await
    }
}
