//! A page of a room: opened from one snapshot, drawn by its template. What a room writes
//! down once for each page, so that showing it, showing it again with messages, and
//! showing it with what somebody else has changed are the same for all.

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::Response;

use crate::database::Db;

use super::again;
use super::conflict::Theirs;
use super::guard::Replayed;
use super::{Allowed, App, Error, Form, html_with};

/// What a handler gives.
pub type Answer = Result<Response, Error>;

/// What a page is opened with: who looks, at which address, under which rules, and the
/// one snapshot that everything on it is read from.
pub struct Look<'a> {
    /// The program under today's parameters.
    pub app: &'a App,
    /// The person, and the address with its query.
    pub allowed: &'a Allowed,
    /// The snapshot.
    pub db: &'a mut Db,
}

/// A page of a room.
pub trait View: Template + Sized + Send {
    /// Opens it; `form` is what was typed, where it is shown again.
    fn open(look: Look<'_>, form: Option<Form>)
    -> impl Future<Output = Result<Self, Error>> + Send;

    /// What stands there now, where the page is a form that two people may have saved:
    /// they are shown both versions (TC-55).
    fn theirs(&self) -> Option<Theirs> {
        None
    }

    /// Where the browser goes after an act of this page: the page's own address, which
    /// is what it was asked by unless it says otherwise. `{}` stands for the number of
    /// what was made.
    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(allowed.path().to_owned())
    }
}

/// The handler of a page.
pub async fn show<V: View>(State(app): State<App>, allowed: Allowed) -> Answer {
    draw::<V>(&app, &allowed, None, StatusCode::OK).await
}

/// Draws a page from a snapshot of its own.
pub async fn draw<V: View>(
    app: &App,
    allowed: &Allowed,
    mut form: Option<Form>,
    status: StatusCode,
) -> Answer {
    let mut allowed = allowed.clone();
    if let Some(form) = &mut form {
        allowed = again::shown(&allowed, form);
    }
    if status.is_client_error() {
        allowed = allowed.failing();
    }
    let first = form.is_none();
    let base = again::Base::of(&allowed, form.as_ref());
    let view: V = {
        let mut db = app.read().await?;
        opened(app, &allowed, &mut db, form).await?
    };
    if let Some(base) = base.text(app, || view.theirs()) {
        allowed.carry(base);
    }
    let mut response = html_with(status, &view)?;
    if let Some(trail) = allowed
        .trail()
        .filter(|_| first && status == StatusCode::OK)
    {
        let headers = response.headers_mut();
        headers.append(header::SET_COOKIE, trail.clone());
    }
    if allowed.replayed() {
        response.extensions_mut().insert(Replayed);
    }
    Ok(response)
}

/// A page as it is in a snapshot, for what is made of it: nothing is drawn.
pub async fn open<V: View>(app: &App, allowed: &Allowed, db: &mut Db) -> Result<V, Error> {
    opened(app, allowed, db, None).await
}

/// A page as it is in a snapshot, with who has its matter.
pub(super) async fn opened<V: View>(
    app: &App,
    allowed: &Allowed,
    db: &mut Db,
    form: Option<Form>,
) -> Result<V, Error> {
    let mut told = allowed.clone();
    if let Some(hands) = app.hands {
        if let Some(here) = hands.here(db, (app, allowed)).await? {
            told = told.lying(here);
        }
        told = told.waiting(&hands.waiting(db, (app, allowed)).await?);
    }
    let allowed = &told;
    // A page is opened once a request: what it is large with lies on the heap.
    Box::pin(V::open(Look { app, allowed, db }, form)).await
}
