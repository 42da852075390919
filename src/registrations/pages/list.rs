//! What civil affairs registered and filed for an association.

use askama::Template;

use crate::access::Act;
use crate::documents::leaving::Tabled;
use crate::paths::registrations as paths;
use crate::registrations::rules::{Kind, Registration};
use crate::registrations::store;
use crate::scheme::Choice;
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Error, Form, Look, View};
use crate::words::Mark;

/// The list.
#[derive(Template)]
#[template(path = "registrations/list.html")]
pub struct ListPage {
    page: Page,
    rows: Table,
    /// The kinds that this person may enter: address and name.
    offered: Vec<Choice>,
}

/// An entry, and whether it was applied for after its period.
struct Row {
    entry: Registration,
    late: bool,
}

const COLUMNS: &[Column<Row>] = &[
    table::words("登记或备案", |row: &Row| {
        let address = paths::REGISTRATION.at(row.entry.association, row.entry.id);
        Cell::link(address, row.entry.kind.label())
    })
    .head(),
    table::short("会议日期", |row: &Row| {
        row.entry.application.met_on.into()
    }),
    table::short("申请日期", |row: &Row| {
        let day = Cell::plain(row.entry.application.applied_on.to_string());
        if row.late {
            [day, Cell::Mark(Mark::Late, "超过法定时限".to_owned())].into()
        } else {
            day
        }
    }),
    table::short("状态", |row: &Row| Cell::mark(row.entry.state)),
    table::short("结果日期", |row: &Row| {
        let outcome = row.entry.outcome.as_ref();
        outcome.map(|outcome| outcome.decided_on).into()
    }),
    table::words("证书或文书编号", |row: &Row| {
        let outcome = row.entry.outcome.as_ref();
        let document = outcome.and_then(|outcome| outcome.document.as_ref());
        document.map_or(Cell::Empty, Cell::plain)
    }),
    table::words("业务主管单位栏", |row: &Row| {
        let outcome = row.entry.outcome.as_ref();
        let column = outcome.and_then(|outcome| outcome.column);
        column.map_or(Cell::Empty, |says| Cell::plain(says.label()))
    }),
];

impl Tabled for ListPage {
    const NAME: &'static str = "登记和备案";

    fn tables(self) -> Vec<Table> {
        vec![self.rows]
    }
}

impl View for ListPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let id = allowed.association()?;
        let entries = store::entries(db, id).await?.into_iter();
        let campaign = &look.app.scheme.campaign;
        let rows: Vec<Row> = entries
            .map(|entry| Row {
                late: entry.late(campaign).is_some(),
                entry,
            })
            .collect();
        let offered = Kind::ALL.into_iter().map(|kind| Choice {
            value: paths::NEW_REGISTRATION.at(id, kind.key()),
            label: kind.label().to_owned(),
        });
        let may_enter = allowed.may(Act::RegistrationEnter);
        Ok(Self {
            page: allowed.page("登记和备案"),
            offered: offered.filter(|_| may_enter).collect(),
            rows: Table::of("登记和备案", allowed.actor(), COLUMNS, &rows).scrolled(),
        })
    }
}
