//! Lists that leave as files: with the filters of the page, from the same described columns,
//! for the same people. A file is written whole before it is sent (`spool`), so that whoever
//! takes it slowly holds no connection; two are made at a time (`web::leaving`).

mod pieces;
mod spool;
mod tables;

use axum::extract::State;

use crate::access::Act;
use crate::database::Db;
use crate::sheets::books::Size;
use crate::web::leaving::Leaf;
use crate::web::table::Column;
use crate::web::{Allowed, Answer, App, Error, Look, Routes};

use super::lending::{self, Personal};

pub use pieces::{Ending, Piece, Pieces, notes};
pub use tables::{Made, Tabled, sheet};

/// Rows that are asked for at a time.
pub const SLICE: i64 = 1_000;

/// A list that is read slice by slice.
pub trait Ledger: Send + Sized + 'static {
    /// What a row is read from.
    type Row: Send + Sync + 'static;

    /// What it is called: the file, its sheet, its first line.
    const NAME: &'static str;

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

/// Routes of lists that leave as files.
pub trait Leaves: Sized {
    /// A list at its address with `.xlsx` and `.csv`.
    #[must_use]
    fn ledger<L: Ledger>(self, list: impl Into<&'static str>, act: Act) -> Self;

    /// The same of a list that holds personal data: a workbook, on a reason.
    #[must_use]
    fn ledger_on_reason<L: Ledger + Personal>(
        self,
        list: impl Into<&'static str>,
        act: Act,
    ) -> Self;

    /// The tables of a page, as they are drawn.
    #[must_use]
    fn tables<V: Tabled + 'static>(self, list: impl Into<&'static str>, act: Act) -> Self;

    /// Tables that are made for the file alone.
    #[must_use]
    fn made<M: Made>(self, list: impl Into<&'static str>, act: Act) -> Self;
}

impl Leaves for Routes {
    fn ledger<L: Ledger>(self, list: impl Into<&'static str>, act: Act) -> Self {
        let list = list.into();
        self.leaving(leaf((list, "xlsx"), L::NAME, act), xlsx::<L>)
            .leaving(leaf((list, "csv"), L::NAME, act), csv::<L>)
    }

    fn ledger_on_reason<L: Ledger + Personal>(
        self,
        list: impl Into<&'static str>,
        act: Act,
    ) -> Self {
        let list = list.into();
        self.leaving(leaf((list, "xlsx"), L::NAME, act), on_reason::<L>)
            .post(
                crate::web::routes::ended(list, "xlsx"),
                L::TAKE,
                lending::take::<L>,
            )
    }

    fn tables<V: Tabled + 'static>(self, list: impl Into<&'static str>, act: Act) -> Self {
        let list = list.into();
        self.leaving(leaf((list, "xlsx"), V::NAME, act), tables::xlsx::<V>)
            .leaving(leaf((list, "csv"), V::NAME, act), tables::csv::<V>)
    }

    fn made<M: Made>(self, list: impl Into<&'static str>, act: Act) -> Self {
        let list = list.into();
        self.leaving(leaf((list, "xlsx"), M::NAME, act), tables::made_xlsx::<M>)
            .leaving(leaf((list, "csv"), M::NAME, act), tables::made_csv::<M>)
    }
}

fn leaf((list, ending): (&'static str, &'static str), name: &'static str, act: Act) -> Leaf {
    Leaf {
        list,
        ending,
        name,
        act,
    }
}

async fn xlsx<L: Ledger>(State(app): State<App>, allowed: Allowed) -> Answer {
    pieces::leave::<L>(&app, &allowed, Ending::Xlsx).await
}

async fn csv<L: Ledger>(State(app): State<App>, allowed: Allowed) -> Answer {
    pieces::leave::<L>(&app, &allowed, Ending::Csv).await
}

async fn on_reason<L: Ledger + Personal>(State(app): State<App>, allowed: Allowed) -> Answer {
    match lending::asked::<L>(&app, &allowed).await? {
        Some(page) => Ok(page),
        None => pieces::leave::<L>(&app, &allowed, Ending::Xlsx).await,
    }
}
