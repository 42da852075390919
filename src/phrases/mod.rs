//! 常用语: sentences that somebody likes to write in opinions, kept for their account alone and
//! offered at every field in which one decides in words (`templates/parts/phrases.html`).

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::paths::phrases as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::PHRASES, Act::PhraseRead, show::<pages::ListPage>)
        .post(paths::PHRASES, Act::PhraseAdd, pages::add)
        .post(paths::REMOVAL, Act::PhraseRemove, pages::remove)
}
