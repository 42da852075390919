//! Databases for tests and tools: one throwaway cluster per test run, shared by
//! all test processes that the same program (`cargo`, `cargo-nextest`) started;
//! templates made once; a copy for each test. A shell clears all away at the end.
//! `TEST_DATABASE_URL` names a server to use instead.

mod folder;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::str::FromStr as _;
use std::thread;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgPool};
use tokio::sync::OnceCell;

use super::embedded::{Embedded, EmbeddedError, Options, Sources};

/// Connections in the pool of a test.
const CONNECTIONS: u32 = 5;
/// Longest name of a template; PostgreSQL cuts off beyond 63.
const LONGEST_NAME: usize = 50;

/// The cluster of this test run. Never dropped: other processes go on using it,
/// and the shell of `folder` stops it.
static CLUSTER: OnceCell<Embedded> = OnceCell::const_new();

/// Why there is no test database.
#[derive(Debug, thiserror::Error)]
pub enum ThrowawayError {
    /// No cluster.
    #[error(transparent)]
    Embedded(#[from] EmbeddedError),
    /// The server refused.
    #[error("test database: {0}")]
    Database(#[from] sqlx::Error),
    /// What fills a template failed.
    #[error("template {name}: {source}")]
    Prepare {
        /// The template.
        name: String,
        /// What went wrong.
        source: Box<dyn Error + Send + Sync>,
    },
    /// A template's name has other letters than a–z, 0–9 and _.
    #[error("{0:?} cannot name a template")]
    Name(String),
    /// The folder of the cluster cannot be made, or no randomness can be had.
    #[error("throwaway cluster: {0}")]
    Io(#[from] std::io::Error),
}

/// A database of its own; dropped with this value.
#[derive(Debug)]
pub struct TestDatabase {
    /// How to reach it, as the superuser.
    pub options: PgConnectOptions,
    name: String,
    server: PgConnectOptions,
    pool: PgPool,
}

/// A copy of a template that `prepare` fills the first time it is asked for.
///
/// The name must change when what `prepare` does changes (put the migrations'
/// hash into it): a cluster may outlive a build.
pub async fn database<F, W, E>(
    template_name: &str,
    prepare: F,
) -> Result<TestDatabase, ThrowawayError>
where
    F: FnOnce(PgPool) -> W,
    W: Future<Output = Result<(), E>>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    template(template_name, None, prepare).await?;
    copy(template_name).await
}

/// Makes a template unless it is there, itself from the template `from` or from
/// nothing. Others that want the same one wait for it.
pub async fn template<F, W, E>(
    name: &str,
    from: Option<&str>,
    prepare: F,
) -> Result<(), ThrowawayError>
where
    F: FnOnce(PgPool) -> W,
    W: Future<Output = Result<(), E>>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    let name = checked(name)?;
    let from = checked(from.unwrap_or("template0"))?;
    let server = server().await?;
    let mut admin = server.connect().await?;
    if is_finished(&mut admin, name).await? {
        return Ok(admin.close().await?);
    }
    sqlx::query("select pg_advisory_lock(hashtextextended($1, 0))")
        .bind(name)
        .execute(&mut admin)
        .await?;
    if !is_finished(&mut admin, name).await? {
        // What a killed process left half done goes first.
        run(
            &mut admin,
            format!("drop database if exists {name} with (force)"),
        )
        .await?;
        run(
            &mut admin,
            format!("create database {name} template {from} strategy file_copy"),
        )
        .await?;
        let pool = pool(server.clone().database(name));
        let prepared = prepare(pool.clone()).await;
        pool.close().await;
        prepared.map_err(|source| ThrowawayError::Prepare {
            name: name.to_owned(),
            source: source.into(),
        })?;
        // This mark says that it is whole; copying needs it free of connections.
        run(
            &mut admin,
            format!("alter database {name} is_template true allow_connections false"),
        )
        .await?;
    }
    // Closing gives back the lock.
    Ok(admin.close().await?)
}

/// A copy of a template that is there.
pub async fn copy(template_name: &str) -> Result<TestDatabase, ThrowawayError> {
    let template = checked(template_name)?;
    let server = server().await?;
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    let name = format!("t_{}", hex::encode(bytes));
    let mut admin = server.connect().await?;
    run(
        &mut admin,
        format!("create database {name} template {template} strategy file_copy"),
    )
    .await?;
    admin.close().await?;
    let options = server.clone().database(&name);
    Ok(TestDatabase {
        pool: pool(options.clone()),
        options,
        name,
        server,
    })
}

impl TestDatabase {
    /// Connections to it, as the superuser.
    #[must_use]
    pub const fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let server = self.server.clone();
        let statement = format!("drop database if exists {} with (force)", self.name);
        // The test's own runtime cannot be waited for here, and is about to end.
        let dropping = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(async {
                let mut admin = server.connect().await?;
                run(&mut admin, statement).await?;
                admin.close().await?;
                Ok::<(), ThrowawayError>(())
            })
        });
        if let Ok(Err(error)) = dropping.join() {
            tracing::warn!(%error, "a test database stays behind");
        }
    }
}

/// The server's database `postgres`, from which the others are made.
async fn server() -> Result<PgConnectOptions, ThrowawayError> {
    // Never DATABASE_URL: that one holds work.
    if let Some(url) = std::env::var("TEST_DATABASE_URL")
        .ok()
        .filter(|url| !url.is_empty())
    {
        return Ok(PgConnectOptions::from_str(&url)?.database("postgres"));
    }
    let cluster = CLUSTER.get_or_try_init(start).await?;
    Ok(cluster.connect_options("postgres"))
}

async fn start() -> Result<Embedded, ThrowawayError> {
    let mut options = Options {
        root: folder::of_this_run()?,
        root_was_given: true,
        durable: false,
        exclusive: false,
        programs: programs(),
    };
    match Embedded::start(&options).await {
        Err(EmbeddedError::Unreachable { .. }) => {
            options.root = folder::in_temporary()?;
            Ok(Embedded::start(&options).await?)
        }
        result => Ok(result?),
    }
}

/// What is brought lies in the build folder: once for all runs and processes.
pub(super) fn programs() -> Sources {
    let never = std::env::var_os("TUOGOU_FETCH_POSTGRES").is_some_and(|word| word == "no");
    Sources {
        brought: Some(folder::of_programs()),
        ..Sources::of_environment(!never)
    }
}

fn pool(options: PgConnectOptions) -> PgPool {
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .connect_lazy_with(options)
}

fn checked(name: &str) -> Result<&str, ThrowawayError> {
    let is_plain = |letter: char| matches!(letter, 'a'..='z' | '0'..='9' | '_');
    if name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name.len() <= LONGEST_NAME
        && name.chars().all(is_plain)
    {
        return Ok(name);
    }
    Err(ThrowawayError::Name(name.to_owned()))
}

async fn is_finished(admin: &mut PgConnection, name: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "select exists (select from pg_database where datname = $1 and datistemplate)",
    )
    .bind(name)
    .fetch_one(admin)
    .await
}

/// For statements that take names, which cannot be bound; ours are checked.
async fn run(admin: &mut PgConnection, statement: String) -> Result<(), sqlx::Error> {
    admin.execute(AssertSqlSafe(statement)).await?;
    Ok(())
}
