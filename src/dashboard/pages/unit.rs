//! A unit's own picture (DB-3): its associations by track, what came back to it,
//! what is due within a fortnight.

use askama::Template;
use chrono::TimeDelta;

use crate::access::{Case as _, Scope as Reach};
use crate::dashboard::store::figures::cells;
use crate::dashboard::store::statistics::{self, Moved};
use crate::dashboard::store::{self, ROWS};
use crate::database::Db;
use crate::figures::Set;
use crate::figures::store as figures;
use crate::paths;
use crate::plan::store::Plan;
use crate::progress::rules::Item;
use crate::registry::rules::Stage;
use crate::survey::store::Survey;
use crate::web::hands::{self, Asked, Hand};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, App, Error, Form, Look, View};

use super::grid::Tracks;
use super::items::{self, ITEMS, Late, late};
use super::matrix::{Matrix, matrix};
use super::overview::Card;
use super::told::{Told, days, five};

/// Associations in the grid; all of them are one click away.
const GRID: i64 = 20;
/// Days ahead that a unit looks at.
const AHEAD: i64 = 14;

/// The page.
#[derive(Template)]
#[template(path = "dashboard/unit.html")]
pub struct UnitPage {
    page: Page,
    unit: i64,
    name: String,
    cards: Vec<Card>,
    matrix: Matrix,
    more: bool,
    returned: Table,
    due: Table,
    days: i64,
    moved: Vec<Moved>,
}

/// What came back to the unit.
struct Returned {
    /// The item that did, or the association whose survey or plan did.
    matter: Result<i64, i64>,
    href: String,
    association: String,
    what: String,
}

/// Who has what came back: items, and the surveys and plans of associations.
async fn held_again(
    db: &mut Db,
    look: (&App, &Allowed),
    returned: &[Returned],
) -> Result<Vec<Option<Hand>>, Error> {
    let matters = returned.iter().map(|row| row.matter);
    let (items, homes): (Vec<_>, Vec<_>) = matters.partition(Result::is_ok);
    let items: Vec<i64> = items.into_iter().flatten().collect();
    let homes: Vec<i64> = homes.into_iter().filter_map(Result::err).collect();
    let papers = &[Survey::KIND, Plan::KIND];
    let items = hands::listed(db, look, Asked::Items(&items)).await?;
    let papers = hands::listed(db, look, Asked::Within(papers, &homes)).await?;
    let held = returned.iter().map(|row| match row.matter {
        Ok(item) => items.of(Item::KIND, item),
        Err(association) => papers.of_association(association),
    });
    Ok(held.collect())
}

const RETURNED: &[Column<Returned>] = &[
    table::words("材料或事项", |row: &Returned| {
        Cell::said_after(&row.href, &row.what, format!("：{}", row.association))
    })
    .head(),
    table::words("协会", |row: &Returned| Cell::plain(&row.association)),
];

impl UnitPage {
    fn counted(table: &Table) -> String {
        items::counted(table, ROWS)
    }
}

impl View for UnitPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let (actor, today) = (allowed.actor(), app.clock.today());
        let (reach, unit) = (Reach::of(actor), actor.department());
        let told = Told::new(allowed, figures::counts(db, reach, days(app)).await?);
        let [overdue, soon] = told.lights();
        let counted = Tracks::new(figures::tracks(db, reach).await?);
        let overall = counted.overall(&told, &five(app));
        let cells = cells(db, unit.0, (GRID, 0)).await?;
        let matrix = matrix(app, &cells).held(db, (app, allowed)).await?;
        let near = (today + TimeDelta::days(AHEAD), ROWS);
        let due = store::items_due(db, reach, near).await?;
        let due: Vec<Late> = due.into_iter().map(|item| late(app, item, true)).collect();
        let held = items::held(db, (app, allowed), &due).await?;
        let returned: Vec<Returned> = (store::returned(db, unit).await?.into_iter())
            .map(|row| returned(app, row))
            .collect();
        let again = held_again(db, (app, allowed), &returned).await?;
        Ok(Self {
            page: allowed.page("进展看板"),
            unit: unit.0,
            name: actor.capacity.department_name.clone(),
            cards: vec![
                Card::new(Stage::FiveDone.label(), told.alone(Set::Complete)),
                Card::new("事项完成率", overall.figure),
                Card::new("有逾期事项的协会", overdue),
                Card::new("有临期事项的协会", soon),
                Card::new("现行名单", told.alone(Set::Listed)),
                Card::new("拟脱钩协会", told.alone(Set::InScope)),
            ],
            more: matrix.rows.len() >= usize::try_from(GRID).unwrap_or(usize::MAX),
            matrix,
            returned: Table::of("被退回待补正", actor, RETURNED, &returned)
                .held(again)
                .scrolled(),
            due: Table::of("逾期和临近到期的事项", actor, ITEMS, &due)
                .held(held)
                .scrolled(),
            days: AHEAD,
            moved: statistics::moved(db, reach).await?,
        })
    }
}

fn returned(app: &App, row: store::Returned) -> Returned {
    let item = row.tail.strip_prefix("progress/");
    let item = item.and_then(|item| item.parse().ok());
    Returned {
        matter: item.ok_or(row.association),
        href: mended(row.association, &row.tail),
        association: row.name,
        what: row.measure.map_or(row.what, |code| {
            app.scheme.measure(&code).map_or_else(
                || code.clone(),
                |measure| format!("{code} {}", measure.text),
            )
        }),
    }
}

/// Where it is mended.
fn mended(association: i64, tail: &str) -> String {
    match tail.strip_prefix("progress/") {
        Some(item) => paths::progress::ITEM.at(association, item),
        None if tail == "plan" => paths::plan::PLAN.at(association),
        None => paths::survey::SURVEY.at(association),
    }
}
