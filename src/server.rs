//! The rooms' routes, the layers in their order, the listener and the graceful stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::{Service as _, ServiceExt as _};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::web::deadline::HangUp;
use crate::web::error::Failure;
use crate::web::guard::{self, Arrival};
use crate::web::page::{Page, PageSeed};
use crate::web::{Error, Program, Routes, headers, host, origin, static_files};
use crate::{
    accounts, activities, comments, dashboard, exits, holdings, plan, posts, progress, registry,
    roster, settings, survey, timeline, workgroups,
};

/// Requests under way at once; more are answered 503 (F8).
const UNDER_WAY: usize = 64;
/// A connection sends its request's head within this time (F4).
const HEAD_TIME: Duration = Duration::from_secs(10);
/// A connection that was answered 503 for lateness is hung up after this (F5).
const HANG_UP_AFTER: Duration = Duration::from_secs(2);
/// Requests under way may take this long to finish when the program stops (R9).
const FINISH_TIME: Duration = Duration::from_secs(20);

/// Every route of the program.
#[must_use]
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .bare_get("/static/{name}", static_files::serve)
        .bare_get("/healthz", async || "ok")
        .bare_get("/readyz", ready)
        .merge(accounts::routes(program))
        .merge(workgroups::routes(program))
        .merge(settings::routes(program))
        .merge(registry::routes(program))
        .merge(comments::routes(program))
        .merge(survey::routes(program))
        .merge(roster::routes(program))
        .merge(plan::routes(program))
        .merge(holdings::routes(program))
        .merge(progress::routes(program))
        .merge(exits::routes(program))
        .merge(posts::routes(program))
        .merge(activities::routes(program))
        .merge(timeline::routes(program))
        .merge(dashboard::routes(program))
}

async fn ready(State(program): State<Program>) -> Result<&'static str, Error> {
    sqlx::query_scalar!("select 1 as one")
        .fetch_one(program.database.pool())
        .await
        .map_err(|_| Error::Busy)?;
    Ok("ready")
}

/// The whole program as one service, outermost layer last.
pub fn router(program: &Program) -> Router {
    let slots = Arc::new(Semaphore::new(UNDER_WAY));
    routes(program)
        .into_router()
        .fallback(async || Error::Missing)
        .layer(from_fn(origin::same_origin))
        .layer(from_fn_with_state(program.clone(), host::named))
        .layer(from_fn(move |request, next| {
            admit(slots.clone(), request, next)
        }))
        .layer(CatchPanicLayer::custom(|_| {
            Error::internal("a handler panicked").into_response()
        }))
        .layer(from_fn_with_state(program.clone(), error_pages))
        .layer(CompressionLayer::new().gzip(true))
        .layer(from_fn_with_state(program.clone(), headers::secure))
        .layer(from_fn(number))
}

/// Gives each request a number and notes the client's address.
async fn number(mut request: Request, next: Next) -> Response {
    static LAST: AtomicU64 = AtomicU64::new(0);
    let mut start = [0_u8; 4];
    let salt = getrandom::fill(&mut start).map_or_else(|_| String::new(), |()| hex::encode(start));
    let id = format!("{salt}{:06}", LAST.fetch_add(1, Ordering::Relaxed));
    let address = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or_else(|| "local".to_owned(), |peer| peer.ip().to_string());
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    request.extensions_mut().insert(Arrival {
        id: id.clone(),
        address,
    });
    let mut response = next.run(request).await;
    tracing::info!(request.id = %id, %method, %path, status = response.status().as_u16(), "answered");
    if let Ok(value) = id.parse() {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

async fn admit(slots: Arc<Semaphore>, request: Request, next: Next) -> Response {
    let health = request.uri().path() == "/healthz";
    match slots.try_acquire() {
        Ok(_slot) => next.run(request).await,
        Err(_) if health => next.run(request).await,
        Err(_) => Error::Busy.into_response(),
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Page,
    sentence: String,
    number: String,
}

/// Draws what went wrong with the layout and the person, where they are known.
async fn error_pages(State(program): State<Program>, request: Request, next: Next) -> Response {
    let (uri, headers) = (request.uri().clone(), request.headers().clone());
    let number = request
        .extensions()
        .get::<Arrival>()
        .map(|arrival| arrival.id.clone())
        .unwrap_or_default();
    let response = next.run(request).await;
    let failure = response
        .extensions()
        .get::<Failure>()
        .cloned()
        .or_else(|| plain_failure(&response));
    let Some(failure) = failure else {
        return response;
    };
    let seed = response.extensions().get::<PageSeed>().cloned();
    let seed = match seed {
        Some(seed) => seed,
        None => unguarded(&program, &headers, &uri).await,
    };
    let view = ErrorPage {
        page: seed.page(failure.title),
        sentence: failure.sentence,
        number,
    };
    let Ok(body) = view.render() else {
        return response;
    };
    let mut page = (response.status(), Html(body)).into_response();
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page
}

/// The layout where no guard looked: an address that is nowhere is asked for by
/// people who are signed in, too.
async fn unguarded(program: &Program, headers: &HeaderMap, uri: &Uri) -> PageSeed {
    let Ok(app) = program.in_force().await else {
        return PageSeed::nobodys(program, uri);
    };
    let actor = guard::actor(&app, headers).await.ok().flatten();
    PageSeed::new(&app, actor.as_ref(), uri)
}

/// Refusals that axum makes itself, before any page.
fn plain_failure(response: &Response) -> Option<Failure> {
    let (title, sentence) = match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => {
            ("不支持的操作", "这个地址不支持这种操作，请从页面上办理。")
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            ("内容过大", "表单最大1MB，文件最大20MB。请精简后重新提交。")
        }
        StatusCode::BAD_REQUEST
            if response
                .headers()
                .get(header::CONTENT_TYPE)
                .is_none_or(|kind| kind == "text/plain; charset=utf-8") =>
        {
            ("无法读取", "请求的内容无法识别，请从页面上重新操作。")
        }
        _ => return None,
    };
    Some(Failure {
        title,
        sentence: sentence.to_owned(),
    })
}

/// Serves until `stop` resolves, then lets requests under way finish.
pub async fn serve(router: Router, listener: TcpListener, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => accept(&router, &graceful, stream, peer),
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

fn accept(router: &Router, graceful: &GracefulShutdown, stream: TcpStream, peer: SocketAddr) {
    let hang_up = HangUp::default();
    let told = hang_up.0.clone();
    let router = router.clone();
    let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(hang_up.clone());
        let router = router.clone();
        async move {
            let mut router = router.into_service::<Incoming>();
            router.ready().await?.call(request).await
        }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .serve_connection(TokioIo::new(stream), service);
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        let late = async {
            told.notified().await;
            pause(HANG_UP_AFTER).await;
        };
        tokio::select! {
            ended = connection => if let Err(error) = ended {
                tracing::debug!(%error, "connection ended");
            },
            () = late => {}
        }
    });
}

async fn pause(time: Duration) {
    #[expect(
        clippy::disallowed_methods,
        reason = "time itself is what is waited for"
    )]
    tokio::time::sleep(time).await;
}
