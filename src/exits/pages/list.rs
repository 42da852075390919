//! All exits within reach.

use askama::Template;

use crate::access::{Case as _, Scope as Reach};
use crate::documents::leaving::Tabled;
use crate::exits::store::{self, Exit, Listed};
use crate::paths;
use crate::web::hands::{self, Asked};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Error, Form, Look, View};

const COLUMNS: &[Column<Listed>] = &[
    table::words("协会", |exit: &Listed| {
        Cell::link(paths::exits::EXIT.at(exit.association), &exit.name)
    })
    .head(),
    table::words("业务主管单位", |exit: &Listed| (&exit.unit).into()).stacked_as("主管单位"),
    table::words("方式", |exit: &Listed| match &exit.survivor {
        Some(survivor) => format!("{}，并入{survivor}", exit.kind.label()).into(),
        None => exit.kind.label().into(),
    }),
    table::words("状态", |exit: &Listed| Cell::mark(exit.state)),
    table::short("报送日期", |exit: &Listed| exit.proposed_on.into()),
    table::short("决定文书", |exit: &Listed| {
        (&exit.decision_number).into()
    }),
    table::short("退出日期", |exit: &Listed| exit.exited_on.into()),
    table::short("名单", |exit: &Listed| {
        if exit.listed {
            "在名单内"
        } else {
            "不在名单内"
        }
        .into()
    }),
];

/// The list.
#[derive(Template)]
#[template(path = "exits/list.html")]
pub struct ListPage {
    page: Page,
    rows: Table,
}

impl Tabled for ListPage {
    const NAME: &'static str = "协会退出情况";

    fn tables(self) -> Vec<Table> {
        vec![self.rows]
    }
}

impl View for ListPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let actor = allowed.actor();
        let exits = store::exits(db, Reach::of(actor)).await?;
        let ids: Vec<i64> = exits.iter().map(|exit| exit.association).collect();
        let asked = Asked::Within(&[Exit::KIND], &ids);
        let hands = hands::listed(db, (app, allowed), asked).await?;
        let held = exits
            .iter()
            .map(|exit| hands.of_association(exit.association));
        Ok(Self {
            page: allowed.page("协会退出"),
            rows: Table::of("协会退出", actor, COLUMNS, &exits).held(held),
        })
    }
}
