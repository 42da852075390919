//! From configuration to a running application: database, key, scheme, campaign.

mod evidence;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use sqlx::postgres::PgConnectOptions;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::audit::{Anchor, AuditKey};
use crate::bench::BenchError;
use crate::clock::Clock;
use crate::config::{Config, DemoMode, FetchMode};
use crate::database::embedded::{Embedded, EmbeddedError, Options, Sources};
use crate::database::{self, Database, OpenError};
use crate::ids::CampaignId;
use crate::scheme::Scheme;
use crate::web::Program;
use crate::web::routes::Access;
use crate::{crossings, demo, desk, imports, server};

/// How often what is due by the clock is looked for.
const HOUR: Duration = Duration::from_hours(1);

/// The one campaign of an installation, for now.
const CAMPAIGN: CampaignId = CampaignId(1);

/// Name of the database in an embedded cluster.
const DATABASE: &str = "tuogou";

/// Why the program cannot start or go on.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The embedded database cannot run.
    #[error("{0}")]
    Embedded(#[from] EmbeddedError),
    /// The database cannot be used.
    #[error("{0}")]
    Open(#[from] OpenError),
    /// Something that the operator must set right.
    #[error("{0}")]
    SetUp(String),
    /// The work failed.
    #[error("{0}")]
    Failed(String),
}

impl StartError {
    /// 2 for missing set-up, 1 for failed work.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Embedded(_) | Self::Open(_) | Self::SetUp(_) => 2,
            Self::Failed(_) => 1,
        }
    }
}

impl From<sqlx::Error> for StartError {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<BenchError> for StartError {
    fn from(error: BenchError) -> Self {
        match error {
            BenchError::Demonstration(error) => error.into(),
            error if error.is_set_up() => Self::SetUp(error.to_string()),
            error => Self::Failed(error.to_string()),
        }
    }
}

/// An application with its database.
pub struct Running {
    /// The program.
    pub program: Program,
    embedded: Option<Embedded>,
}

impl Running {
    /// Closes the pool and stops an embedded cluster.
    pub async fn close(self) {
        self.program.database.close().await;
        if let Some(embedded) = self.embedded {
            embedded.stop().await;
        }
    }
}

/// The scheme in force: the folder named, or Lüyuan District's.
pub fn scheme(folder: Option<&Path>) -> Result<Scheme, StartError> {
    let scheme = folder.map_or_else(Scheme::lvyuan_2018, Scheme::load);
    scheme.map_err(|problems| {
        let mut lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        if let Some(folder) = folder {
            let folder = folder.display();
            lines.insert(
                0,
                format!("the scheme in {folder} is not sound / 方案数据有误"),
            );
        }
        StartError::SetUp(lines.join("\n"))
    })
}

/// Opens the database: the one named, or an own cluster in the data folder.
pub async fn open(config: &Config) -> Result<Running, StartError> {
    let (options, embedded) = match config.database_url.as_deref().filter(|url| !url.is_empty()) {
        Some(url) => (
            database::options(url).map_err(|error| StartError::SetUp(error.to_string()))?,
            None,
        ),
        None => {
            let embedded = Embedded::start(&Options {
                root: config.data_folder().join("postgres"),
                root_was_given: config.data_dir.is_some(),
                durable: true,
                exclusive: true,
                programs: Sources::of_environment(config.fetch_postgres == FetchMode::Auto),
            })
            .await?;
            tracing::info!("{}", embedded.describe());
            embedded.ensure_database(DATABASE).await?;
            (embedded.connect_options(DATABASE), Some(embedded))
        }
    };
    match prepare(config, options).await {
        Ok(program) => Ok(Running { program, embedded }),
        Err(error) => {
            if let Some(embedded) = embedded {
                embedded.stop().await;
            }
            Err(error)
        }
    }
}

async fn prepare(config: &Config, options: PgConnectOptions) -> Result<Program, StartError> {
    database::migrate(&options).await?;
    let pool = database::pool(options);
    let key = evidence::key(&pool, &evidence::key_path(config)).await?;
    let anchor = Anchor::new(evidence::anchor_path(config));
    let database = Database::new(pool, key, CAMPAIGN, &crossings::daily::KEEPER).anchored(anchor);
    evidence::hold(&database).await?;
    let scheme = Arc::new(scheme(config.scheme.as_deref())?);
    demo::ensure_campaign(&database, &scheme).await?;
    let told_to = demo::told_to(&database, &scheme).await?;
    let today = config.today.or(told_to);
    let clock = today.map_or_else(Clock::real, Clock::on_day);
    let mut program = Program::new(database, scheme, clock, hashes_at_once());
    program.https = config.is_https();
    program.trusted_proxies = config.trusted_proxies.clone();
    program.public_host = config.public_host().map(Arc::from);
    program.demonstration = told_to.is_some();
    desk::prepare(&program).await?;
    Ok(program)
}

/// Cores but one, as more do not hash faster (performance.md 6), and at most three:
/// each takes 19 MiB while it lasts (docs/decisions/0013).
fn hashes_at_once() -> usize {
    std::thread::available_parallelism()
        .map_or(1, |cores| cores.get().saturating_sub(1).clamp(1, 3))
}

/// A program that is never asked anything: for the route table.
pub fn program_without_database() -> Result<Program, StartError> {
    let key = AuditKey::draw().map_err(|error| StartError::Failed(error.to_string()))?;
    let pool = database::pool(PgConnectOptions::new_without_pgpass());
    let database = Database::new(pool, key, CAMPAIGN, &crossings::daily::KEEPER);
    Ok(Program::new(
        database,
        Arc::new(scheme(None)?),
        Clock::real(),
        1,
    ))
}

/// How the route table writes who may come.
#[must_use]
pub const fn access_name(access: Access) -> &'static str {
    match access {
        Access::Act(act) => act.name(),
        Access::Public => "public",
    }
}

