//! The pages that hand a file out. Rooms put it under their own addresses;
//! what stands in the address before the file is a matter of the file, or the
//! guard has refused.

use axum::extract::State;
use axum::response::Response;

use crate::web::{Allowed, App, Error};

use super::files::{self, Readable};

/// A file, as a download.
pub async fn file(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let readable = Readable::with_its_matter(&mut app.read().await?, &allowed).await?;
    files::answer(&app.database, readable).await
}

/// A picture or a PDF, as the browser shows it: nothing else is ever shown inside the site.
pub async fn view(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let readable = Readable::with_its_matter(&mut app.read().await?, &allowed).await?;
    files::show(&app.database, readable).await
}
