//! 留言: what the people who may see an association's record tell each other,
//! and the departments that are asked to read it.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::paths::comments as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::COMMENTS, Act::CommentRead, show::<pages::ListPage>)
        .post(paths::COMMENTS, Act::CommentWrite, pages::write)
        .post(paths::WITHDRAWAL, Act::CommentWithdraw, pages::withdraw)
        .post(paths::RECEIPT, Act::CommentAcknowledge, pages::acknowledge)
}
