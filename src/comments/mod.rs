//! 留言: what the people who may see an association's record tell each other,
//! and the departments that are asked to read it.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get("/associations/{association}/comments", Act::CommentRead, pages::list)
        .post("/associations/{association}/comments", Act::CommentWrite, pages::write)
        .post("/associations/{association}/comments/{comment}/withdrawal", Act::CommentWithdraw, pages::withdraw)
        .post("/associations/{association}/comments/{comment}/receipt", Act::CommentAcknowledge, pages::acknowledge)
}
