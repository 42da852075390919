//! The rooms' routes, the layers in their order, the listener and the graceful stop.

mod connection;
mod errors;
mod heads;
mod stream;

use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower::Layer as _;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};

use crate::web::guard::Arrival;
use crate::web::{
    Error, Program, Routes, address, client_address, headers, host, origin, static_files,
};
use crate::{
    accounts, activities, archive, closing, comments, corrections, dashboard, desk, exits,
    findings, help, holdings, imports, oversight, paths, phrases, plan, posts, progress,
    registrations, registry, roster, settings, signing, survey, timeline, workgroups,
};

pub use connection::serve;

/// What is not packed a second time on its way.
const PACKED: NotForContentType = NotForContentType::const_new("application/zip");

/// Every route of the program.
#[must_use]
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .bare_get(paths::web::STATIC_FILE, static_files::serve)
        .bare_get(paths::web::HEALTH, async || "ok")
        .bare_get(paths::web::READINESS, ready)
        .merge(accounts::routes(program))
        .merge(workgroups::routes(program))
        .merge(settings::routes(program))
        .merge(phrases::routes(program))
        .merge(registry::routes(program))
        .merge(comments::routes(program))
        .merge(corrections::routes(program))
        .merge(survey::routes(program))
        .merge(roster::routes(program))
        .merge(plan::routes(program))
        .merge(holdings::routes(program))
        .merge(registrations::routes(program))
        .merge(findings::routes(program))
        .merge(progress::routes(program))
        .merge(oversight::routes(program))
        .merge(closing::routes(program))
        .merge(exits::routes(program))
        .merge(posts::routes(program))
        .merge(activities::routes(program))
        .merge(timeline::routes(program))
        .merge(signing::routes(program))
        .merge(imports::routes(program))
        .merge(archive::routes(program))
        .merge(dashboard::routes(program))
        .merge(help::routes(program))
}

async fn ready(State(program): State<Program>) -> Result<&'static str, Error> {
    if program.database.answers().await {
        Ok("ready")
    } else {
        Err(Error::Busy)
    }
}

/// The whole program as one service, outermost layer last.
pub fn router(program: &Program) -> Router {
    let program = &program.clone().told_by(&desk::HANDS);
    let rooms = routes(program)
        .into_router()
        .fallback(async || Error::Missing);
    let rooms = from_fn_with_state(program.clone(), apart).layer(rooms);
    // Before a route is chosen: the page that goes on is the page of another route.
    let resumed = from_fn_with_state(program.clone(), accounts::resumed);
    Router::new()
        .fallback_service(resumed.layer(rooms))
        .layer(from_fn(address::readable))
        .layer(from_fn(origin::same_origin))
        .layer(from_fn_with_state(program.clone(), host::named))
        .layer(CatchPanicLayer::custom(|_| {
            Error::internal("a handler panicked").into_response()
        }))
        .layer(from_fn_with_state(program.clone(), errors::pages))
        // The first level costs next to nothing and saves three quarters.
        .layer(
            CompressionLayer::new()
                .gzip(true)
                .quality(CompressionLevel::Fastest)
                // An archive is packed already, and comes as it is written.
                .compress_when(DefaultPredicate::new().and(PACKED)),
        )
        .layer(from_fn_with_state(program.clone(), headers::secure))
        .layer(from_fn_with_state(program.clone(), number))
}

/// Takes a number and an ending of a list's address apart, which no route could.
async fn apart(State(program): State<Program>, mut request: Request, next: Next) -> Response {
    if let Some(path) = program.leaving.apart(request.uri().path()) {
        let query = request.uri().query().map(|query| format!("?{query}"));
        if let Ok(uri) = format!("{path}{}", query.unwrap_or_default()).parse() {
            *request.uri_mut() = uri;
        }
    }
    next.run(request).await
}

/// Gives each request a number and notes the client's address.
async fn number(State(program): State<Program>, mut request: Request, next: Next) -> Response {
    static LAST: AtomicU64 = AtomicU64::new(0);
    let mut start = [0_u8; 4];
    let salt = getrandom::fill(&mut start).map_or_else(|_| String::new(), |()| hex::encode(start));
    let id = format!("{salt}{:06}", LAST.fetch_add(1, Ordering::Relaxed));
    let address = client_address::of(&request, &program.trusted_proxies);
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
