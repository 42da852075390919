//! What every handler can reach. The server keeps no state of its own here:
//! it all comes from PostgreSQL, the scheme and the clock.

use std::collections::HashMap;
use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use argon2::Block;
use chrono::NaiveDate;

use crate::access::Who;
use crate::clock::Clock;
use crate::config::TrustedProxies;
use crate::database::{Database, Db, Write, WriteError, parameters};
use crate::scheme::Scheme;
use crate::scheme::parameters::{Edition, Values};

use super::hands::Tells;
use super::leaving::Leaving;
use super::limits::Limits;
use super::marks::Marks;
use super::places::Places;
use super::turns::Turns;

/// Passwords that wait to be hashed; who comes when there are more is answered 503.
const HASHES_WAITING: usize = 32;

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
    /// Tells pages in whose hands their matters are; none before the routes are made.
    pub hands: Option<&'static dyn Tells>,
    /// The demonstration campaign is shown; every page says so.
    pub demonstration: bool,
    /// Places among the requests under way, and the limits of a request.
    pub places: Arc<Places>,
    /// Password hashes computed at a time and waiting (security.md S8).
    pub hashing: Turns<Vec<Block>>,
    /// Lists that leave as files, two at a time.
    pub leaving: Arc<Leaving>,
    /// Proxies whose word on the client's address is believed (`TUOGOU_TRUSTED_PROXIES`).
    pub trusted_proxies: TrustedProxies,
    /// The program that reads spreadsheets as a process of its own: this one again.
    pub sheet_reader: Arc<Path>,
    written: Arc<Scheme>,
    forced: Arc<Mutex<HashMap<InForceOn, Arc<Scheme>>>>,
    batches: Arc<Mutex<Vec<OfBatch>>>,
}

/// The dates of a batch, and the scheme with them.
type OfBatch = (Values, Arc<Scheme>);

/// A day, and what of the table of changes is in force on it.
type InForceOn = (NaiveDate, Edition);

/// Days whose scheme is kept ready: today's, and those that a command goes through.
const KEPT: usize = 16;

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
            hands: None,
            places: Places::new(Limits::default()),
            hashing: Turns::new(hashes, HASHES_WAITING),
            leaving: Arc::default(),
            trusted_proxies: TrustedProxies::default(),
            sheet_reader: std::env::current_exe().unwrap_or_default().into(),
            written,
            forced: Arc::default(),
            batches: Arc::default(),
        }
    }

    /// The same program, its pages told by this.
    #[must_use]
    pub fn told_by(mut self, hands: &'static dyn Tells) -> Self {
        self.hands = Some(hands);
        self
    }

    /// The same program under other limits.
    #[must_use]
    pub fn limited(mut self, limits: Limits) -> Self {
        self.places = Places::new(limits);
        self
    }

    /// The program under the parameters in force today.
    pub async fn in_force(&self) -> Result<App, sqlx::Error> {
        self.on(self.clock.today()).await
    }

    /// Brings the desk up to the day, before its first page; nothing is asked where it
    /// stands. The caller holds no connection.
    pub async fn brought_up(&self) -> Result<(), sqlx::Error> {
        let now = self.clock.now();
        let today = now.date_naive();
        if self.database.stands_on(today) {
            return Ok(());
        }
        let app = self.on(today).await?;
        self.database.roll((Arc::clone(&app.scheme), now)).await
    }

    /// The program under the parameters in force on a day.
    pub async fn on(&self, day: NaiveDate) -> Result<App, sqlx::Error> {
        self.on_by(&mut self.read().await?, day).await
    }

    /// The same, asked in a snapshot that is there: one short question a request; the
    /// scheme itself is made once for each change and shared.
    pub async fn on_by(&self, db: &mut Db, day: NaiveDate) -> Result<App, sqlx::Error> {
        let campaign = self.database.campaign();
        let edition = parameters::edition_on(db.connection(), campaign, day).await?;
        self.under(db, day, edition).await
    }

    /// The program under an edition of the parameters that was asked for already.
    pub async fn under(
        &self,
        db: &mut Db,
        day: NaiveDate,
        edition: Edition,
    ) -> Result<App, sqlx::Error> {
        let scheme = if edition.is_empty() {
            Arc::clone(&self.written)
        } else {
            self.forced(db, (day, edition)).await?
        };
        Ok(App {
            scheme,
            program: self.clone(),
        })
    }

    async fn forced(&self, db: &mut Db, on: InForceOn) -> Result<Arc<Scheme>, sqlx::Error> {
        let ready = |kept: &Mutex<HashMap<InForceOn, Arc<Scheme>>>| {
            let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.get(&on).map(Arc::clone)
        };
        if let Some(scheme) = ready(&self.forced) {
            return Ok(scheme);
        }
        let campaign = self.database.campaign();
        let changes = parameters::changes_on(db.connection(), campaign, on.0).await?;
        let scheme = Arc::new(self.written.under(&changes));
        let mut kept = self.forced.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(on, Arc::clone(&scheme));
        Ok(scheme)
    }

    /// The scheme as its files have it: for titles, words and texts, which no day
    /// changes; its parameters may be others by now.
    #[must_use]
    pub fn as_written(&self) -> &Arc<Scheme> {
        &self.written
    }

    /// One snapshot for everything that a page shows.
    pub async fn read(&self) -> Result<Db, sqlx::Error> {
        self.database.read().await
    }

    /// A transaction in a person's name, under the parameters of the day on which they
    /// act: for the demonstration and the commands.
    pub async fn write(&self, who: &Who) -> Result<Write, WriteError> {
        self.on(who.today()).await?.write(who).await
    }

    /// The key of the marks that forms carry.
    #[must_use]
    pub fn marks(&self) -> Marks {
        Marks::new(self.database.audit_key())
    }

    /// Name of the session cookie: `__Host-` demands `Secure`.
    #[must_use]
    pub const fn cookie_name(&self) -> &'static str {
        if self.https { "__Host-sid" } else { "sid" }
    }
}

impl App {
    /// The same under the dates of a batch (FD-1): what is asked of its associations.
    #[must_use]
    pub fn of_batch(&self, dates: &Values) -> Self {
        if dates.is_empty() {
            return self.clone();
        }
        let kept = self.program.batches.lock();
        let mut kept = kept.unwrap_or_else(PoisonError::into_inner);
        let same = |scheme: &Scheme| {
            let common = scheme.common.as_ref();
            common.is_some_and(|common| Arc::ptr_eq(common, &self.scheme))
        };
        let ready = kept.iter().find(|(of, made)| of == dates && same(made));
        let ready = ready.map(|(_, made)| Arc::clone(made));
        let scheme = ready.unwrap_or_else(|| {
            let made = Arc::new(self.scheme.of_batch(dates));
            if kept.len() >= KEPT {
                kept.clear();
            }
            kept.push((dates.clone(), Arc::clone(&made)));
            made
        });
        Self {
            scheme,
            program: self.program.clone(),
        }
    }

    /// A transaction in a person's name, under the scheme of the day.
    pub async fn write(&self, who: &Who) -> Result<Write, WriteError> {
        Write::under(&self.database, Arc::clone(&self.scheme), who).await
    }
}

impl Deref for App {
    type Target = Program;

    fn deref(&self) -> &Program {
        &self.program
    }
}
