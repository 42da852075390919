//! 购买服务清单 (EX-13): the services that approved plans list (PL-7).

use crate::database::Db;
use crate::documents::leaving::Ledger;
use crate::holdings::rules::Register;
use crate::holdings::rules::book::Book;
use crate::holdings::store::ledgers::Owner;
use crate::scheme::Row;
use crate::web::table::{self, Cell, Column};
use crate::web::{Error, Look};

use super::Walk;

/// The services.
pub struct Purchases(Walk<Purchase>);

/// One of them.
pub struct Purchase {
    association: String,
    service: String,
    content: String,
    buyer: String,
    /// In cents.
    budget: Option<i64>,
    source: String,
    manner: String,
    period: String,
    catalogue: String,
}

fn read(owner: &Owner, book: &Book<'_>) -> Vec<Purchase> {
    let rows = book.rows(Register::Purchase).into_iter();
    let purchase = |row: Row<'_>| {
        let text = |name: &str| row.text(name).unwrap_or_default().to_owned();
        Purchase {
            association: owner.name.clone(),
            service: text("service"),
            content: text("content"),
            buyer: text("buyer"),
            budget: row.number("budget"),
            source: text("source"),
            manner: text("manner"),
            period: text("period"),
            catalogue: text("catalogue"),
        }
    };
    rows.map(purchase).collect()
}

impl Ledger for Purchases {
    type Row = Purchase;

    const NAME: &'static str = "购买服务清单";
    const ABOUT: &'static str = "批复的实施方案列入的购买服务：事项、主体、预算、方式和期限。";

    const COLUMNS: &'static [Column<Purchase>] = &[
        table::serial(),
        table::words("协会", |row: &Purchase| (&row.association).into()).wide(30),
        table::words("服务事项", |row: &Purchase| (&row.service).into()).head(),
        table::words("内容与数量", |row: &Purchase| (&row.content).into()).wide(36),
        table::words("购买主体", |row: &Purchase| (&row.buyer).into()).wide(22),
        table::figures("预算金额", |row: &Purchase| Cell::money(row.budget)).unit("万元"),
        table::words("资金来源", |row: &Purchase| (&row.source).into()).wide(16),
        table::words("方式", |row: &Purchase| (&row.manner).into()).wide(14),
        table::words("期限", |row: &Purchase| (&row.period).into()).wide(14),
        table::code("指导目录编码", |row: &Purchase| {
            (&row.catalogue).into()
        }),
    ];

    async fn open(look: Look<'_>) -> Result<Self, Error> {
        Walk::open(look, false, read).await.map(Self)
    }

    async fn next(&mut self, db: &mut Db) -> Result<Vec<Purchase>, Error> {
        self.0.next(db).await
    }

    fn filters(&self) -> Vec<String> {
        self.0.filters()
    }

    fn lines(&self) -> Vec<String> {
        vec!["所列为已经批复的实施方案列入的购买服务。".to_owned()]
    }
}
