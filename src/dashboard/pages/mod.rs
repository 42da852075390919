//! Pages that only read. The dashboard is one address and three pictures: the
//! whole (DB-1), a unit's own (DB-3), a specialist department's field (DB-4).

pub mod matrix;
pub mod overview;
mod specialist;
pub mod statistics;
mod unit;
pub mod workbench;

use axum::extract::State;
use axum::response::Response;

use crate::web::{Allowed, App, Error};

/// The dashboard of the person's role.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let role = allowed.actor().role();
    if role.is_unit() {
        unit::show(&app, &allowed).await
    } else if role.is_specialist() {
        specialist::show(&app, &allowed).await
    } else {
        overview::show(&app, &allowed).await
    }
}
