//! What went wrong, drawn with layout and person where they are known.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use crate::web::Program;
use crate::web::error::Failure;
use crate::web::guard::{self, Arrival};
use crate::web::page::{Page, PageSeed};

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Page,
    sentence: String,
    number: String,
    /// Nobody asked who this is.
    unasked: bool,
}

/// The layer.
pub(super) async fn pages(
    State(program): State<Program>,
    request: Request,
    next: Next,
) -> Response {
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
    let unasked = seed.is_none() && response.status().is_server_error();
    let seed = match seed {
        Some(seed) => seed,
        // Perhaps it is the database that fails: it is not asked who this is.
        None if unasked => PageSeed::nobodys(&program, &uri),
        None => unguarded(&program, &headers, &uri).await,
    };
    let view = ErrorPage {
        page: seed.page(failure.title),
        sentence: failure.sentence,
        number,
        unasked,
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
    if guard::token(program, headers).is_none() {
        return PageSeed::nobodys(program, uri);
    }
    let Some(_place) = program.places.enter(true).await else {
        return PageSeed::nobodys(program, uri);
    };
    let asked = async {
        let mut db = program.read().await?;
        let (app, present) = guard::present(program, &mut db, headers).await?;
        let actor = present.map(|present| present.actor);
        Ok::<_, crate::web::Error>(PageSeed::new(&app, actor.as_ref(), uri))
    };
    let drawn = asked.await;
    drawn.unwrap_or_else(|_| PageSeed::nobodys(program, uri))
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
