//! The completion table on a page.

use askama::Template;

use crate::access::Scope;
use crate::closing::rules::{Completion, Facts};
use crate::closing::store;
use crate::web::list::Pager;
use crate::web::page::Page;
use crate::web::table::{Shown, Table};
use crate::web::{Error, Form, Look, View};

use super::columns::COLUMNS;
use super::file::{OPEN_ITEMS, open, title};

/// Rows of a page: each is read across more than thirty columns.
const ROWS: i64 = 20;

/// The page.
#[derive(Template)]
#[template(path = "closing/completion.html")]
pub struct CompletionPage {
    page: Page,
    /// The form's name.
    title: String,
    rows: Table,
    pager: Pager,
    /// All rows are one unit's.
    of_unit: bool,
}

impl View for CompletionPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let (scheme, today) = (&app.scheme, app.clock.today());
        let scope = Scope::of(allowed.actor());
        let total = store::count(db, &scope).await?;
        let skipped = Pager::skipped(allowed.query(), total, ROWS);
        let found = store::page(db, (&scope, scheme), (skipped, ROWS)).await?;
        let shown = Shown::to(allowed.actor(), COLUMNS);
        let heads = shown.heads();
        let long = heads.iter().position(|head| head.label == OPEN_ITEMS);
        let cells = |(number, facts): (i64, &Facts)| {
            let mut cells = shown.cells(number, &Completion::of(facts, scheme, today));
            if let Some(cell) = long.and_then(|at| cells.get_mut(at)) {
                *cell = open(&cell.text()).into();
            }
            cells
        };
        let title = title(scheme);
        let rows = Table {
            caption: title.clone(),
            heads,
            rows: (skipped + 1..).zip(&found).map(cells).collect(),
            stacked: false,
        };
        Ok(Self {
            page: allowed.page("完成情况表"),
            title,
            rows,
            pager: Pager {
                total: format!("共{total}个协会"),
                ..Pager::sized(allowed.query(), total, ROWS)
            },
            of_unit: allowed.actor().role().is_unit(),
        })
    }
}
