//! 工作进度 (scheme 四; domain 9): every task of the scheme with its state
//! computed from the records, the windows that the office's head moves on record,
//! and what has changed since a person was last here.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::web::{App, Routes};

/// The room's routes.
#[must_use]
pub fn routes(app: &App) -> Routes {
    Routes::new(app)
        .get("/timeline", Act::TimelineRead, pages::board::show)
        .get("/timeline/{task}", Act::TimelineRead, pages::task::show)
        .post("/timeline/{task}", Act::TimelineMove, pages::task::move_)
        .get("/changes", Act::ChangesRead, pages::changes::show)
}
