//! What the audit found in an association.

use askama::Template;

use crate::access::Act;
use crate::documents::leaving::Tabled;
use crate::findings::rules::Finding;
use crate::findings::store;
use crate::paths::findings as paths;
use crate::registry::store::{self as registry, Brief};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Error, Form, Look, View};

/// The list.
#[derive(Template)]
#[template(path = "findings/list.html")]
pub struct ListPage {
    page: Page,
    association: Brief,
    rows: Table,
    may_enter: bool,
}

const COLUMNS: &[Column<Finding>] = &[
    table::words("审计问题", |finding: &Finding| {
        let address = paths::FINDING.at(finding.association, finding.id);
        Cell::link(address, &finding.entry.summary)
    })
    .head(),
    table::short("类型", |finding: &Finding| {
        finding.entry.kind.label().into()
    }),
    table::short("级别", |finding: &Finding| {
        finding.entry.level.label().into()
    }),
    table::figures("涉及金额", |finding: &Finding| {
        Cell::money(finding.entry.amount_cents)
    })
    .unit("万元"),
    table::short("发现日期", |finding: &Finding| {
        finding.entry.found_on.into()
    }),
    table::short("整改期限", |finding: &Finding| {
        finding.entry.due_on.into()
    }),
    table::short("状态", |finding: &Finding| Cell::mark(finding.state)),
    table::short("整改完成", |finding: &Finding| {
        finding.mended.as_ref().map(|mended| mended.on).into()
    }),
];

impl Tabled for ListPage {
    const NAME: &'static str = "审计抽查问题";

    fn tables(self) -> Vec<Table> {
        vec![self.rows]
    }
}

impl View for ListPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let id = allowed.association()?;
        let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
        let findings = store::findings(db, id).await?;
        Ok(Self {
            page: allowed.page("审计抽查问题"),
            may_enter: allowed.may(Act::FindingEnter),
            rows: Table::of("审计抽查问题", allowed.actor(), COLUMNS, &findings).scrolled(),
            association,
        })
    }
}
