//! What every handler can reach. The server keeps no state of its own here:
//! it all comes from PostgreSQL, the scheme and the clock.

use std::sync::Arc;

use chrono::NaiveDate;
use tokio::sync::Semaphore;

use crate::clock::Clock;
use crate::database::{Database, parameters};
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
    /// The one host that is served besides this machine by its own name, where the
    /// public address is known.
    pub public_host: Option<Arc<str>>,
    /// The demonstration campaign is shown; every page says so.
    pub demonstration: bool,
    /// Password hashes computed at a time (security.md S8).
    pub hashing: Arc<Semaphore>,
}

impl App {
    /// The application under the parameters in force today. `Routes` hands this
    /// to every handler, so that no rule can be asked under others.
    pub async fn in_force(&self) -> Result<Self, sqlx::Error> {
        self.on(self.clock.today()).await
    }

    /// The application under the parameters in force on a day (TC-51): one query,
    /// kept for the request and no longer.
    pub async fn on(&self, day: NaiveDate) -> Result<Self, sqlx::Error> {
        let database = &self.database;
        let changes = parameters::changes_on(database.pool(), database.campaign(), day).await?;
        let mut app = self.clone();
        if !changes.is_empty() || self.scheme.campaign.is_changed() {
            app.scheme = Arc::new(self.scheme.under(&changes));
        }
        Ok(app)
    }

    /// Name of the session cookie: `__Host-` demands `Secure`.
    #[must_use]
    pub const fn cookie_name(&self) -> &'static str {
        if self.https { "__Host-sid" } else { "sid" }
    }
}
