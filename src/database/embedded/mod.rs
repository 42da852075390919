//! PostgreSQL for trial, development and tests: the server programs found on the
//! machine, or else the distribution's packages unpacked beside the data, run as a private cluster behind a Unix socket in a 0700 folder, with
//! no TCP. An installation for real use sets `DATABASE_URL` and never comes here.

mod account;
mod error;
mod fetch;
mod find;
mod initdb;
mod launch;
mod layout;
mod lock;
mod postmaster;
mod sources;
mod stop;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::process::Child;

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _};

pub use error::EmbeddedError;
pub use fetch::Failure;
use find::Programs;
use layout::{Cluster, Layout};
use lock::Lock;
pub use sources::Sources;

/// Only part of the socket's name: nothing listens on TCP.
const PORT: u16 = 5432;
/// The cluster's owner; only the operating system's account gets to the socket.
const SUPERUSER: &str = "postgres";

/// How to run the cluster.
#[derive(Clone, Debug)]
pub struct Options {
    /// The cluster's folder, for example `./data/postgres`.
    pub root: PathBuf,
    /// Whether someone chose `root`; if not, root may move it to a folder that
    /// the account which runs PostgreSQL can reach.
    pub root_was_given: bool,
    /// Whether data must outlive a power failure; tests need no such thing.
    pub durable: bool,
    /// Whether a second program that also asks for this is refused.
    pub exclusive: bool,
    /// Where the server programs may come from.
    pub programs: Sources,
}

/// A running cluster. It stops when its last user leaves, at the latest on drop.
#[derive(Debug)]
pub struct Embedded {
    layout: Layout,
    cluster: Cluster,
    programs: Programs,
    held: Option<Held>,
}

/// What a user of the cluster holds until it leaves.
#[derive(Debug)]
struct Held {
    /// The postmaster, where this program started it.
    child: Option<Child>,
    users: Lock,
    /// Dropped last: nobody may serve before the cluster is left.
    serve: Option<Lock>,
}

impl Embedded {
    /// Starts the cluster, makes it first if need be, or takes over the one that
    /// a killed program left running.
    pub async fn start(options: &Options) -> Result<Self, EmbeddedError> {
        let options = options.clone();
        tokio::task::spawn_blocking(move || Self::start_blocking(&options))
            .await
            .map_err(|error| EmbeddedError::Io {
                path: PathBuf::from("postgres"),
                source: std::io::Error::other(error),
            })?
    }

    fn start_blocking(options: &Options) -> Result<Self, EmbeddedError> {
        let layout = Layout::open(options)?;
        let serve = options
            .exclusive
            .then(|| Lock::serve(layout.root()))
            .transpose()?;
        let starting = Lock::wait(&layout.start_lock())?;
        let up = launch::bring_up(&layout, &options.programs, options.durable)?;
        // Taken only now: a failed start has nothing to leave.
        let users = Lock::share(&layout.users_lock())?;
        drop(starting);
        let embedded = Self {
            layout,
            cluster: up.cluster,
            programs: up.programs,
            held: Some(Held {
                child: up.child,
                users,
                serve,
            }),
        };
        // Whoever starts it tells the user; this is for the curious.
        tracing::debug!(adopted = up.adopted, "{}", embedded.describe());
        Ok(embedded)
    }

    /// How to reach one of its databases, as the superuser.
    #[must_use]
    pub fn connect_options(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(self.layout.socket_folder())
            .port(PORT)
            .username(SUPERUSER)
            .database(database)
            .ssl_mode(PgSslMode::Disable)
            .application_name("tuogou")
    }

    /// Makes a database unless it is there.
    pub async fn ensure_database(&self, database: &str) -> Result<(), sqlx::Error> {
        let mut connection = self.connect_options(SUPERUSER).connect().await?;
        let is_there: bool =
            sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
                .bind(database)
                .fetch_one(&mut connection)
                .await?;
        if !is_there {
            let name = database.replace('"', "\"\"");
            connection
                .execute(AssertSqlSafe(format!("create database \"{name}\"")))
                .await?;
        }
        connection.close().await
    }

    /// One line for the log: version, programs, data folder, and how to look in.
    #[must_use]
    pub fn describe(&self) -> String {
        format!(
            "内嵌 PostgreSQL {}（仅供试用和开发）：程序 {}，数据 {}，连接 psql -h {} -U {SUPERUSER}",
            self.programs.version,
            self.programs.folder.display(),
            self.cluster.data.display(),
            self.layout.socket_folder().display(),
        )
    }

    /// Leaves the cluster, and stops it if nobody else uses it.
    pub async fn stop(mut self) {
        if let Some(held) = self.held.take() {
            let (layout, cluster) = (self.layout.clone(), self.cluster.clone());
            let left = tokio::task::spawn_blocking(move || held.leave(&layout, &cluster)).await;
            if let Err(error) = left {
                tracing::error!(%error, "内嵌 PostgreSQL 未能正常停止");
            }
        }
    }

    /// Forgets the cluster as a killed program does, and lets it run on.
    #[cfg(test)]
    fn abandon(mut self) {
        drop(self.held.take());
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        if let Some(held) = self.held.take() {
            held.leave(&self.layout, &self.cluster);
        }
    }
}

impl Held {
    fn leave(self, layout: &Layout, cluster: &Cluster) {
        let Self {
            child,
            users,
            serve,
        } = self;
        if let Err(error) = stop::leave(layout, cluster, child, users) {
            tracing::error!(%error, "内嵌 PostgreSQL 未能正常停止");
        }
        drop(serve);
    }
}
