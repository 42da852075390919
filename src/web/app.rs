//! What every handler can reach. The server keeps no state of its own here:
//! it all comes from PostgreSQL, the scheme and the clock.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::clock::Clock;
use crate::database::Database;
use crate::scheme::Scheme;

/// The application.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub database: Database,
    /// The scheme in force.
    pub scheme: Arc<Scheme>,
    /// Today and now.
    pub clock: Clock,
    /// Pages are served over TLS (`TUOGOU_BASE_URL`).
    pub https: bool,
    /// The demonstration campaign is shown; every page says so.
    pub demonstration: bool,
    /// Password hashes computed at a time (security.md S8).
    pub hashing: Arc<Semaphore>,
}

impl App {
    /// Name of the session cookie: `__Host-` demands `Secure`.
    #[must_use]
    pub const fn cookie_name(&self) -> &'static str {
        if self.https { "__Host-sid" } else { "sid" }
    }
}
