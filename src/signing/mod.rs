//! 待签发: what lies with a leader and needs nothing but the signature, signed one by one or
//! several at once. The room decides nothing itself: each matter is signed by the act of its
//! own room, on what was seen of it.

pub mod acts;
pub mod matters;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::paths::signing::{MATTER, ROUND, SIGNING};
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::{list::ListPage, matter, round::RoundPage, signing};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(SIGNING, Act::SigningRead, show::<ListPage>)
        .post(SIGNING, Act::SigningRound, signing::sign)
        .get(MATTER, Act::SigningRead, matter::open)
        .get(ROUND, Act::SigningRead, show::<RoundPage>)
}
