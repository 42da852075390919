//! What store functions ask: one connection in one transaction. A page reads all that
//! it shows from one snapshot, and an act that writes can ask nothing beside its own
//! transaction: sixteen people who commented at once each held a connection and
//! waited for a second one.

use sqlx::{AssertSqlSafe, PgConnection, Postgres, Transaction};

use crate::ids::CampaignId;

use super::Database;

/// Begins after whatever a cancelled request may have left behind on the connection
/// (sqlx 0.9.0 can hand on one whose `begin` was cancelled in flight; in such a
/// transaction `now()` stands still). One message to the server.
pub(super) const WRITING: &str = "rollback; begin";
const READING: &str = "rollback; begin isolation level repeatable read read only";

/// One connection in one transaction. Made by [`Database::read`] for a page, and held
/// by `Write` for an act; both end with their owner.
pub struct Db {
    transaction: Transaction<'static, Postgres>,
    campaign: CampaignId,
}

impl Db {
    pub(super) async fn begin(
        database: &Database,
        statement: &'static str,
    ) -> Result<Self, sqlx::Error> {
        let transaction = database.pool.begin_with(AssertSqlSafe(statement)).await?;
        Ok(Self {
            transaction,
            campaign: database.campaign,
        })
    }

    /// For the store's statements.
    pub fn connection(&mut self) -> &mut PgConnection {
        &mut self.transaction
    }

    /// The campaign's number.
    #[must_use]
    pub const fn campaign(&self) -> i32 {
        self.campaign.0
    }

    pub(super) async fn commit(self) -> Result<(), sqlx::Error> {
        self.transaction.commit().await
    }
}

impl Database {
    /// One snapshot to read from. Nothing can be written with it.
    pub async fn read(&self) -> Result<Db, sqlx::Error> {
        Db::begin(self, READING).await
    }
}
