//! Going on with what was typed when the session had ended (TC-57): the form's own page
//! is shown again with it. Nothing is done by that; whoever typed it sends it.

use askama::Template;
use axum::body::Body;
use axum::extract::{OriginalUri, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::access::Act;
use crate::accounts::store;
use crate::paths;
use crate::web::form::is_sealed;
use crate::web::gate::Parked;
use crate::web::guard::{Replay, Replayed};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Program, guard, html};

/// What was parked in a session, if it is of the person who is signed in; what is of
/// somebody else, or of nobody knows whom, is deleted.
async fn parked(program: &Program, headers: &HeaderMap) -> Result<Option<Parked>, Error> {
    let Some(token) = guard::token(program, headers) else {
        return Ok(None);
    };
    let found = store::parked(&mut program.read().await?, &token).await?;
    let Some((account, path, body)) = found else {
        return Ok(None);
    };
    let parked = Parked { path, body };
    if parked.is_of(account, program) {
        return Ok(Some(parked));
    }
    let mut tally = program.database.tally().await?;
    store::unpark(&mut tally, &token).await?;
    tally.commit().await?;
    Ok(None)
}

/// Draws the form's own page in the place of the page that goes on, where it can be.
pub async fn in_place(State(program): State<Program>, request: Request, next: Next) -> Response {
    let resumes = request.method() == Method::GET
        && request.uri().path() == paths::accounts::RESUMPTION.to_string();
    if !resumes {
        return next.run(request).await;
    }
    let parked = match parked(&program, request.headers()).await {
        Ok(parked) => parked,
        Err(error) => return error.into_response(),
    };
    if let Some(again) = parked.and_then(|parked| again(&request, &parked)) {
        let response = next.clone().run(again).await;
        if response.extensions().get::<Replayed>().is_some() {
            return response;
        }
    }
    next.run(request).await
}

/// The request that the parked form had been, to be shown and not to be done.
fn again(request: &Request, parked: &Parked) -> Option<Request> {
    let uri: Uri = parked.path.parse().ok()?;
    let mut again = Request::new(Body::from(parked.body.clone()));
    *again.method_mut() = Method::POST;
    *again.uri_mut() = uri.clone();
    *again.headers_mut() = request.headers().clone();
    let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
    again.headers_mut().insert(header::CONTENT_TYPE, kind);
    *again.extensions_mut() = request.extensions().clone();
    again.extensions_mut().insert(OriginalUri(uri));
    again.extensions_mut().insert(Replay);
    Some(again)
}

/// Where the form's own page cannot be shown: what was typed, to copy or to send.
#[derive(Template)]
#[template(path = "accounts/resume.html")]
struct ResumePage {
    page: Page,
    action: String,
    fields: Vec<(String, String)>,
}

impl ResumePage {
    /// What people wrote: neither keys nor the values of choices, which are codes.
    fn written(&self) -> impl Iterator<Item = &str> {
        let code = |value: &str| value.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'_'));
        let fields = self.fields.iter();
        fields
            .filter(|(name, _)| !is_sealed(name) && !name.starts_with('_'))
            .map(|(_, value)| value.trim())
            .filter(move |value| !code(value))
    }
}

/// Offers to send what was typed when the session had ended.
pub async fn resume(State(app): State<App>, allowed: Allowed, headers: HeaderMap) -> Answer {
    let Some(Parked { path, body }) = parked(&app, &headers).await? else {
        return Ok(Redirect::to(paths::dashboard::WORKBENCH.at()).into_response());
    };
    html(&ResumePage {
        page: allowed.page(Act::FormResume.label()),
        action: path,
        fields: Form::parse(body.as_bytes()).fields().to_vec(),
    })
}
