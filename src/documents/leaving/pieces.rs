//! The pieces of a file in their order, from what is made to whoever writes it.

use axum::response::Response;
use tokio::sync::mpsc::Sender;

use crate::sheets::books::{Notes, Sheet};
use crate::web::table::Cell;
use crate::web::{Allowed, App, Error, Look};

use super::{Made, spool};

/// What a list leaves as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// A workbook.
    Xlsx,
    /// Comma-separated text.
    Csv,
}

/// What is written next.
pub enum Piece {
    /// What is to be known of the figures of all that follows.
    Lines(Vec<String>),
    /// A table begins.
    Sheet(Sheet),
    /// Its rows.
    Rows(Vec<Vec<Cell>>),
    /// That was all; by which filters, in words.
    End(Vec<String>),
}

/// Where pieces go; who writes may have failed and gone away.
pub struct Pieces(pub(super) Sender<Piece>);

impl Pieces {
    /// Hands a piece on when the one before is written.
    pub async fn send(&self, piece: Piece) -> Result<(), Error> {
        let sent = self.0.send(piece).await;
        sent.map_err(|_| Error::internal("who writes the file has gone"))
    }
}

/// What a file says of itself, for who takes it now.
#[must_use]
pub fn notes(app: &App, allowed: &Allowed, name: &str) -> Notes {
    let page = allowed.page("");
    let place = page.who().map_or("", |who| who.place.as_str());
    Notes {
        name: name.to_owned(),
        as_of: app.clock.now(),
        by: format!("{}（{place}）", allowed.actor().name),
        ..Notes::default()
    }
}

/// What is made as a file: the turn, the connection and the file's own words are the same for
/// all.
pub async fn leave<M: Made>(
    app: &App,
    allowed: &Allowed,
    ending: Ending,
) -> Result<Response, Error> {
    let turn = app.leaving.turn(&app.places.limits).await?;
    let file = {
        let mut db = app.read().await?;
        let look = Look {
            app,
            allowed,
            db: &mut db,
        };
        let notes = notes(app, allowed, M::NAME);
        spool::spool(ending, notes, async |pieces| M::make(look, pieces).await).await?
    };
    drop(turn);
    // 协会台账-2018-11-22, the day being the campaign's.
    let name = format!("{}-{}", M::NAME, app.clock.today());
    spool::answer(file, &name, ending)
}
