//! 试算: the whole district's list as it would come out if it were published now.

use askama::Template;
use chrono::NaiveDate;

use crate::database::{Db, Explain as _};
use crate::paths;
use crate::roster::acts::ratio;
use crate::roster::rules::{self, Candidate, State, arithmetic};
use crate::roster::store::{self, UnitRow, district};
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
    table::figures("现主管数", |row: &Row| row.sum.base.into()),
    table::figures("R", |row: &Row| row.sum.required.into()),
    table::figures("M", |row: &Row| row.sum.mandatory.into()),
    table::figures("L", |row: &Row| row.sum.chosen.into()),
    table::figures("差额", |row: &Row| row.sum.shortfall.into()),
    table::figures("待定", |row: &Row| row.undecided.into()),
    table::words("状态", |row: &Row| row.state.into()),
    table::figures("将列入", |row: &Row| row.would_list.into()),
];

impl View for PreviewPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, scheme) = (look.db, &look.app.scheme);
        let (parameters, ratio) = (&scheme.campaign.parameters, ratio(scheme));
        let units = every_unit(db, parameters.issue_date).await?;
        let all = district::candidates(db, parameters).await?;
        let (mut rows, mut names, mut problems) = (Vec::new(), Vec::new(), Vec::new());
        for unit in units {
            let own: Vec<&district::Decided> =
                all.iter().filter(|each| each.unit == unit.id).collect();
            let candidates: Vec<Candidate> =
                own.iter().map(|each| each.candidate.clone()).collect();
            if unit.state != Some(State::Published)
                && !candidates.is_empty()
                && let Err(refusal) = rules::may_submit(&candidates, ratio, false)
            {
                problems.push(format!("{}：{}", unit.name, refusal.explain()));
            }
            let listed: Vec<&&district::Decided> =
                own.iter().filter(|each| each.accepted).collect();
            names.extend(listed.iter().map(|each| each.candidate.name.clone()));
            rows.push(Row {
                unit: unit.id,
                sum: arithmetic(&candidates, ratio),
                undecided: unit.undecided,
                state: match unit.missing() {
                    Some(missing) if candidates.is_empty() => missing.label(),
                    None if candidates.is_empty() => "零报告",
                    _ => unit.state.unwrap_or(State::Draft).label(),
                },
                would_list: listed.len(),
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
            would_list: names.len(),
            rows: Table::of("各单位试算", look.allowed.actor(), COLUMNS, &rows).scrolled(),
            names,
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
        let next = store::units(db, issued, after).await?;
        let whole = next.len() <= page;
        all.extend(next);
        if whole {
            return Ok(all);
        }
    }
}
