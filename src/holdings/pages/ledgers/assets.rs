//! 资产清查明细表 (EX-10): the assets of the confirmed surveys, whose they are and what became
//! of them.

use chrono::NaiveDate;

use crate::database::Db;
use crate::documents::leaving::Ledger;
use crate::holdings::rules::Register;
use crate::holdings::rules::book::Book;
use crate::holdings::store::ledgers::Owner;
use crate::web::table::{self, Cell, Column};
use crate::web::{Error, Look};

use super::Walk;

/// The assets.
pub struct Assets(Walk<Asset>);

/// One of them.
pub struct Asset {
    association: String,
    category: String,
    name: String,
    quantity: Option<i64>,
    /// In cents.
    original: Option<i64>,
    /// In cents.
    net: Option<i64>,
    acquired: String,
    owner: &'static str,
    disposition: String,
    document: Option<String>,
    completed: Option<NaiveDate>,
}

fn read(owner: &Owner, book: &Book<'_>) -> Vec<Asset> {
    let table = Register::Asset.table();
    let rows = book.rows(Register::Asset);
    let asset = |row| Asset {
        association: owner.name.clone(),
        category: book.choice(table, "category", row),
        name: book.label(Register::Asset, row),
        quantity: row.number("quantity"),
        original: row.number("original"),
        net: row.number("net"),
        acquired: book.choice(table, "acquired", row),
        owner: book.owner(row),
        disposition: book.disposition(row),
        document: book
            .entry(Register::Asset, row.key())
            .and_then(|entry| entry.decision_document.clone()),
        completed: book
            .facts(Register::Completion, row.key())
            .and_then(|facts| facts.date("completed_on")),
    };
    rows.iter().map(asset).collect()
}

impl Ledger for Assets {
    type Row = Asset;

    const NAME: &'static str = "资产清查明细表";

    const COLUMNS: &'static [Column<Asset>] = &[
        table::words("协会", |row: &Asset| (&row.association).into()).wide(30),
        table::short("类别", |row: &Asset| (&row.category).into()),
        table::words("名称", |row: &Asset| (&row.name).into()).head(),
        table::figures("数量", |row: &Asset| row.quantity.into()),
        table::figures("原值", |row: &Asset| Cell::money(row.original)).unit("万元"),
        table::figures("净值", |row: &Asset| Cell::money(row.net)).unit("万元"),
        table::short("取得方式", |row: &Asset| (&row.acquired).into()),
        table::short("权属", |row: &Asset| row.owner.into()),
        table::short("处置", |row: &Asset| (&row.disposition).into()),
        table::short("批复文号", |row: &Asset| (&row.document).into()).wide(22),
        table::short("完成日期", |row: &Asset| row.completed.into()),
    ];

    async fn open(look: Look<'_>) -> Result<Self, Error> {
        Walk::open(look, false, read).await.map(Self)
    }

    async fn next(&mut self, db: &mut Db) -> Result<Vec<Asset>, Error> {
        self.0.next(db).await
    }

    fn filters(&self) -> Vec<String> {
        self.0.filters()
    }

    fn lines(&self) -> Vec<String> {
        vec![
            "所列为摸底调查已经确认、纳入脱钩范围的协会的资产；处置尚未登记的，为摸底调查的处置意见，前加“拟”字。".to_owned(),
        ]
    }
}
