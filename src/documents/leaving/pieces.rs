//! The pieces of a file in their order, from the list to whoever writes it.

use axum::response::Response;
use tokio::sync::mpsc::Sender;

use crate::clock::chinese_date;
use crate::sheets::books::{Notes, Sheet};
use crate::web::table::{Cell, Shown};
use crate::web::{Allowed, App, Error, Look};

use super::{Ledger, spool};

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
    let (actor, now) = (allowed.actor(), app.clock.now());
    let page = allowed.page("");
    let place = page.who().map_or("", |who| who.place.as_str());
    Notes {
        name: name.to_owned(),
        as_of: format!("{} {}", chinese_date(now.date_naive()), now.format("%H:%M")),
        by: format!("{}（{place}）", actor.name),
        ..Notes::default()
    }
}

/// A list as a file.
pub async fn leave<L: Ledger>(
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
        let mut list = L::open(look).await?;
        let mut notes = notes(app, allowed, L::NAME);
        notes.lines = list.lines();
        let columns = Shown::to(allowed.actor(), L::COLUMNS);
        let official = list.official();
        let sheet = Sheet {
            name: L::NAME.to_owned(),
            heads: columns.heads(),
            title: official.title,
            signed: official.signed,
            size: official.size,
        };
        spool::spool(ending, notes, async |pieces| {
            pieces.send(Piece::Sheet(sheet)).await?;
            let mut number = 0_i64;
            loop {
                let rows = list.next(&mut db).await?;
                if rows.is_empty() {
                    return Ok(list.filters());
                }
                let cells = rows.iter().map(|row| {
                    number += 1;
                    columns.cells(number, row)
                });
                pieces.send(Piece::Rows(cells.collect())).await?;
            }
        })
        .await?
    };
    drop(turn);
    spool::answer(file, &file_name(app, L::NAME), ending)
}

/// 协会台账-2018-11-22, the day being the campaign's.
pub fn file_name(app: &App, name: &str) -> String {
    format!("{name}-{}", app.clock.today())
}
