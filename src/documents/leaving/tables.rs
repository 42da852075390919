//! The tables of a page as files: the page is opened as for its reader, and what it would draw
//! is written instead. For pages that show all of what they list.

use std::marker::PhantomData;

use crate::sheets::books::Sheet;
use crate::web::table::Table;
use crate::web::view::{self, View};
use crate::web::{Error, Look};

use super::Made;
use super::pieces::{Piece, Pieces};

/// A page whose tables leave as they are drawn.
pub trait Tabled: View {
    /// What the file is called.
    const NAME: &'static str;

    /// Its tables in their order, each under its caption.
    fn tables(self) -> Vec<Table>;

    /// The filters in force, in words.
    fn filters(&self) -> Vec<String> {
        Vec::new()
    }

    /// The address of its next page, where its one table goes on there.
    fn next(&self) -> Option<String> {
        None
    }
}

/// The tables of a page, made for a file.
pub struct Drawn<V>(PhantomData<V>);

impl<V: Tabled + 'static> Made for Drawn<V> {
    const NAME: &'static str = V::NAME;

    async fn make(look: Look<'_>, pieces: &Pieces) -> Result<Vec<String>, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let mut view: V = view::open(app, allowed, db).await?;
        let filters = view.filters();
        let mut next = view.next();
        let mut rows = 0;
        for table in view.tables() {
            rows = table.len();
            pieces.send(Piece::Sheet(sheet(&table))).await?;
            pieces.send(Piece::Rows(table.rows)).await?;
        }
        while let Some(address) = next {
            view = view::open(app, &allowed.turned(&address), db).await?;
            next = view.next();
            for table in view.tables() {
                // A page counts its own rows; the file counts all of them.
                let table = table.counted_after(rows);
                rows += table.len();
                pieces.send(Piece::Rows(table.rows)).await?;
            }
        }
        Ok(filters)
    }
}

/// A table's beginning; its rows come with it or after it.
#[must_use]
pub fn sheet(table: &Table) -> Sheet {
    Sheet {
        name: table.caption.clone(),
        heads: table.heads.clone(),
        ..Sheet::default()
    }
}
