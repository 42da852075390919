//! 按期办理情况: each clock with its owner (FD-3).

use askama::Template;

use crate::documents::leaving::Tabled;
use crate::figures::arithmetic;
use crate::timeline::rules::punctuality::{self, Owner, Tally};
use crate::timeline::store::punctuality as store;
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Error, Form, Look, View};
use crate::words::Mark;

/// The page.
#[derive(Template)]
#[template(path = "timeline/punctuality.html")]
pub struct PunctualityPage {
    page: Page,
    rows: Table,
    none: bool,
}

struct Row {
    owner: Owner,
    who: String,
    days: Option<i64>,
    tally: Tally,
}

const COLUMNS: &[Column<Row>] = &[
    table::words("责任方", |row: &Row| Cell::plain(&row.who)).head(),
    table::words("办理内容", |row: &Row| row.owner.label().into()),
    table::short("时限", |row: &Row| match row.days {
        Some(days) => Cell::plain(format!("{days}个工作日")),
        None => "各事项时限".into(),
    }),
    table::figures("已办结", |row: &Row| row.tally.done.into()),
    table::figures("按期", |row: &Row| row.tally.in_time().into()),
    table::figures(Mark::DoneLate.label(), |row: &Row| row.tally.late.into()),
    table::figures("在办", |row: &Row| row.tally.open.into()),
    table::figures("在办已逾期", |row: &Row| row.tally.overdue.into()),
    table::figures("按期率", |row: &Row| match row.tally.owed() {
        0 => "—".into(),
        owed => Cell::plain(arithmetic::percent(row.tally.in_time(), owed)),
    }),
];

impl Tabled for PunctualityPage {
    const NAME: &'static str = "按期办理情况";

    fn tables(self) -> Vec<Table> {
        vec![self.rows]
    }
}

impl View for PunctualityPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let (campaign, today) = (&app.scheme.campaign, app.clock.today());
        let mut tallies = store::of_units(db, today).await?;
        let spans = store::spans(db, &app.scheme).await?;
        tallies.extend(punctuality::tallies(campaign, &spans, today));
        let rows = tallies.into_iter().map(|((owner, who), tally)| Row {
            days: punctuality::days(campaign, owner),
            owner,
            who,
            tally,
        });
        let rows: Vec<Row> = rows.collect();
        Ok(Self {
            page: allowed.page("按期办理情况"),
            none: rows.is_empty(),
            rows: Table::of("按期办理情况", allowed.actor(), COLUMNS, &rows).scrolled(),
        })
    }
}
