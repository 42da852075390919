//! Lists that are read slice by slice: what a page shows a part of leaves to its end, and no more
//! of it than a slice stands in memory.

use std::marker::PhantomData;

use crate::database::Db;
use crate::sheets::books::{Sheet, Size};
use crate::web::table::{Column, Shown};
use crate::web::{Error, Look};

use super::Made;
use super::pieces::{Piece, Pieces};

/// Rows that are asked for at a time.
pub const SLICE: i64 = 500;

/// A list that is read slice by slice.
pub trait Ledger: Send + Sized + 'static {
    /// What a row is read from.
    type Row: Send + Sync + 'static;

    /// What it is called: the file, its sheet, its first line.
    const NAME: &'static str;

    /// What stands in it, where no page says so.
    const ABOUT: &'static str = "";

    /// Its columns.
    const COLUMNS: &'static [Column<Self::Row>];

    /// Begins it: what the address asks for, and who looks.
    fn open(look: Look<'_>) -> impl Future<Output = Result<Self, Error>> + Send;

    /// The next rows, at most [`SLICE`] of them; none: that was all.
    fn next(&mut self, db: &mut Db) -> impl Future<Output = Result<Vec<Self::Row>, Error>> + Send;

    /// The filters in force, in words.
    fn filters(&self) -> Vec<String> {
        Vec::new()
    }

    /// What else is to be known of its figures.
    fn lines(&self) -> Vec<String> {
        Vec::new()
    }

    /// An official table says more.
    fn official(&self) -> Official {
        Official::default()
    }
}

/// What an official table has besides its rows.
#[derive(Debug, Clone, Default)]
pub struct Official {
    /// Lines above its head.
    pub title: Vec<String>,
    /// The line for signatures.
    pub signed: String,
    /// Its paper.
    pub size: Size,
}

/// A list that is read to its end, made for a file.
pub struct Whole<L>(PhantomData<L>);

impl<L: Ledger> Made for Whole<L> {
    const NAME: &'static str = L::NAME;
    const ABOUT: &'static str = L::ABOUT;

    async fn make(look: Look<'_>, pieces: &Pieces) -> Result<Vec<String>, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let look = Look {
            app,
            allowed,
            db: &mut *db,
        };
        let mut list = L::open(look).await?;
        pieces.send(Piece::Lines(list.lines())).await?;
        let columns = Shown::to(allowed.actor(), L::COLUMNS);
        let official = list.official();
        let sheet = Sheet {
            name: L::NAME.to_owned(),
            heads: columns.heads(),
            title: official.title,
            signed: official.signed,
            size: official.size,
        };
        pieces.send(Piece::Sheet(sheet)).await?;
        let mut number = 0_i64;
        loop {
            let rows = list.next(db).await?;
            if rows.is_empty() {
                return Ok(list.filters());
            }
            let cells = rows.iter().map(|row| {
                number += 1;
                columns.cells(number, row)
            });
            pieces.send(Piece::Rows(cells.collect())).await?;
        }
    }
}
