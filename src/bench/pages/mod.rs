//! Every page of every role, timed through the real router without a network, with
//! what it weighs and how many messages it sends to the database.

mod accounts;
mod addresses;
mod report;
mod wire;

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use serde::{Deserialize, Serialize};
use tower::ServiceExt as _;

use crate::database::{self, Database};
use crate::web::Program;
use crate::web::routes::Route;

use super::BenchError;
use accounts::Visitor;
use addresses::Address;
use wire::Wire;

pub use report::{beside, by_hand, text};

/// A page that takes so long is not opened as often as the others.
const LONG: Duration = Duration::from_secs(1);
/// Larger answers than any page gives, in bytes.
const LARGEST: usize = 64 << 20;

/// The program's server, which stands after this room.
pub struct Served<'a> {
    /// Makes a router of a program.
    pub router: fn(&Program) -> Router,
    /// All its routes.
    pub table: &'a [Route],
}

/// What to measure.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// How often each page is opened and timed.
    pub runs: usize,
    /// Only pages whose address begins so; with a `$` at its end, that page alone.
    pub only: String,
}

impl Wanted {
    fn has(&self, page: &str) -> bool {
        match self.only.strip_suffix('$') {
            Some(only) => page == only,
            None => page.starts_with(&self.only),
        }
    }
}

/// A page as one account saw it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Row {
    /// The page as the route table calls it.
    pub page: String,
    /// Who.
    pub account: String,
    /// Roles that see it alike.
    pub kind: String,
    /// The answer's status.
    pub status: u16,
    /// Median time in microseconds.
    pub median: u64,
    /// Longest time in microseconds.
    pub slowest: u64,
    /// Bytes of the answer.
    pub bytes: usize,
    /// Bytes of it as browsers get it.
    pub gzip: usize,
    /// Messages to the database that wait for an answer.
    pub messages: usize,
}

/// All pages on one database.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Measured {
    /// Tables with what they hold.
    pub size: Vec<(String, i64)>,
    /// Built with optimisation.
    pub optimised: bool,
    /// How often each page was opened.
    pub runs: usize,
    /// The pages.
    pub rows: Vec<Row>,
}

/// Opens every page as every role.
pub async fn measure(
    program: &Program,
    served: &Served<'_>,
    wanted: &Wanted,
) -> Result<Measured, BenchError> {
    let visitors = accounts::arrive(program).await?;
    let (wire, counted) = through(program)?;
    let behind = Counted {
        router: (served.router)(&counted),
        database: &counted.database,
        wire,
    };
    let router = (served.router)(program);
    let mut rows = Vec::new();
    for visitor in &visitors {
        let pages =
            addresses::of(&mut program.database.read().await?, visitor, served.table).await?;
        for page in pages.iter().filter(|page| wanted.has(&page.page)) {
            let row = open((&router, &behind), (visitor, page), wanted.runs.max(1)).await?;
            rows.extend(row);
        }
    }
    accounts::leave(program, &visitors).await?;
    counted.database.close().await;
    Ok(Measured {
        size: size(program).await?,
        optimised: !cfg!(debug_assertions),
        runs: wanted.runs.max(1),
        rows,
    })
}

/// The same program on a pool whose messages are counted.
fn through(program: &Program) -> Result<(Wire, Program), BenchError> {
    let options = program.database.reached_by();
    let (wire, options) =
        Wire::open(&options).map_err(|error| BenchError::Measure(error.to_string()))?;
    let mut counted = program.clone();
    let database = &program.database;
    counted.database = Database::new(
        // Few connections have soon learned all statements.
        database::pool_of(options, 2),
        database.audit_key().clone(),
        database.campaign(),
        database.keeper(),
    );
    Ok((wire, counted))
}

