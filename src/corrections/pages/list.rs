//! The requests that wait for an answer of this person's department.

use askama::Template;

use crate::access::Case as _;
use crate::corrections::store::{self, Correction, Waiting};
use crate::documents::leaving::Tabled;
use crate::web::hands::{self, Asked};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Error, Form, Look, View};

const COLUMNS: &[Column<Waiting>] = &[
    table::words("协会或单位", |row: &Waiting| {
        Cell::link(row.of().address(), &row.name)
    })
    .head(),
    table::words("业务主管单位", |row: &Waiting| {
        (&row.unit_name).into()
    })
    .stacked_as("主管单位"),
    table::words("更正内容", |row: &Waiting| match &row.measure {
        Some(measure) => format!("{}{measure}", row.kind.label()).into(),
        None => row.kind.label().into(),
    }),
    table::words("理由", |row: &Waiting| Cell::plain(&row.reason)),
    table::short("申请日期", |row: &Waiting| row.asked_on.into()),
];

/// The list.
#[derive(Template)]
#[template(path = "corrections/list.html")]
pub struct ListPage {
    page: Page,
    rows: Table,
}

impl Tabled for ListPage {
    const NAME: &'static str = "待答复的更正申请";

    fn tables(self) -> Vec<Table> {
        vec![self.rows]
    }
}

impl View for ListPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let actor = look.allowed.actor();
        let code = actor.role().code();
        let scheme = &look.app.scheme;
        let measures = scheme.measures.measures.iter();
        let own = measures.filter(|measure| measure.verify.iter().any(|each| each == code));
        let own: Vec<String> = own.map(|measure| measure.code().to_owned()).collect();
        let own = (!actor.role().is_office()).then_some(own.as_slice());
        let mut waiting = store::waiting(look.db, own).await?;
        for row in &mut waiting {
            row.measure = row.measure.take().map(|code| scheme.spelled(&code));
        }
        let ids: Vec<i64> = waiting.iter().map(|row| row.id).collect();
        let asked = Asked::Cases(&[Correction::KIND], &ids);
        let hands = hands::listed(look.db, (look.app, look.allowed), asked).await?;
        let held = waiting.iter().map(|row| hands.of(Correction::KIND, row.id));
        Ok(Self {
            page: look.allowed.page("更正申请"),
            rows: Table::of("待答复的更正申请", actor, COLUMNS, &waiting).held(held),
        })
    }
}
