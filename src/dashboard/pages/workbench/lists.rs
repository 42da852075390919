//! What stands behind the other tabs: what others have, what the person did, what is finished.

use crate::access::{Actor, Case as _};
use crate::clock::stamp;
use crate::dashboard::store::Done;
use crate::dashboard::store::bench::{self, Closed, Mine};
use crate::dashboard::store::beside::ToRead;
use crate::database::Db;
use crate::desk;
use crate::desk::store::reading::{Elsewhere, Lying, elsewhere};
use crate::paths;
use crate::progress::rules::Item;
use crate::registry::names::short;
use crate::web::App;
use crate::web::hands::{self, Hand};
use crate::web::list::ROWS;
use crate::web::table::{self, Cell, Column, Table};

/// What lies with somebody else.
struct Other {
    title: String,
    href: String,
    association: String,
    hand: Hand,
}

const OTHERS: &[Column<Other>] = &[
    table::words("事项", |other: &Other| {
        Cell::said_after(
            &other.href,
            &other.title,
            format!("：{}", other.association),
        )
    })
    .head(),
    table::words("协会", |other: &Other| Cell::plain(&other.association)),
    table::short("时限", |other: &Other| other.hand.due.into()),
    table::words(hands::LABEL, |other: &Other| hands::cell(Some(&other.hand))),
];

/// What of the person's matters lies in others' hands.
pub(super) async fn others(
    db: &mut Db,
    (app, actor): (&App, &Actor),
    (mine, after): (Mine, i64),
) -> Result<Table, sqlx::Error> {
    let of = Elsewhere {
        unit: mine.unit,
        association: mine.association,
        department: mine.department,
        role: mine.role,
    };
    let rows = elsewhere(db, (of, mine.today), (ROWS, after)).await?;
    let rows: Vec<Other> = rows.iter().map(|row| other(app, row, actor)).collect();
    Ok(Table::of("在别人手里的事项", actor, OTHERS, &rows))
}

fn other(app: &App, row: &Lying, reader: &Actor) -> Other {
    let name = row.name.as_deref().unwrap_or(&row.unit_name);
    Other {
        title: row.title(&app.scheme),
        href: looked_at(app, row, reader),
        association: short(name, &app.scheme.campaign.region_name).to_owned(),
        hand: desk::hand(app, row, reader),
    }
}

/// Where somebody looks at what another one has to do: where it is done is perhaps not theirs.
fn looked_at(app: &App, row: &Lying, reader: &Actor) -> String {
    let href = row.href_for(&app.scheme, reader);
    match row.association {
        Some(id) if row.kind == Item::KIND && row.count > 1 => paths::progress::PROGRESS.at(id),
        Some(id) if !href.starts_with(&paths::registry::ASSOCIATION.at(id)) => {
            paths::registry::ASSOCIATION.at(id)
        }
        _ => href,
    }
}

const DONE: &[Column<Done>] = &[
    table::short("时间", |act: &Done| stamp(act.at).into()),
    table::words("办理", |act: &Done| Cell::plain(&act.sentence)).head(),
    table::words("协会", |act: &Done| match (&act.name, act.association) {
        (Some(name), Some(id)) => Cell::link(paths::registry::ASSOCIATION.at(id), name),
        (Some(name), None) => Cell::plain(name),
        _ => Cell::Empty,
    }),
];

/// What the person did.
pub(super) async fn done(
    db: &mut Db,
    (app, actor): (&App, &Actor),
    after: i64,
) -> Result<Table, sqlx::Error> {
    let unit = actor.role().is_unit().then(|| actor.department().0);
    let mut acts = bench::acts(db, (actor.account, unit), (ROWS, after)).await?;
    for act in &mut acts {
        act.sentence = app.scheme.spelled(&act.sentence);
    }
    Ok(Table::of("我已办理", actor, DONE, &acts))
}

/// A finished item in words.
struct Finished {
    item: Closed,
    text: String,
}

const CLOSED: &[Column<Finished>] = &[
    table::words("事项", |row: &Finished| {
        let address = paths::progress::ITEM.at(row.item.association, row.item.id);
        Cell::said_after(address, &row.text, format!("：{}", row.item.name))
    })
    .head(),
    table::words("协会", |row: &Finished| Cell::plain(&row.item.name)),
    table::short("时限", |row: &Finished| row.item.owed_on.into()),
    table::short("核实", |row: &Finished| row.item.resolved_on.into()),
];

/// What is finished.
pub(super) async fn closed(
    db: &mut Db,
    (app, actor): (&App, &Actor),
    (mine, after): (Mine, i64),
) -> Result<Table, sqlx::Error> {
    let rows = bench::closed(db, mine, (ROWS, after)).await?;
    let rows = rows.into_iter().map(|mut item| {
        item.name = short(&item.name, &app.scheme.campaign.region_name).to_owned();
        let measure = app.scheme.measure(&item.measure);
        let text = measure.map_or("", |measure| measure.text.as_str());
        Finished {
            text: format!("{text}（{}）", item.measure),
            item,
        }
    });
    let rows: Vec<Finished> = rows.collect();
    Ok(Table::of("办结的事项", actor, CLOSED, &rows))
}

const TO_READ: &[Column<ToRead>] = &[
    table::words("协会", |comment: &ToRead| {
        let address = paths::comments::COMMENTS.at(comment.association);
        Cell::link(address, format!("{}的留言", comment.name))
    })
    .head(),
    table::words("留言人", |comment: &ToRead| {
        format!("{} {}", comment.department, comment.author).into()
    }),
    table::short("日期", |comment: &ToRead| comment.written_on.into()),
];

/// What the person is asked to read.
pub(super) fn to_read(actor: &Actor, comments: &[ToRead]) -> Table {
    Table::of("待阅的留言", actor, TO_READ, comments)
}
