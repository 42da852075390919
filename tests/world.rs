//! The tests' world: a copy of the demonstration campaign for each test, and the
//! things that a person does with a browser.

use std::collections::BTreeSet;
use std::error::Error;
use std::sync::{Arc, LazyLock, Mutex, Once};

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use chrono::NaiveDate;
use http_body_util::BodyExt as _;
use sha2::{Digest as _, Sha256};
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use tower::ServiceExt as _;
use tracing_subscriber::Layer;
use tracing_subscriber::layer::SubscriberExt as _;
use tuogou::audit::AuditKey;
use tuogou::clock::Clock;
use tuogou::database::{self, Database, Db, MIGRATOR, throwaway};
use tuogou::ids::CampaignId;
use tuogou::scheme::{AnswerType, Question, Scheme};
use tuogou::web::Program;
use tuogou::web::limits::Limits;
use tuogou::web::routes::Route;
use tuogou::{demo, server};

/// The password of every account in the tests.
pub const PASSWORD: &str = "a seal for 7 papers";

/// A campaign of its own.
pub struct World {
    /// The program.
    pub app: Program,
    router: Router,
    pool: PgPool,
    /// Dropped with the world; a template that is being made is nobody's yet.
    _database: Option<throwaway::TestDatabase>,
}

/// What came back.
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: axum::http::HeaderMap,
    /// Its body as text.
    pub body: String,
    /// Its body as it came.
    pub bytes: axum::body::Bytes,
}

impl Answer {
    /// Where a redirect leads.
    pub fn location(&self) -> String {
        self.headers
            .get(header::LOCATION)
            .map(|value| value.to_str().unwrap().to_owned())
            .unwrap_or_default()
    }

    /// The page as a tree.
    pub fn page(&self) -> scraper::Html {
        scraper::Html::parse_document(&self.body)
    }

    /// The text of all elements that a selector finds.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let selector = scraper::Selector::parse(selector).unwrap();
        self.page()
            .select(&selector)
            .map(|element| element.text().collect::<String>().trim().to_owned())
            .collect()
    }

    /// The value of an input or a text area.
    pub fn value(&self, name: &str) -> String {
        let selector = scraper::Selector::parse(&format!("[name='{name}']")).unwrap();
        self.page()
            .select(&selector)
            .next()
            .map(|element| match element.value().attr("value") {
                Some(value) => value.to_owned(),
                // HTML drops the line break after the tag.
                None => element
                    .text()
                    .collect::<String>()
                    .trim_start_matches('\n')
                    .to_owned(),
            })
            .unwrap_or_default()
    }
}

/// What the programs of all tests have logged so far.
static LOG: LazyLock<Mutex<Vec<u8>>> = LazyLock::new(Mutex::default);
/// Listens from the first world on.
static LISTENING: Once = Once::new();

struct Listener;

/// Wants every event: tracing keeps for all threads which events anybody wants, and a
/// test's end could turn off in the middle of another what that one listens to.
struct Somebody;

impl<S: tracing::Subscriber> Layer<S> for Somebody {}

