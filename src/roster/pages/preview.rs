//! 试算: the whole district's list as it would come out if it were published now.

use askama::Template;
use chrono::NaiveDate;

use crate::database::{Db, Explain as _};
use crate::paths;
use crate::roster::acts::{bound, ratio};
use crate::roster::rules::{self, Candidate, State};
use crate::roster::store::{self, UnitRow, district, publications};
use crate::web::list::ROWS;
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Error, Form, Look, View};

/// The page.
#[derive(Template)]
#[template(path = "roster/preview.html")]
pub struct PreviewPage {
    page: Page,
    rows: Table,
    share: String,
    /// A list is published already: the half does not bind (FD-1).
    later: bool,
    total: rules::Arithmetic,
    would_list: usize,
    names: Vec<String>,
    problems: Vec<String>,
}

struct Row {
    unit: i64,
    name: String,
    sum: rules::Arithmetic,
    undecided: i64,
    state: &'static str,
    would_list: usize,
}

const COLUMNS: &[Column<Row>] = &[
    table::words("单位", |row: &Row| {
        Cell::link(paths::roster::RECOMMENDATIONS.at(row.unit), &row.name)
    })
    .head(),
    table::figures("在管", |row: &Row| row.sum.base.into()),
    table::figures("应报", |row: &Row| row.sum.required.into()),
    table::figures("必报", |row: &Row| row.sum.mandatory.into()),
    table::figures("已推荐", |row: &Row| row.sum.chosen.into()),
    table::figures("还差", |row: &Row| row.sum.shortfall.into()),
    table::figures("待定", |row: &Row| row.undecided.into()),
    table::words("状态", |row: &Row| row.state.into()),
    table::figures("将列入", |row: &Row| row.would_list.into()),
];

impl View for PreviewPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, scheme) = (look.db, &look.app.scheme);
        let parameters = &scheme.campaign.parameters;
        let units = every_unit(db, parameters.issue_date).await?;
        let all = district::candidates(db, parameters).await?;
        let bound = bound(db, scheme).await?;
        let due = publications::due(db, (parameters, bound)).await?;
        let (mut rows, mut problems) = (Vec::new(), Vec::new());
        for unit in units {
            let own = all.iter().filter(|(of, _)| *of == unit.id);
            let candidates: Vec<Candidate> = own.map(|(_, own)| own.clone()).collect();
            if unit.state != Some(State::Published)
                && unit.unlisted > 0
                && let Err(refusal) = bound.may_submit(&candidates, false)
            {
                problems.push(format!("{}：{}", unit.name, refusal.explain()));
            }
            rows.push(Row {
                unit: unit.id,
                sum: bound.arithmetic(&candidates),
                undecided: unit.undecided,
                state: match unit.missing() {
                    Some(missing) if candidates.is_empty() => missing.label(),
                    None if candidates.is_empty() => "零报告",
                    _ => unit.state.unwrap_or(State::Draft).label(),
                },
                would_list: due.iter().filter(|each| each.department == unit.id).count(),
                name: unit.name,
            });
        }
        let total =
            |read: fn(&rules::Arithmetic) -> i64| rows.iter().map(|row| read(&row.sum)).sum();
        Ok(Self {
            page: look.allowed.page("名单试算"),
            total: rules::Arithmetic {
                base: total(|sum| sum.base),
                required: total(|sum| sum.required),
                mandatory: total(|sum| sum.mandatory),
                chosen: total(|sum| sum.chosen),
                shortfall: total(|sum| sum.shortfall),
                free: total(|sum| sum.free),
            },
            would_list: due.len(),
            share: rules::fraction(ratio(scheme)),
            later: bound.is_later(),
            rows: Table::of("各单位试算", look.allowed.actor(), COLUMNS, &rows).scrolled(),
            names: due.into_iter().map(|each| each.name).collect(),
            problems,
        })
    }
}

/// All units, page by page.
async fn every_unit(db: &mut Db, issued: NaiveDate) -> Result<Vec<UnitRow>, sqlx::Error> {
    let mut all: Vec<UnitRow> = Vec::new();
    let page = usize::try_from(ROWS).unwrap_or(usize::MAX);
    loop {
        let after = all.last().map_or(0, |unit| unit.id);
        let next = store::units(db, (issued, after)).await?;
        let whole = next.len() <= page;
        all.extend(next);
        if whole {
            return Ok(all);
        }
    }
}
