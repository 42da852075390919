//! 资产财务统计 (DB-8): every number opens its rows.

use askama::Template;

use crate::access::{Case as _, Scope};
use crate::database::Db;
use crate::documents::leaving::Tabled;
use crate::holdings::rules::book::Entry;
use crate::holdings::rules::figures::counted;
use crate::holdings::rules::standing::Standing;
use crate::holdings::store::figures::{behind, totals, totals_by_unit};
use crate::holdings::store::sources;
use crate::paths;
use crate::web::hands::{self, Asked};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, App, Error, Form, Look, View};

use super::digest::{self, Line, UnitLine};
use super::href;
use super::sheets::of_entries;
use super::tables::{Figures, Table as FigureTable, tables};

/// The figures.
#[derive(Template)]
#[template(path = "holdings/district.html")]
pub struct DistrictPage {
    page: Page,
    lines: Vec<Line>,
    units: Vec<UnitLine>,
    tables: Vec<FigureTable>,
}

/// The rows behind one number.
#[derive(Template)]
#[template(path = "holdings/figure.html")]
pub struct FigurePage {
    page: Page,
    title: String,
    sum: String,
    total: String,
    sub: String,
    rows: Table,
    /// The first page, from a later one.
    first: Option<String>,
    /// The page after.
    next: Option<String>,
}

struct FigureRow {
    association: String,
    home: String,
    unit: String,
    label: String,
    href: String,
    standing: Standing,
    entries: Vec<i64>,
}

const COLUMNS: &[Column<FigureRow>] = &[
    table::words("协会", |row: &FigureRow| {
        Cell::link(&row.home, &row.association)
    })
    .head(),
    table::words("业务主管单位", |row: &FigureRow| (&row.unit).into()),
    table::words("事项", |row: &FigureRow| {
        Cell::link(&row.href, &row.label)
    }),
    table::words("状态", |row: &FigureRow| {
        Cell::Mark(row.standing.mark, row.standing.words.clone())
    }),
];

/// Associations whose rows stand on one page.
const PAGE: i64 = 50;

/// The unit that is asked for.
fn asked(allowed: &Allowed) -> Option<i64> {
    let unit = allowed.query().get("department");
    unit.and_then(|id| id.parse().ok())
}

/// The district's figures, or a unit's, from the counters.
async fn figures(db: &mut Db, allowed: &Allowed) -> Result<Figures, Error> {
    let unit = asked(allowed);
    let totals = totals(db, &Scope::of(allowed.actor()), unit).await?;
    let named = totals.into_iter();
    Ok(named.map(|total| (total.figure.clone(), total)).collect())
}

impl View for DistrictPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let figures = figures(look.db, look.allowed).await?;
        let lines = digest::matrix(&figures);
        let units = totals_by_unit(look.db, &Scope::of(look.allowed.actor())).await?;
        Ok(Self {
            page: look.allowed.page("资产财务统计"),
            units: digest::by_unit(&lines, units),
            lines,
            tables: tables(&figures),
        })
    }
}

/// The rows of some associations that count in a figure.
async fn rows(
    db: &mut Db,
    app: &App,
    (figure, associations): (&str, &[i64]),
) -> Result<Vec<FigureRow>, Error> {
    let mut found = Vec::new();
    for holder in sources(db, associations).await? {
        let counted = counted(&holder.source.book(&app.scheme));
        let meant = counted
            .into_iter()
            .filter(|row| row.figures.iter().any(|(name, _)| name == figure));
        found.extend(meant.map(|row| FigureRow {
            association: holder.name.clone(),
            home: paths::registry::ASSOCIATION.at(holder.id),
            unit: holder.unit.clone(),
            label: row.label,
            href: href(holder.id, row.register, &row.key),
            standing: row.standing,
            entries: row.entries,
        }));
    }
    Ok(found)
}

impl Tabled for FigurePage {
    const NAME: &'static str = "资产清查事项";

    fn tables(self) -> Vec<Table> {
        vec![self.rows]
    }

    fn next(&self) -> Option<String> {
        self.next.clone()
    }
}

impl View for FigurePage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let wanted = allowed.param("figure")?;
        let figures = figures(db, allowed).await?;
        let tables = tables(&figures);
        let found = tables.iter().find_map(|table| {
            table.rows.iter().find_map(|(name, cells)| {
                let mut cells = table.heads.iter().zip(cells);
                let (head, cell) = cells.find(|(_, cell)| cell.figure == wanted)?;
                Some((format!("{}：{name}，{head}", table.title), cell, table.note))
            })
        });
        let (title, cell, note) = found.ok_or(Error::Missing)?;
        let unit = note.trim_start_matches("单位：").split(['。', '，']).next();
        let query = allowed.query();
        let after = query.get("after").and_then(|id| id.parse().ok());
        let scope = Scope::of(allowed.actor());
        let mut ids = behind(
            db,
            (&scope, wanted),
            asked(allowed),
            (after.unwrap_or(0), PAGE + 1),
        )
        .await?;
        let more = ids.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
        ids.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        let next = ids.last().filter(|_| more).copied();
        let rows = rows(db, app, (wanted, &ids)).await?;
        let entries: Vec<i64> = rows.iter().flat_map(|row| row.entries.clone()).collect();
        let asked = Asked::Cases(&[Entry::KIND], &entries);
        let hands = hands::listed(db, (app, allowed), asked).await?;
        let held = rows.iter().map(|row| of_entries(&hands, &row.entries));
        Ok(Self {
            page: allowed.page(title.clone()),
            sum: format!("{}{}", cell.main, unit.unwrap_or_default()),
            total: cell.main.clone(),
            sub: cell.sub.clone(),
            rows: Table::of(title.clone(), allowed.actor(), COLUMNS, &rows)
                .held(held)
                .scrolled(),
            first: after.map(|_| query.without("after")),
            next: next.map(|id| query.with("after", Some(&id.to_string()))),
            title,
        })
    }
}