impl std::io::Write for Listener {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Begins to listen, for all tests of this process.
pub fn listen() {
    LISTENING.call_once(|| {
        let log = tracing_subscriber::fmt::layer()
            .with_writer(|| Listener)
            .with_ansi(false)
            .with_filter(tracing_subscriber::filter::LevelFilter::INFO);
        let all = tracing_subscriber::registry().with(Somebody).with(log);
        let alone = tracing::subscriber::set_global_default(all);
        assert!(alone.is_ok(), "a test listens for all threads");
    });
}

/// The text of the log.
pub fn logged() -> String {
    String::from_utf8_lossy(&LOG.lock().unwrap()).into_owned()
}

/// The key of the tests' chains.
pub const KEY: &str = "abababababababababababababababababababababababababababababababab";

fn key() -> AuditKey {
    AuditKey::parse(KEY).unwrap()
}

fn app(pool: PgPool, scheme: Scheme) -> Program {
    listen();
    let database = Database::new(
        pool,
        key(),
        CampaignId(1),
        &tuogou::crossings::daily::KEEPER,
    );
    let clock = Clock::on_day(demo::today(&scheme).unwrap());
    let mut program = Program::new(database, Arc::new(scheme), clock, 2);
    program.demonstration = true;
    program.sheet_reader = std::path::Path::new(env!("CARGO_BIN_EXE_tuogou")).into();
    program
}

/// The national scheme of 2019.
pub fn national_scheme() -> Scheme {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    Scheme::load(&folder.join("src/scheme/national_2019")).unwrap()
}

/// Names of the templates: they change with migrations, scheme and story.
fn fingerprint(scheme: &Scheme) -> String {
    let mut hash = Sha256::new();
    for migration in MIGRATOR.iter() {
        hash.update(&migration.checksum);
    }
    hash.update(std::fs::read(std::env::current_exe().unwrap()).unwrap());
    // A scheme may come from a folder that the program does not hold.
    hash.update(format!("{scheme:?}"));
    hex::encode(hash.finalize()).chars().take(16).collect()
}

type Prepared = Result<(), Box<dyn Error + Send + Sync>>;

// Two schemes prepare their templates at once, and both would make the one role
// of the cluster (migration 0010).
static MIGRATING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// The role of migration 0010, which a dump of a database does not hold.
pub async fn ensure_role(pool: &PgPool) -> Result<(), sqlx::Error> {
    let turn = MIGRATING.lock().await;
    let role = "do $$ begin
        if not exists (select from pg_roles where rolname = 'tuogou_app') then
            create role tuogou_app nologin;
        end if;
    end $$; grant tuogou_app to current_user";
    sqlx::raw_sql(role).execute(pool).await?;
    drop(turn);
    Ok(())
}

/// The campaign with the departments that its scheme names, and nobody in them.
async fn found(pool: PgPool, scheme: Scheme) -> Result<Program, Box<dyn Error + Send + Sync>> {
    let turn = MIGRATING.lock().await;
    MIGRATOR.run(&pool).await?;
    drop(turn);
    let written = scheme.clone();
    let app = app(pool, scheme);
    demo::ensure_campaign(&app.database, &written).await?;
    Ok(app)
}

async fn prepare(pool: PgPool, scheme: Scheme) -> Prepared {
    let app = found(pool, scheme).await?;
    demo::load(&app, PASSWORD).await?;
    Ok(())
}

impl World {
    /// The scheme as its files have it: nothing that a day could change is asked of it.
    #[expect(
        clippy::disallowed_methods,
        reason = "tests ask for texts and defaults"
    )]
    pub fn scheme(&self) -> &Scheme {
        self.app.as_written()
    }

    /// The facts of a measure as a form's fields: all of a day, every number the same.
    pub fn facts(&self, measure: &str, day: &str) -> Vec<(String, String)> {
        let facts = &self.scheme().measure(measure).unwrap().facts;
        let value = |fact: &Question| match fact.kind {
            AnswerType::Date => day.to_owned(),
            AnswerType::YesNo => "yes".to_owned(),
            AnswerType::Choice => fact.options.first().unwrap().value.clone(),
            AnswerType::Count | AnswerType::Money => "0".to_owned(),
            _ => "已办".to_owned(),
        };
        let facts = facts.iter();
        facts
            .map(|fact| (fact.code().to_owned(), value(fact)))
            .collect()
    }

    /// A copy of the demonstration campaign.
    pub async fn demo() -> Self {
        Self::of(Scheme::lvyuan_2018().unwrap()).await
    }

    /// A campaign that is in a database already.
    pub fn on(database: throwaway::TestDatabase) -> Self {
        Self::holding(database, Scheme::lvyuan_2018().unwrap())
    }

    fn holding(database: throwaway::TestDatabase, scheme: Scheme) -> Self {
        let app = app(database::pool(database.options.clone()), scheme);
        Self {
            router: server::router(&app),
            app,
            pool: database.pool().clone(),
            _database: Some(database),
        }
    }

    /// A template that `story` makes out of a demonstration, for tests that share what
    /// it costs; its name. It is this process's own.
    pub async fn template(name: &str, scheme: Scheme, story: impl AsyncFnOnce(&Self)) -> String {
        let region = &scheme.campaign.region_code;
        let print = fingerprint(&scheme);
        let demo = format!("demo_{region}_{print}");
        let name = format!("{name}_{region}_{print}_{}", std::process::id());
        let given = scheme.clone();
        let made = throwaway::template(&demo, None, move |pool| prepare(pool, given));
        Box::pin(made).await.unwrap();
        let made = throwaway::template(&name, Some(&demo), async move |pool| {
            let app = app(pool.clone(), scheme);
            let world = Self {
                router: server::router(&app),
                app,
                pool,
                _database: None,
            };
            story(&world).await;
            Ok::<(), std::convert::Infallible>(())
        });
        Box::pin(made).await.unwrap();
        name
    }

    /// A copy of a template that was made so.
    pub async fn copy(template: &str, scheme: Scheme) -> Self {
        Self::holding(throwaway::copy(template).await.unwrap(), scheme)
    }

    /// A copy of the demonstration of a scheme.
    pub async fn of(scheme: Scheme) -> Self {
        let name = format!(
            "demo_{}_{}",
            scheme.campaign.region_code,
            fingerprint(&scheme)
        );
        let given = scheme.clone();
        let made = throwaway::database(&name, move |pool| prepare(pool, given));
        let database = Box::pin(made).await.unwrap();
        Self::holding(database, scheme)
    }

    /// A campaign of a scheme in which nobody is yet.
    pub async fn empty(scheme: Scheme) -> Self {
        let region = &scheme.campaign.region_code;
        let name = format!("empty_{region}_{}", fingerprint(&scheme));
        let given = scheme.clone();
        let made = throwaway::database(&name, async move |pool| {
            found(pool, given).await.map(|_| ())
        });
        let database = Box::pin(made).await.unwrap();
        Self::holding(database, scheme)
    }

    /// The demonstration is told here, and stops at the end of each of the days: `look`
    /// sees the campaign on that day.
    pub async fn told(&self, days: &[NaiveDate], mut look: impl AsyncFnMut(&Self, NaiveDate)) {
        let told = demo::load_by_stages(&self.app, PASSWORD, days, async |day| {
            self.app.clock.move_to(day.and_hms_opt(17, 0, 0).unwrap());
            look(self, day).await;
        });
        Box::pin(told).await.unwrap();
    }

    /// A copy of the demonstration, multiplied to so many associations.
    pub async fn seeded(associations: i64) -> Self {
        let scheme = Scheme::lvyuan_2018().unwrap();
        let print = fingerprint(&scheme);
        let demo = format!("demo_{}_{print}", scheme.campaign.region_code);
        let given = scheme.clone();
        let made = throwaway::template(&demo, None, move |pool| prepare(pool, given));
        Box::pin(made).await.unwrap();
        let name = format!("seeded_{associations}_{print}");
        let given = scheme.clone();
        let made = throwaway::template(&name, Some(&demo), async move |pool| {
            let app = app(pool, given);
            let seeded = tuogou::bench::seed::fill(&app, associations, PASSWORD).await;
            seeded.map(|_| ())
        });
        Box::pin(made).await.unwrap();
        let database = throwaway::copy(&name).await.unwrap();
        Self::holding(database, scheme)
    }

    /// A copy of the demonstration of the national scheme of 2019.
    pub async fn national() -> Self {
        Self::of(national_scheme()).await
    }

    /// The same world, its program under other limits.
    pub fn limited(mut self, limits: Limits) -> Self {
        self.app = self.app.limited(limits);
        self.router = server::router(&self.app);
        self
    }

    /// The same world, its program reaching the database in another way.
    pub fn reached(mut self, change: impl FnOnce(PgConnectOptions) -> PgConnectOptions) -> Self {
        let options = change((*self.pool.connect_options()).clone());
        let limits = self.app.places.limits.clone();
        self.app = app(database::pool(options), self.scheme().clone());
        self.limited(limits)
    }

    /// The program on a port of its own, until the test ends.
    pub async fn site(&self) -> std::net::SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let limits = self.app.places.limits.clone();
        let never = std::future::pending();
        tokio::spawn(server::serve(self.router.clone(), limits, listener, never));
        address
    }

    /// The same campaign under other settings of the program.
    pub fn set(&mut self, change: impl FnOnce(&mut Program)) {
        change(&mut self.app);
        self.router = server::router(&self.app);
    }

    /// The database as its owner, past all rights of the program.
    pub const fn owner(&self) -> &PgPool {
        &self.pool
    }

    /// Where the database is, for a program of its own.
    pub fn url(&self) -> String {
        use sqlx::ConnectOptions as _;
        self.app.database.reached_by().to_url_lossy().to_string()
    }

    /// What store functions ask, as the program asks it.
    pub async fn db(&self) -> Db {
        self.app.database.read().await.unwrap()
    }

    /// Sends a request as it is, to the host that everybody names. In a journey the desk is
    /// looked at around every act: it must not come to differ from the states.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let watched = request.method() == Method::POST
            && request.uri().path() != "/login"
            && std::thread::current()
                .name()
                .is_some_and(|name| name.starts_with("journeys::"));
        if !watched {
            return self.answered(request).await;
        }
        let act = request.uri().path().to_owned();
        // What a test changed by hand beside the program is not the act's doing.
        let before = Box::pin(self.differences()).await;
        let answer = self.answered(request).await;
        if answer.status == StatusCode::SEE_OTHER {
            let after = Box::pin(self.differences()).await;
            let new: Vec<&String> = after.difference(&before).collect();
            assert!(new.is_empty(), "the desk after {act}: {new:#?}");
        }
        answer
    }

    /// Where the desk is not what the states say, as of the world's day.
    pub async fn differences(&self) -> BTreeSet<String> {
        self.app.brought_up().await.unwrap();
        let day = self.app.clock.today();
        let app = self.app.on(day).await.unwrap();
        let scheme = app.scheme.as_ref();
        let under = tuogou::database::Under { scheme, day };
        let found = tuogou::desk::verify(&mut self.db().await, under).await;
        found.unwrap().iter().map(ToString::to_string).collect()
    }

    async fn answered(&self, mut request: Request<Body>) -> Answer {
        let host = request.headers_mut().entry(header::HOST);
        host.or_insert(header::HeaderValue::from_static("tuogou.test"));
        let response: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        }
    }

    /// Opens a page.
    pub async fn get(&self, cookie: &str, path: &str) -> Answer {
        let request = Request::get(path)
            .header(header::COOKIE, cookie)
            .body(Body::empty())
            .unwrap();
        self.send(request).await
    }

    /// Sends a form as our own pages do.
    pub async fn post(&self, cookie: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// The route table.
    pub fn routes(&self) -> Vec<Route> {
        server::routes(&self.app).table().to_vec()
    }

    /// The pattern of the route that an address leads to: the one with most words of
    /// its own, as the router finds it.
    pub fn route_of(&self, method: &str, address: &str) -> Option<&'static str> {
        let path = address.split('?').next().unwrap_or_default();
        let parts: Vec<&str> = path.split('/').collect();
        let holes = |pattern: &str| pattern.matches('{').count();
        let fits = |pattern: &str| {
            let pattern: Vec<&str> = pattern.split('/').collect();
            pattern.len() == parts.len()
                && pattern
                    .iter()
                    .zip(&parts)
                    .all(|(wanted, part)| wanted.starts_with('{') || wanted == part)
        };
        self.routes()
            .into_iter()
            .filter(|route| route.method == method && fits(route.path))
            .map(|route| route.path)
            .min_by_key(|pattern| holes(pattern))
    }

    /// What the form of an address carries by itself on a page: what was seen, the
    /// capacity, the once-only key.
    pub async fn sealed(&self, cookie: &str, page: &str, action: &str) -> Vec<(String, String)> {
        let opened = self.get(cookie, page).await;
        assert_eq!(opened.status, StatusCode::OK, "{page}: {}", opened.body);
        let forms = scraper::Selector::parse("form[method='post']").unwrap();
        let button = scraper::Selector::parse(&format!("button[formaction='{action}']")).unwrap();
        let hidden = scraper::Selector::parse("input[type='hidden']").unwrap();
        let tree = opened.page();
        let form = tree.select(&forms).find(|form| {
            form.value().attr("action") == Some(action) || form.select(&button).next().is_some()
        });
        let form = form.unwrap_or_else(|| panic!("{page} has no form for {action}"));
        let inputs = form.select(&hidden).map(|input| {
            let value = |name| input.value().attr(name).unwrap_or_default().to_owned();
            (value("name"), value("value"))
        });
        inputs.collect()
    }

    /// Opens a page and sends its form at `action` with what is typed, as a browser does.
    pub async fn submit(
        &self,
        cookie: &str,
        (page, action): (&str, &str),
        typed: &[(&str, &str)],
    ) -> Answer {
        let sealed = self.sealed(cookie, page, action).await;
        let mut fields: Vec<(&str, &str)> = typed.to_vec();
        for (name, value) in &sealed {
            if !typed.iter().any(|(known, _)| known == name) {
                fields.push((name, value));
            }
        }
        self.post(cookie, action, &fields).await
    }

    /// Opens a page and sends its form at `action` with a file, as a browser does.
    pub async fn hand_in(
        &self,
        cookie: &str,
        (page, action): (&str, &str),
        file: (&str, &[u8]),
    ) -> Answer {
        let sealed = self.sealed(cookie, page, action).await;
        let fields: Vec<(&str, &str)> = sealed
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        self.upload(cookie, action, &fields, file).await
    }

    /// Sends a form with a file.
    pub async fn upload(
        &self,
        cookie: &str,
        path: &str,
        fields: &[(&str, &str)],
        (name, bytes): (&str, &[u8]),
    ) -> Answer {
        let boundary = "----tuogou-file-follows";
        let mut body = Vec::new();
        for (field, value) in fields {
            body.extend(
                format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n")
                    .bytes(),
            );
        }
        body.extend(
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .bytes(),
        );
        body.extend(bytes);
        body.extend(format!("\r\n--{boundary}--\r\n").bytes());
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header("sec-fetch-site", "same-origin")
            .header(
                header::CONTENT_TYPE,
                format!("multipart/form-data; boundary={boundary}"),
            )
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// Signs in; the cookie.
    pub async fn sign_in(&self, username: &str) -> String {
        self.sign_in_with(username, PASSWORD).await
    }

    /// Signs in with another password than everybody's.
    pub async fn sign_in_with(&self, username: &str, password: &str) -> String {
        let answer = self
            .post(
                "",
                "/login",
                &[
                    ("username", username),
                    ("password", password),
                    ("next", "/"),
                ],
            )
            .await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{username}: {}",
            answer.body
        );
        let cookie = answer
            .headers
            .get(header::SET_COOKIE)
            .unwrap()
            .to_str()
            .unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// The number of the association whose name ends so.
    pub async fn association(&self, name: &str) -> i64 {
        sqlx::query_scalar("select id from association where name like '%' || $1")
            .bind(name)
            .fetch_one(self.owner())
            .await
            .unwrap()
    }

    /// Makes the desk anew, after a test has changed states by hand.
    pub async fn made_anew(&self) {
        let today = self.app.clock.today();
        tuogou::desk::rebuild(&self.app, today).await.unwrap();
    }

    /// How many rows of a kind there are.
    pub async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql)
            .fetch_one(self.owner())
            .await
            .unwrap()
    }
}
