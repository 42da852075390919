//! 职能剥离、移交清单 (EX-12): the columns of the plan's list (PL-6) and how each function stands.
//! A function that is stripped or kept by law has no receiver: whose it was says the last column.

use chrono::NaiveDate;

use crate::database::Db;
use crate::documents::leaving::Ledger;
use crate::holdings::rules::Register;
use crate::holdings::rules::book::Book;
use crate::holdings::rules::standing;
use crate::holdings::store::ledgers::Owner;
use crate::scheme::Row;
use crate::web::table::{self, Column};
use crate::web::{Error, Look};

use super::Walk;

/// The functions.
pub struct Functions(Walk<Function>);

/// One of them.
#[derive(Default)]
pub struct Function {
    name: String,
    organ: String,
    basis: String,
    manner: String,
    receiver: String,
    /// Handed over or ended on; until then the planned day.
    on: Option<NaiveDate>,
    oversight: String,
    section: String,
    standing: String,
    association: String,
}

/// An administrative function, which ends, or is kept by a law.
fn function<'a>(book: &Book<'a>, row: &Row<'a>) -> Function {
    let text = |name: &str| row.text(name).unwrap_or_default();
    let facts = book.facts(Register::Function, row.key());
    Function {
        organ: text("department").to_owned(),
        basis: [text("basis"), text("article")].concat(),
        manner: book.choice(Register::Function.table(), "opinion", row),
        on: facts.and_then(|facts| facts.date("ended_on")),
        ..Function::default()
    }
}

/// A function that the association takes over, as planned and as it was done.
fn transfer<'a>(owner: &Owner, book: &Book<'a>, row: &Row<'a>) -> Function {
    let facts = book.facts(Register::Transfer, row.key());
    let planned = book.planned(row);
    let told = |name: &str| {
        let from_plan = planned.and_then(|planned| planned.text(name));
        from_plan.or_else(|| row.text(name)).unwrap_or_default()
    };
    let recorded = |name: &str| facts.and_then(|facts| facts.text(name));
    let oversight = match planned.and_then(|planned| planned.text("supervision")) {
        Some(planned) => planned,
        None => row.text("measures").unwrap_or_default(),
    };
    Function {
        organ: told("department").to_owned(),
        basis: told("basis").to_owned(),
        manner: book.choice(
            Register::Transfer.table(),
            "manner",
            planned.as_ref().unwrap_or(row),
        ),
        receiver: owner.name.clone(),
        on: facts
            .and_then(|facts| facts.date("handed_on"))
            .or_else(|| planned.and_then(|planned| planned.date("handover_on"))),
        oversight: match recorded("measure") {
            Some(paper) => format!("{oversight}（{paper}）"),
            None => oversight.to_owned(),
        },
        section: recorded("section")
            .unwrap_or_else(|| told("section"))
            .to_owned(),
        ..Function::default()
    }
}

fn read(owner: &Owner, book: &Book<'_>) -> Vec<Function> {
    let of = |register: Register| {
        let rows = book.rows(register).into_iter();
        rows.map(move |row| Function {
            name: book.label(register, &row),
            standing: standing::of(book, register, &row).words,
            association: owner.name.clone(),
            ..match register {
                Register::Transfer => transfer(owner, book, &row),
                _ => function(book, &row),
            }
        })
    };
    of(Register::Function)
        .chain(of(Register::Transfer))
        .collect()
}

impl Ledger for Functions {
    type Row = Function;

    const NAME: &'static str = "职能剥离、移交清单";
    const ABOUT: &'static str = "每项行政职能的剥离、依法保留或者移交情况。";

    const COLUMNS: &'static [Column<Function>] = &[
        table::serial(),
        table::words("职能名称", |row: &Function| (&row.name).into()).head(),
        table::words("原承担机关", |row: &Function| (&row.organ).into()).wide(22),
        table::words("依据", |row: &Function| (&row.basis).into()).wide(26),
        table::short("转移方式", |row: &Function| (&row.manner).into()).wide(14),
        table::words("承接协会", |row: &Function| (&row.receiver).into()).wide(30),
        table::short("移交日期", |row: &Function| row.on.into()),
        table::words("监管措施", |row: &Function| (&row.oversight).into()).wide(30),
        table::short("监管责任科室", |row: &Function| (&row.section).into()).wide(16),
        table::words("状态", |row: &Function| (&row.standing).into()).wide(22),
        table::words("所在协会", |row: &Function| (&row.association).into()).wide(30),
    ];

    async fn open(look: Look<'_>) -> Result<Self, Error> {
        Walk::open(look, false, read).await.map(Self)
    }

    async fn next(&mut self, db: &mut Db) -> Result<Vec<Function>, Error> {
        self.0.next(db).await
    }

    fn filters(&self) -> Vec<String> {
        self.0.filters()
    }

    fn lines(&self) -> Vec<String> {
        vec![
            "剥离的行政职能，移交日期为委托终止日期；移交给协会的职能尚未移交的，移交日期为方案计划的日期。".to_owned(),
        ]
    }
}
