//! What every handler can reach. The server keeps no state of its own here:
//! it all comes from PostgreSQL, the scheme and the clock.

use std::ops::Deref;
use std::sync::Arc;

use chrono::NaiveDate;
use tokio::sync::Semaphore;

use crate::clock::Clock;
use crate::database::{Database, parameters};
use crate::scheme::Scheme;

/// The running program. It knows no parameters of a day: whoever wants to ask a rule
/// must say on which day, and gets an [`App`] (TC-51).
///
/// ```compile_fail,E0609
/// fn limit(program: &tuogou::web::Program) -> i64 {
///     program.scheme.campaign.parameters.age_limit
/// }
/// ```
#[derive(Clone)]
pub struct Program {
    /// The database.
    pub database: Database,
    /// Today and now.
    pub clock: Clock,
    /// Pages are served over TLS (`TUOGOU_BASE_URL`).
    pub https: bool,
    /// The one host that is served besides this machine by its own name, where the
    /// public address is known.
    pub public_host: Option<Arc<str>>,
    /// The demonstration campaign is shown; every page says so.
    pub demonstration: bool,
    /// Password hashes computed at a time (security.md S8).
    pub hashing: Arc<Semaphore>,
    written: Arc<Scheme>,
}

/// The program under the parameters in force on a day: the only way to a scheme that
/// rules can be asked with. Only [`Program::on`] makes one.
#[derive(Clone)]
pub struct App {
    /// The scheme in force.
    pub scheme: Arc<Scheme>,
    program: Program,
}

impl Program {
    /// A program on its database; `hashes` passwords are hashed at a time.
    #[must_use]
    pub fn new(database: Database, written: Arc<Scheme>, clock: Clock, hashes: usize) -> Self {
        Self {
            database,
            clock,
            https: false,
            public_host: None,
            demonstration: false,
            hashing: Arc::new(Semaphore::new(hashes)),
            written,
        }
    }

    /// The program under the parameters in force today.
    pub async fn in_force(&self) -> Result<App, sqlx::Error> {
        self.on(self.clock.today()).await
    }

    /// The program under the parameters in force on a day: one query, kept for the
    /// request and no longer.
    pub async fn on(&self, day: NaiveDate) -> Result<App, sqlx::Error> {
        let database = &self.database;
        let changes = parameters::changes_on(database.pool(), database.campaign(), day).await?;
        let scheme = if changes.is_empty() {
            Arc::clone(&self.written)
        } else {
            Arc::new(self.written.under(&changes))
        };
        Ok(App {
            scheme,
            program: self.clone(),
        })
    }

    /// The scheme as its files have it: for titles, words and texts, which no day
    /// changes; its parameters may be others by now.
    #[must_use]
    pub fn as_written(&self) -> &Arc<Scheme> {
        &self.written
    }

    /// Name of the session cookie: `__Host-` demands `Secure`.
    #[must_use]
    pub const fn cookie_name(&self) -> &'static str {
        if self.https { "__Host-sid" } else { "sid" }
    }
}

impl Deref for App {
    type Target = Program;

    fn deref(&self) -> &Program {
        &self.program
    }
}