/// Finds the first association for which the page is there, and opens it often.
async fn open(
    (router, counted): (&Router, &Counted<'_>),
    (visitor, page): (&Visitor, &Address),
    runs: usize,
) -> Result<Option<Row>, BenchError> {
    for path in &page.paths {
        let first = answer(router, (path, &visitor.cookie), false).await?;
        if first.status != StatusCode::OK && !first.status.is_server_error() {
            continue;
        }
        let mut times = Vec::new();
        let mut packed = first;
        while times.len() < runs && (times.len() < 3 || packed.time < LONG) {
            packed = answer(router, (path, &visitor.cookie), true).await?;
            times.push(u64::try_from(packed.time.as_micros()).unwrap_or(u64::MAX));
        }
        times.sort_unstable();
        let plain = answer(router, (path, &visitor.cookie), false).await?;
        let messages = counted.messages((path, &visitor.cookie)).await?;
        return Ok(Some(Row {
            page: page.page.clone(),
            account: visitor.username.clone(),
            kind: visitor.kind.to_owned(),
            status: packed.status.as_u16(),
            median: times.get(times.len() / 2).copied().unwrap_or_default(),
            slowest: times.last().copied().unwrap_or_default(),
            bytes: plain.bytes,
            gzip: packed.bytes,
            messages,
        }));
    }
    Ok(None)
}

/// How many times a page is opened until its messages are known.
const TRIES: usize = 12;

/// The program behind a door that counts.
struct Counted<'a> {
    router: Router,
    database: &'a Database,
    wire: Wire,
}

impl Counted<'_> {
    /// The messages that were sent until a page was there. The first time a connection
    /// learns the statements, which connection it is is the pool's to say, and a session
    /// is noted once a minute: so the fewest of some tries. What the pool asks a
    /// connection that came back behind the answer belongs to no page.
    async fn messages(&self, asked: (&str, &str)) -> Result<usize, BenchError> {
        let mut fewest = usize::MAX;
        for _ in 0..TRIES {
            while !self.database.rests() {
                tokio::task::yield_now().await;
            }
            self.wire.take();
            answer(&self.router, asked, false).await?;
            fewest = fewest.min(self.wire.take());
        }
        Ok(fewest)
    }
}

struct Answer {
    status: StatusCode,
    bytes: usize,
    time: Duration,
}

/// One whole answer: session, guard, questions, page, and packing where a browser
/// asks for it.
async fn answer(
    router: &Router,
    (path, cookie): (&str, &str),
    packed: bool,
) -> Result<Answer, BenchError> {
    let failed = |error: &dyn std::fmt::Display| BenchError::Measure(format!("{path}: {error}"));
    let mut request = Request::get(path)
        .header(header::HOST, "localhost")
        .header(header::COOKIE, cookie);
    if packed {
        request = request.header(header::ACCEPT_ENCODING, "gzip");
    }
    let request = request
        .body(Body::empty())
        .map_err(|error| failed(&error))?;
    let begun = Instant::now();
    let response = router
        .clone()
        .oneshot(request)
        .await
        .map_err(|error| failed(&error))?;
    let status = response.status();
    let body = to_bytes(response.into_body(), LARGEST)
        .await
        .map_err(|error| failed(&error))?;
    Ok(Answer {
        status,
        bytes: body.len(),
        time: begun.elapsed(),
    })
}

/// How large the database is.
async fn size(program: &Program) -> Result<Vec<(String, i64)>, BenchError> {
    let row = sqlx::query!(
        r#"select (select count(*) from association) as "associations!", (select count(*) from department) as "departments!",
                  (select count(*) from survey) as "surveys!", (select count(*) from plan) as "plans!",
                  (select reltuples::bigint from pg_class where oid = 'item'::regclass) as "items!",
                  (select reltuples::bigint from pg_class where oid = 'evidence'::regclass) as "evidence!",
                  (select reltuples::bigint from pg_class where oid = 'post_holder'::regclass) as "posts!",
                  (select reltuples::bigint from pg_class where oid = 'act_record'::regclass) as "records!""#,
    )
    .fetch_one(program.database.read().await?.connection())
    .await?;
    Ok([
        ("associations", row.associations),
        ("departments", row.departments),
        ("surveys", row.surveys),
        ("plans", row.plans),
        ("items", row.items),
        ("pieces of evidence", row.evidence),
        ("posts", row.posts),
        ("case-file rows", row.records),
    ]
    .map(|(name, count)| (name.to_owned(), count))
    .to_vec())
}