/// Serves until SIGTERM, SIGINT or SIGHUP.
#[expect(
    clippy::disallowed_methods,
    reason = "accounts and the day shown come from the files"
)]
pub async fn serve(config: &Config) -> Result<(), StartError> {
    let failed = |error: std::io::Error| StartError::Failed(error.to_string());
    // Handlers first: a signal during start must still stop the cluster.
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    let mut hang_up = signal(SignalKind::hangup()).map_err(failed)?;
    let stop = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            _ = hang_up.recv() => {}
        }
    };
    let listener = TcpListener::bind(config.listen).await.map_err(|error| {
        StartError::SetUp(format!(
            "cannot listen on {}: {error} / 无法监听，请换用其他端口",
            config.listen
        ))
    })?;
    let mut running = open(config).await?;
    imports::acts::work::recover(&running.program).await?;
    if wants_demonstration(config) && demo::is_empty(&running.program.database).await? {
        let password = demo::password(config)?;
        demo::load(&running.program, &password).await?;
        running.program.demonstration = true;
        running.program.clock = config
            .today
            .or(demo::today(running.program.as_written()))
            .map_or_else(Clock::real, Clock::on_day);
        announce_accounts(running.program.as_written(), &password);
    }
    announce(config.listen, running.program.clock.today());
    let limits = running.program.places.limits.clone();
    let chores = tokio::spawn(chores(running.program.clone()));
    server::serve(server::router(&running.program), limits, listener, stop).await;
    chores.abort();
    running.close().await;
    Ok(())
}

/// What is due by the clock, whether or not anybody comes.
async fn chores(program: Program) {
    let mut hours = tokio::time::interval(HOUR);
    loop {
        hours.tick().await;
        if let Err(error) = imports::acts::work::forget_old(&program).await {
            tracing::warn!(%error, "old uploads were not deleted");
        }
    }
}

fn wants_demonstration(config: &Config) -> bool {
    match config.demo {
        DemoMode::Yes => true,
        DemoMode::No => false,
        DemoMode::Auto => config.database_url.as_deref().is_none_or(str::is_empty),
    }
}

fn announce(listen: SocketAddr, today: NaiveDate) {
    println!("Tuogou 脱钩：http://{listen}  （today 今天 {today}）");
}

fn announce_accounts(scheme: &Scheme, password: &str) {
    println!("Demonstration accounts 演示账号， password 口令：{password}");
    for (username, who) in demo::accounts(scheme) {
        println!("  {username:14} {who}");
    }
}
