//! The pool, its start-up checks, and the only way to change anything.

pub mod batches;
mod db;
mod desks;
pub mod done;
pub mod embedded;
pub mod keeper;
mod moves;
pub mod numbers;
pub mod parameters;
mod reach;
pub mod refusals;
pub mod throwaway;
pub mod write;

use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, Executor as _, PgPool, Postgres, Transaction};

use crate::audit::{Anchor, Anchored, AuditKey, Head};
use crate::ids::CampaignId;

use keeper::Keeping;
use reach::Reach;

pub use db::Db;
pub use desks::lock_desks;
pub use done::{Done, Explain, Failure, Never, Stopped};
pub use keeper::{Keeper, Kept, Settled, Settling, Touched, Under};
pub use moves::Moves;
pub use write::{Told, Write, WriteError};

/// Every migration, compiled in.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// Connections in the pool: more than this halves reads on two cores (performance.md 7).
const CONNECTIONS: u32 = 8;
/// Oldest server that the SQL is written for.
const OLDEST_SERVER: i32 = 150_000;

/// The database as rooms use it.
#[derive(Clone, Debug)]
pub struct Database {
    pool: PgPool,
    key: AuditKey,
    anchor: Option<Arc<Anchor>>,
    campaign: CampaignId,
    reach: Reach,
    keeping: Keeping,
}

/// Why a database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It cannot be reached or asked.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A migration failed.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The server is too old.
    #[error("PostgreSQL 15 or later is needed, this server is {0}")]
    TooOld(i32),
    /// Searching Chinese text needs a UTF-8 database whose character type is not C.
    #[error("the database must be UTF-8 with LC_CTYPE other than C (found {0})")]
    CharacterType(String),
}

impl Database {
    /// Wraps a pool for one campaign; the keeper keeps up what follows from the states.
    #[must_use]
    pub fn new(
        pool: PgPool,
        key: AuditKey,
        campaign: CampaignId,
        keeper: &'static dyn Keeper,
    ) -> Self {
        Self {
            reach: Reach::of(&pool.connect_options()),
            keeping: Keeping::by(keeper),
            pool,
            key,
            anchor: None,
            campaign,
        }
    }

    /// The same, that keeps the chain's head outside the database too.
    #[must_use]
    pub fn anchored(mut self, anchor: Anchor) -> Self {
        self.anchor = Some(Arc::new(anchor));
        self
    }

    /// Notes a committed link outside the database. What was committed stands: where the
    /// file cannot be written, that is told to whoever runs the program.
    pub async fn anchor(&self, head: Option<Head>) {
        let (Some(anchor), Some(head)) = (&self.anchor, head) else {
            return;
        };
        if let Err(error) = anchor.advance(head).await {
            tracing::error!(%error, "the audit anchor could not be written");
        }
    }

    /// What stands outside the database of the chain.
    pub fn anchored_at(&self) -> std::io::Result<Anchored> {
        let anchor = self.anchor.as_ref();
        anchor.map_or(Ok(Anchored::NotKept), |anchor| anchor.read())
    }

    /// The chain does not hold what stands there: it is left as it is.
    pub fn freeze_anchor(&self) {
        if let Some(anchor) = &self.anchor {
            anchor.freeze();
        }
    }

    /// Resolves once the server refuses connections, and never while it takes them:
    /// whoever waits for an answer need not wait for the pool to give up (R5).
    pub async fn refused(&self) {
        self.reach.refused().await;
    }

    /// Whether the database answers; asked on a connection of its own, so that no
    /// crowd of requests makes it look dead.
    pub async fn answers(&self) -> bool {
        self.reach.answers().await
    }

    /// Where and how it is reached, for a second pool of its own.
    #[must_use]
    pub fn reached_by(&self) -> PgConnectOptions {
        self.pool.connect_options().as_ref().clone()
    }

    /// Whether no connection is lent: each has come back, and been asked whether it still
    /// stands, which the pool does behind an answer.
    #[must_use]
    pub fn rests(&self) -> bool {
        usize::try_from(self.pool.size()).is_ok_and(|all| all == self.pool.num_idle())
    }

    /// Closes all connections.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// The same database for loading the demonstration: no commit waits for the
    /// disk, since some two thousand acts in a row would each wait for it.
    /// PostgreSQL writes them out within a second by itself; a crash before that
    /// loses made-up data only. Real work never goes through this. It keeps no anchor,
    /// which would lead after such a crash.
    #[must_use]
    pub fn hurried(&self) -> Self {
        let options = self.reached_by();
        let options = options.options([("synchronous_commit", "off")]);
        Self::new(
            pool(options),
            self.key.clone(),
            self.campaign,
            self.keeper(),
        )
    }

    /// A transaction over counters of the program itself, such as tries of passwords:
    /// no act of anybody, so without a record. What people do goes through [`Write`].
    pub async fn tally(&self) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
        self.pool.begin_with(AssertSqlSafe(db::WRITING)).await
    }

    /// The campaign that this program runs.
    #[must_use]
    pub const fn campaign(&self) -> CampaignId {
        self.campaign
    }

    /// The key of the audit chain.
    #[must_use]
    pub const fn audit_key(&self) -> &AuditKey {
        &self.key
    }
}

/// Options of a server named by `DATABASE_URL`.
pub fn options(url: &str) -> Result<PgConnectOptions, sqlx::Error> {
    PgConnectOptions::from_str(url)
}

/// Applies outstanding migrations as the owner, after checking the server.
pub async fn migrate(options: &PgConnectOptions) -> Result<(), OpenError> {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .connect_with(options.clone())
        .await?;
    let version: i32 = sqlx::query_scalar("select current_setting('server_version_num')::int")
        .fetch_one(&pool)
        .await?;
    if version < OLDEST_SERVER {
        return Err(OpenError::TooOld(version));
    }
    let character_type: String = sqlx::query_scalar(
        "select pg_encoding_to_char(encoding) || ' ' || datctype from pg_database where datname = current_database()",
    )
    .fetch_one(&pool)
    .await?;
    if !character_type.starts_with("UTF8 ")
        || character_type.ends_with(" C")
        || character_type.ends_with(" POSIX")
    {
        return Err(OpenError::CharacterType(character_type));
    }
    MIGRATOR.run(&pool).await?;
    pool.close().await;
    Ok(())
}

/// A pool of connections that act as `tuogou_app`, with the time limits of
/// security.md (row 72) and the second guard of F1.
#[must_use]
pub fn pool(options: PgConnectOptions) -> PgPool {
    pool_of(options, CONNECTIONS)
}

/// The same with so many connections at most.
#[must_use]
pub fn pool_of(options: PgConnectOptions, most: u32) -> PgPool {
    let options = options.options([
        ("statement_timeout", "4s"),
        ("lock_timeout", "2s"),
        ("idle_in_transaction_session_timeout", "10s"),
        // A transaction begins by ending what may be left of another; that there is
        // nothing to end is no news.
        ("client_min_messages", "error"),
        // Many ask at once: workers for one of them are taken from all the others
        // (performance.md 10.3: 1.3 to 1.9 times the pages without).
        ("max_parallel_workers_per_gather", "0"),
        // Statements are short and their estimates high: compiling one costs 70 ms of the
        // 80 that a workbench's took at 70,000 associations.
        ("jit", "off"),
    ]);
    PgPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(Duration::from_secs(3))
        .test_before_acquire(false)
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute("set role tuogou_app").await?;
                Ok(())
            })
        })
        .connect_lazy_with(options)
}
