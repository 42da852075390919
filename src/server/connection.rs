//! The listener, its connections and the graceful stop. `axum::serve` closes no slow
//! connection (F4), so the loop is our own.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::ConnectInfo;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tower::{Service as _, ServiceExt as _};

use crate::web::limits::Limits;

use super::stream::Watched;

/// Requests under way may take this long to finish when the program stops (R9).
const FINISH_TIME: Duration = Duration::from_secs(20);

/// Serves until `stop` resolves, then lets requests under way finish.
pub async fn serve(
    router: Router,
    limits: Limits,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
) {
    open_as_many_as_allowed();
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => accept((&router, &limits), &graceful, stream, peer),
                // Out of file descriptors: wait for one instead of spinning.
                Err(error) => {
                    tracing::warn!(%error, "accept failed");
                    pause(Duration::from_millis(100)).await;
                }
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    if tokio::time::timeout(FINISH_TIME, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("requests were still under way when the time to finish was over");
    }
}

/// A connection is an open file, and the usual 1,024 are soon taken by strangers who
/// say nothing for ten seconds; the system allows more to whoever asks.
fn open_as_many_as_allowed() {
    let allowed = getrlimit(Resource::Nofile);
    let wanted = Rlimit {
        current: allowed.maximum,
        ..allowed
    };
    if let Err(error) = setrlimit(Resource::Nofile, wanted) {
        tracing::warn!(%error, "open files stay limited");
    }
}

fn accept(
    (router, limits): (&Router, &Limits),
    graceful: &GracefulShutdown,
    stream: TcpStream,
    peer: SocketAddr,
) {
    let unread = Arc::new(Notify::new());
    let told = Arc::clone(&unread);
    let router = router.clone();
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let (router, unread) = (router.clone(), Arc::clone(&unread));
        async move {
            let ended = Arc::new(AtomicBool::new(false));
            let mut request = request.map(|body| Whole::of(body, Arc::clone(&ended)));
            request.extensions_mut().insert(ConnectInfo(peer));
            let answer = router
                .into_service::<Whole>()
                .ready()
                .await?
                .call(request)
                .await;
            // Hyper answers, and goes on taking what drips for as long as it drips (F5).
            if !ended.load(Ordering::Acquire) {
                unread.notify_one();
            }
            answer
        }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_header_size(limits.head_bytes)
        .serve_connection(TokioIo::new(Watched::new(stream, limits)), service);
    let connection = graceful.watch(connection);
    let hang_up_after = limits.hang_up_after;
    tokio::spawn(async move {
        let late = async {
            told.notified().await;
            pause(hang_up_after).await;
        };
        tokio::select! {
            ended = connection => if let Err(error) = ended {
                tracing::debug!(%error, "connection ended");
            },
            () = late => {}
        }
    });
}

/// A request's body that tells whether it was read to its end.
struct Whole {
    body: Incoming,
    ended: Arc<AtomicBool>,
}

impl Whole {
    fn of(body: Incoming, ended: Arc<AtomicBool>) -> Self {
        let whole = Self { body, ended };
        whole.look();
        whole
    }

    fn look(&self) {
        if hyper::body::Body::is_end_stream(&self.body) {
            self.ended.store(true, Ordering::Release);
        }
    }
}

impl hyper::body::Body for Whole {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        if let Poll::Ready(None) = polled {
            self.ended.store(true, Ordering::Release);
        }
        self.look();
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

async fn pause(time: Duration) {
    #[expect(
        clippy::disallowed_methods,
        reason = "time itself is what is waited for"
    )]
    tokio::time::sleep(time).await;
}
