//! Fiscal funds used in the process (AU-3): appropriations of the two years, purchase
//! contracts, resettlement, by association.

use askama::Template;

use crate::documents::leaving::Tabled;
use crate::oversight::store::funds::{Fund, funds};
use crate::paths;
use crate::web::list::Query;
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Error, Form, Look, View};

const COLUMNS: &[Column<Fund>] = &[
    table::words("协会", |row: &Fund| {
        Cell::link(paths::holdings::ASSETS.at(row.association), &row.name)
    })
    .head(),
    table::words("业务主管单位", |row: &Fund| (&row.unit).into()).stacked_as("主管单位"),
    table::figures("上一年度拨款", |row: &Fund| {
        Cell::money(Some(row.before))
    })
    .unit("万元"),
    table::figures("本年度拨款", |row: &Fund| Cell::money(Some(row.year))).unit("万元"),
    table::figures("其中人员安置", |row: &Fund| {
        Cell::money(Some(row.settled))
    })
    .unit("万元"),
    table::figures("购买服务合同", |row: &Fund| {
        Cell::money(Some(row.bought))
    })
    .unit("万元"),
    table::figures("未处理异常", |row: &Fund| row.anomalies.into()),
];

/// The page.
#[derive(Template)]
#[template(path = "oversight/funds.html")]
pub struct FundsPage {
    page: Page,
    years: String,
    rows: Table,
    next: Option<String>,
}

impl Tabled for FundsPage {
    const NAME: &'static str = "财政资金使用情况";

    fn tables(self) -> Vec<Table> {
        vec![self.rows]
    }

    fn next(&self) -> Option<String> {
        self.next.clone()
    }
}

/// After which association the page begins.
fn after(query: &Query) -> Result<i64, Error> {
    let asked = query.get("after").map(str::parse);
    asked
        .unwrap_or(Ok(0))
        .map_err(|_| Error::Malformed("查询条件无法识别。"))
}

impl View for FundsPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let query = allowed.query();
        let years = &app.scheme.campaign.parameters.appropriation_years;
        let (before, year) = match years.as_slice() {
            [.., before, year] => (*before, *year),
            [year] => (*year, *year),
            [] => (0, 0),
        };
        let found = funds(db, (before, year), after(query)?).await?;
        let full =
            found.len() == usize::try_from(crate::oversight::store::funds::ROWS).unwrap_or(0);
        let last = found
            .last()
            .filter(|_| full)
            .map(|row| row.association.to_string());
        Ok(Self {
            page: allowed.page("财政资金使用情况"),
            years: format!("{before}年、{year}年"),
            rows: Table::of("财政资金使用情况", allowed.actor(), COLUMNS, &found),
            next: last.map(|last| query.with("after", Some(&last))),
        })
    }
}
