//! Whether the server can be reached at all. The pool treats refused connections as
//! a server that starts up and goes on trying for seconds; people are told at once.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Executor as _, PgPool};
use tokio::net::{TcpStream, UnixStream};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

/// Pages are mostly there within this; only what takes longer is worth a look.
const PATIENCE: Duration = Duration::from_millis(200);
/// What was found out counts this long for everybody.
const FRESH: Duration = Duration::from_millis(250);
/// A server that does not answer within this does not answer.
const ANSWER: Duration = Duration::from_secs(2);

/// Where the server is, and what was last found there.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    place: Place,
    refuses: Arc<Mutex<Option<(Instant, bool)>>>,
    answers: Arc<Mutex<Option<(Instant, bool)>>>,
    alone: PgPool,
}

#[derive(Clone, Debug)]
enum Place {
    Socket(PathBuf),
    Host(String, u16),
}

impl Reach {
    pub(super) fn of(options: &PgConnectOptions) -> Self {
        let port = options.get_port();
        let folder = options.get_socket().cloned().or_else(|| {
            let host = options.get_host();
            host.starts_with('/').then(|| PathBuf::from(host))
        });
        let place = match folder {
            Some(folder) => Place::Socket(folder.join(format!(".s.PGSQL.{port}"))),
            None => Place::Host(options.get_host().to_owned(), port),
        };
        let alone = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(ANSWER)
            .connect_lazy_with(options.clone());
        Self {
            place,
            refuses: Arc::default(),
            answers: Arc::default(),
            alone,
        }
    }

    pub(super) async fn refused(&self) {
        loop {
            pause(PATIENCE).await;
            if self.refuses().await {
                return;
            }
        }
    }

    /// One looks for all that wait.
    async fn refuses(&self) -> bool {
        let mut last = self.refuses.lock().await;
        if let Some((at, found)) = *last
            && at.elapsed() < FRESH
        {
            return found;
        }
        let found = self.knock().await;
        *last = Some((Instant::now(), found));
        found
    }

    async fn knock(&self) -> bool {
        let answer = match &self.place {
            Place::Socket(path) => timeout(ANSWER, UnixStream::connect(path))
                .await
                .map(|opened| opened.map(drop)),
            Place::Host(host, port) => timeout(ANSWER, TcpStream::connect((host.as_str(), *port)))
                .await
                .map(|opened| opened.map(drop)),
        };
        // Too slow to tell is not refused, and neither is a queue that is full.
        matches!(answer, Ok(Err(error)) if matches!(error.kind(),
            ErrorKind::ConnectionRefused | ErrorKind::NotFound | ErrorKind::HostUnreachable))
    }

    pub(super) async fn answers(&self) -> bool {
        let mut last = self.answers.lock().await;
        if let Some((at, found)) = *last
            && at.elapsed() < FRESH
        {
            return found;
        }
        let asked = timeout(ANSWER, self.alone.execute("select 1")).await;
        let found = matches!(asked, Ok(Ok(_)));
        *last = Some((Instant::now(), found));
        found
    }
}

async fn pause(time: Duration) {
    #[expect(
        clippy::disallowed_methods,
        reason = "a request is given this long before anybody asks after the server"
    )]
    tokio::time::sleep(time).await;
}
