//! Lists that leave as files: with the filters of the page, from the same described columns,
//! for the same people. A file is written whole before it is sent (`spool`), so that whoever
//! takes it slowly holds no connection; two are made at a time (`web::leaving`).

mod ledger;
mod pieces;
mod spool;
mod tables;

use axum::extract::State;

use crate::access::Act;
use crate::web::leaving::Leaf;
use crate::web::{Allowed, Answer, App, Error, Look, Routes};

use ledger::Whole;
use tables::Drawn;

use super::lending::{self, Personal};

pub use ledger::{Ledger, Official, SLICE};
pub use pieces::{Ending, Piece, Pieces, notes};
pub use tables::{Tabled, sheet};

/// Tables that are made for a file.
pub trait Made: Send + 'static {
    /// What the file is called.
    const NAME: &'static str;

    /// What stands in it, where no page says so.
    const ABOUT: &'static str = "";

    /// Hands its sheets and rows on, and ends with the filters in force, in words.
    fn make(
        look: Look<'_>,
        pieces: &Pieces,
    ) -> impl Future<Output = Result<Vec<String>, Error>> + Send;
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
        self.made::<Whole<L>>(list, act)
    }

    fn ledger_on_reason<L: Ledger + Personal>(
        self,
        list: impl Into<&'static str>,
        act: Act,
    ) -> Self {
        let list = list.into();
        self.leaving(
            leaf((list, "xlsx"), (L::NAME, L::ABOUT), act),
            on_reason::<L>,
        )
        .post(
            crate::web::routes::ended(list, "xlsx"),
            L::TAKE,
            lending::take::<L>,
        )
    }

    fn tables<V: Tabled + 'static>(self, list: impl Into<&'static str>, act: Act) -> Self {
        self.made::<Drawn<V>>(list, act)
    }

    fn made<M: Made>(self, list: impl Into<&'static str>, act: Act) -> Self {
        let list = list.into();
        self.leaving(leaf((list, "xlsx"), (M::NAME, M::ABOUT), act), xlsx::<M>)
            .leaving(leaf((list, "csv"), (M::NAME, M::ABOUT), act), csv::<M>)
    }
}

fn leaf(
    (list, ending): (&'static str, &'static str),
    (name, about): (&'static str, &'static str),
    act: Act,
) -> Leaf {
    Leaf {
        list,
        ending,
        name,
        about,
        act,
    }
}

async fn xlsx<M: Made>(State(app): State<App>, allowed: Allowed) -> Answer {
    pieces::leave::<M>(&app, &allowed, Ending::Xlsx).await
}

async fn csv<M: Made>(State(app): State<App>, allowed: Allowed) -> Answer {
    pieces::leave::<M>(&app, &allowed, Ending::Csv).await
}

async fn on_reason<L: Ledger + Personal>(State(app): State<App>, allowed: Allowed) -> Answer {
    match lending::asked::<L>(&app, &allowed).await? {
        Some(page) => Ok(page),
        None => pieces::leave::<Whole<L>>(&app, &allowed, Ending::Xlsx).await,
    }
}
