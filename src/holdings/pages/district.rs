//! 资产财务统计 (DB-8): every number opens its rows.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::access::Scope;
use crate::database::Db;
use crate::holdings::rules::figures::{Counted, counted};
use crate::holdings::rules::standing::Standing;
use crate::holdings::store::{self, Holder};
use crate::paths;
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, html};

use super::href;
use super::tables::{Figures, Table, tables};

#[derive(Template)]
#[template(path = "holdings/district.html")]
struct DistrictPage {
    page: Page,
    tables: Vec<Table>,
}

#[derive(Template)]
#[template(path = "holdings/figure.html")]
struct FigurePage {
    page: Page,
    title: String,
    sum: String,
    sub: String,
    rows: Vec<FigureRow>,
}

struct FigureRow {
    association: String,
    home: String,
    unit: String,
    label: String,
    href: String,
    standing: Standing,
}

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

/// The figures.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let (figures, _) = gather(db, &app, &allowed).await?;
    html(&DistrictPage {
        page: allowed.page("资产财务统计"),
        tables: tables(&figures),
    })
}

/// The rows behind one number.
pub async fn figure(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let wanted = allowed.param("figure")?;
    let (figures, all) = gather(db, &app, &allowed).await?;
    let tables = tables(&figures);
    let found = tables.iter().find_map(|table| {
        table.rows.iter().find_map(|(name, cells)| {
            let (head, cell) = table
                .heads
                .iter()
                .zip(cells)
                .find(|(_, cell)| cell.figure == wanted)?;
            Some((format!("{}：{name}，{head}", table.title), cell, table.note))
        })
    });
    let (title, cell, note) = found.ok_or(Error::Missing)?;
    let unit = note
        .trim_start_matches("单位：")
        .split(['。', '，'])
        .next()
        .unwrap_or_default();
    let rows = all
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
        })
        .collect();
    html(&FigurePage {
        page: allowed.page(title.clone()),
        sum: format!("{}{unit}", cell.main),
        sub: cell.sub.clone(),
        title,
        rows,
    })
}
