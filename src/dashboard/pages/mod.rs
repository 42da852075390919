//! Pages that only read. The dashboard is one address and three pictures: the
//! whole (DB-1), a unit's own (DB-3), a specialist department's field (DB-4).

pub mod by_unit;
mod grid;
mod items;
pub mod ledgers;
pub mod matrix;
pub mod overview;
mod specialist;
pub mod statistics;
mod told;
mod unit;
pub mod workbench;

use axum::extract::State;

use crate::access::Role;
use crate::web::{Allowed, Answer, App, view};

pub use told::OF_TRACKS;

/// The dashboard of the person's role.
pub async fn show(app: State<App>, allowed: Allowed) -> Answer {
    let role = allowed.actor().role();
    if role.is_unit() {
        view::show::<unit::UnitPage>(app, allowed).await
    } else if role.is_specialist() && role != Role::CivilReg {
        // Registration answers for the whole list (W-E1): its clerk sees what its leader sees.
        view::show::<specialist::SpecialistPage>(app, allowed).await
    } else {
        view::show::<overview::OverviewPage>(app, allowed).await
    }
}
