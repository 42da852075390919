//! An association's major activities.

use askama::Template;

use crate::access::{Act, Case as _};
use crate::activities::store::{self, Activity};
use crate::documents::leaving::Tabled;
use crate::paths;
use crate::registry::store::{self as registry, Brief};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Error, Form, Look, View};

/// The list.
#[derive(Template)]
#[template(path = "activities/list.html")]
pub struct ListPage {
    page: Page,
    association: Brief,
    rows: Table,
    may_add: bool,
}

const COLUMNS: &[Column<Activity>] = &[
    table::words("活动内容", |activity: &Activity| {
        let address = paths::activities::ACTIVITY.at(activity.association, activity.id);
        Cell::link(address, &activity.title)
    })
    .head(),
    table::words("类别", |activity: &Activity| activity.kind.label().into()),
    table::short("活动日期", |activity: &Activity| {
        activity.held_on.into()
    }),
    table::figures("涉及金额", |activity: &Activity| {
        Cell::money(activity.amount_cents)
    })
    .unit("万元"),
    table::words("状态", |activity: &Activity| Cell::mark(activity.state)),
    table::words("结果", |activity: &Activity| (&activity.result).into()),
];

impl Tabled for ListPage {
    const NAME: &'static str = "重大业务活动";

    fn tables(self) -> Vec<Table> {
        vec![self.rows]
    }
}

impl View for ListPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let id = allowed.association()?;
        let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
        let rows = store::activities(db, id).await?;
        let around = allowed.around();
        let held = rows.iter().map(|row| around.of(Activity::KIND, row.id));
        Ok(Self {
            page: allowed.page("重大业务活动"),
            association,
            may_add: allowed.may(Act::ActivitySave),
            rows: Table::of("重大业务活动", allowed.actor(), COLUMNS, &rows)
                .held(held)
                .scrolled(),
        })
    }
}
