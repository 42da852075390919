//! Items of the checklist with their deadlines, as the dashboards list them.

use chrono::NaiveDate;

use crate::access::Case as _;
use crate::dashboard::store::DueItem;
use crate::database::Db;
use crate::paths;
use crate::progress::rules::Item;
use crate::registry::names;
use crate::web::hands::{self, Asked, Hand};
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, App, Error};
use crate::words::Mark;
use crate::words::mark::days;

/// An item with its deadline.
pub(super) struct Late {
    /// None: figures, not the rows behind them (TC-71).
    pub(super) href: Option<String>,
    pub(super) association: String,
    pub(super) unit: String,
    pub(super) item: String,
    pub(super) deadline: NaiveDate,
    /// Days overdue; below zero, days left.
    pub(super) days: i64,
    id: i64,
}

/// Who has each of these items, in one statement.
pub(super) async fn held(
    db: &mut Db,
    look: (&App, &Allowed),
    items: &[Late],
) -> Result<Vec<Option<Hand>>, Error> {
    let ids: Vec<i64> = items.iter().map(|item| item.id).collect();
    let hands = hands::listed(db, look, Asked::Items(&ids)).await?;
    Ok(ids.iter().map(|id| hands.of(Item::KIND, *id)).collect())
}

/// An item that opens where the person may see it.
pub(super) fn named(item: &Late) -> Cell {
    match &item.href {
        Some(href) => Cell::said_after(href, &item.item, format!("：{}", item.association)),
        None => Cell::plain(&item.item),
    }
}

/// Items with their deadlines.
pub(super) const ITEMS: &[Column<Late>] = &[
    table::words("事项", named).head(),
    table::words("协会", |item: &Late| Cell::plain(&item.association)),
    table::short("单位", |item: &Late| Cell::plain(&item.unit)),
    table::short("时限", |item: &Late| item.deadline.into()),
    table::short("状态", |item: &Late| {
        Cell::Mark(Mark::of_days(item.days, 0), days(item.days))
    }),
];

/// How many a short list has: that it was cut at `most` is said, never a number that is not.
pub(super) fn counted(table: &Table, most: i64) -> String {
    if table.len() >= usize::try_from(most).unwrap_or(usize::MAX) {
        format!("{most}项以上")
    } else {
        table.len().to_string()
    }
}

/// An item as the dashboards name it.
pub(super) fn late(app: &App, item: DueItem, opens: bool) -> Late {
    Late {
        href: opens.then(|| paths::progress::ITEM.at(item.association, item.id)),
        item: app.scheme.measure(&item.measure).map_or_else(
            || item.measure.clone(),
            |measure| format!("{} {}", item.measure, measure.text),
        ),
        association: names::short(&item.name, &app.scheme.campaign.region_name).to_owned(),
        unit: item.department,
        id: item.id,
        days: (app.clock.today() - item.deadline).num_days(),
        deadline: item.deadline,
    }
}
