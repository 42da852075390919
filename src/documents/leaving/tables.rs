//! The tables of a page as files: the page is opened as for its reader, and what it would draw
//! is written instead. For pages that show all of what they list.

use axum::extract::State;

use crate::sheets::books::Sheet;
use crate::web::table::Table;
use crate::web::view::{self, View};
use crate::web::{Allowed, Answer, App, Error, Look};

use super::pieces::{Ending, Piece, Pieces, file_name, notes};
use super::spool;

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

pub(super) async fn xlsx<V: Tabled>(State(app): State<App>, allowed: Allowed) -> Answer {
    leave::<V>(&app, &allowed, Ending::Xlsx).await
}

pub(super) async fn csv<V: Tabled>(State(app): State<App>, allowed: Allowed) -> Answer {
    leave::<V>(&app, &allowed, Ending::Csv).await
}

async fn leave<V: Tabled>(app: &App, allowed: &Allowed, ending: Ending) -> Answer {
    let turn = app.leaving.turn(&app.places.limits).await?;
    let file = {
        let mut db = app.read().await?;
        let mut view: V = view::open(app, allowed, &mut db).await?;
        let (notes, filters) = (notes(app, allowed, V::NAME), view.filters());
        spool::spool(ending, notes, async |pieces| {
            let mut next = view.next();
            for table in view.tables() {
                pieces.send(Piece::Sheet(sheet(&table))).await?;
                pieces.send(Piece::Rows(table.rows)).await?;
            }
            while let Some(address) = next {
                view = view::open(app, &allowed.turned(&address), &mut db).await?;
                next = view.next();
                let rows = view.tables().into_iter().flat_map(|table| table.rows);
                pieces.send(Piece::Rows(rows.collect())).await?;
            }
            Ok(filters)
        })
        .await?
    };
    drop(turn);
    spool::answer(file, &file_name(app, V::NAME), ending)
}

/// Tables that are made for the file alone.
pub trait Made: Send + 'static {
    /// What the file is called.
    const NAME: &'static str;

    /// Hands its sheets and rows on, and ends with the filters in force, in words.
    fn make(
        look: Look<'_>,
        pieces: &Pieces,
    ) -> impl Future<Output = Result<Vec<String>, Error>> + Send;
}

pub(super) async fn made_xlsx<M: Made>(State(app): State<App>, allowed: Allowed) -> Answer {
    make::<M>(&app, &allowed, Ending::Xlsx).await
}

pub(super) async fn made_csv<M: Made>(State(app): State<App>, allowed: Allowed) -> Answer {
    make::<M>(&app, &allowed, Ending::Csv).await
}

async fn make<M: Made>(app: &App, allowed: &Allowed, ending: Ending) -> Answer {
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
    spool::answer(file, &file_name(app, M::NAME), ending)
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
