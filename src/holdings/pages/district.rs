//! 资产财务统计 (DB-8): every number opens its rows.

use askama::Template;

use crate::access::{Case as _, Scope};
use crate::database::Db;
use crate::holdings::rules::book::Entry;
use crate::holdings::rules::figures::{Counted, counted};
use crate::holdings::rules::standing::Standing;
use crate::holdings::store::{self, Holder};
use crate::paths;
use crate::web::hands::{self, Asked};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, App, Error, Form, Look, View};

use super::href;
use super::sheets::of_entries;
use super::tables::{Figures, Table as FigureTable, tables};

/// The figures.
#[derive(Template)]
#[template(path = "holdings/district.html")]
pub struct DistrictPage {
    page: Page,
    tables: Vec<FigureTable>,
}

/// The rows behind one number.
#[derive(Template)]
#[template(path = "holdings/figure.html")]
pub struct FigurePage {
    page: Page,
    title: String,
    sum: String,
    sub: String,
    rows: Table,
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
        Cell::Tag(row.standing.tag, row.standing.words.clone())
    }),
];

async fn gather(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
) -> Result<(Figures, Vec<(Holder, Vec<Counted>)>), Error> {
    let scope = Scope::of(allowed.actor());
    let mut figures = Figures::new();
    let mut all = Vec::new();
    for holder in store::holders(db, &scope).await? {
        let rows = counted(&holder.source.book(&app.scheme));
        for (figure, value) in rows.iter().flat_map(|row| &row.figures) {
            let sum = figures.entry(figure.clone()).or_default();
            sum.rows += 1;
            sum.sum += value;
            sum.associations.insert(holder.id);
        }
        all.push((holder, rows));
    }
    Ok((figures, all))
}

impl View for DistrictPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (figures, _) = gather(look.db, look.app, look.allowed).await?;
        Ok(Self {
            page: look.allowed.page("资产财务统计"),
            tables: tables(&figures),
        })
    }
}

impl View for FigurePage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let wanted = allowed.param("figure")?;
        let (figures, all) = gather(db, app, allowed).await?;
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
        let rows: Vec<FigureRow> = all
            .iter()
            .flat_map(|(holder, rows)| rows.iter().map(move |row| (holder, row)))
            .filter(|(_, row)| row.figures.iter().any(|(figure, _)| figure == wanted))
            .map(|(holder, row)| FigureRow {
                association: holder.name.clone(),
                home: paths::registry::ASSOCIATION.at(holder.id),
                unit: holder.unit.clone(),
                label: row.label.clone(),
                href: href(holder.id, row.register, &row.key),
                standing: row.standing.clone(),
                entries: row.entries.clone(),
            })
            .collect();
        let ids: Vec<i64> = rows.iter().flat_map(|row| row.entries.clone()).collect();
        let hands = hands::listed(db, (app, allowed), Asked::Cases(&[Entry::KIND], &ids)).await?;
        let held = rows.iter().map(|row| of_entries(&hands, &row.entries));
        Ok(Self {
            page: allowed.page(title.clone()),
            sum: format!("{}{}", cell.main, unit.unwrap_or_default()),
            sub: cell.sub.clone(),
            rows: Table::of(title.clone(), allowed.actor(), COLUMNS, &rows)
                .held(held)
                .scrolled(),
            title,
        })
    }
}
