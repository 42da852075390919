//! The rows of a list, in the columns that the scheme gives its process.

use crate::accounts::store::choices;
use crate::database::Db;
use crate::oversight::store::Docket;
use crate::paths;
use crate::scheme::processes::Process;
use crate::scheme::{AnswerType, Choice};
use crate::web::answer::show::words;
use crate::web::hands::{self, Asked};
use crate::web::table::{Cell, Head, Kind, Table};
use crate::web::{Allowed, App, Error};

/// The rows in the scheme's columns, with who has each.
pub(super) async fn rows(
    db: &mut Db,
    (app, allowed): (&App, &Allowed),
    (process, dockets): (&Process, &[Docket]),
) -> Result<Table, Error> {
    let departments = choices(db).await?;
    let heads = process.columns.iter().map(|column| {
        let mut head = Head::new(&column.label, kind_of(process, &column.value));
        head.short.clone_from(&column.label);
        if column.value == "title" || column.value == "association" && !titled(process) {
            head = head.head();
        }
        head
    });
    let rows = dockets.iter().map(|docket| {
        let columns = process.columns.iter();
        columns
            .map(|column| cell((process, docket), &column.value, &departments))
            .collect()
    });
    let ids: Vec<i64> = dockets.iter().map(|docket| docket.id).collect();
    let kind = <Docket as crate::access::Case>::KIND;
    let hands = hands::listed(db, (app, allowed), Asked::Cases(&[kind], &ids)).await?;
    let held = ids.iter().map(|id| hands.of(kind, *id));
    let table = Table {
        caption: process.title.clone(),
        heads: heads.collect(),
        rows: rows.collect(),
        stacked: true,
    };
    Ok(table.held(held))
}

fn titled(process: &Process) -> bool {
    process.columns.iter().any(|column| column.value == "title")
}

fn kind_of(process: &Process, column: &str) -> Kind {
    match process.question(column).map(|question| question.kind) {
        Some(AnswerType::Text | AnswerType::Longtext | AnswerType::Choices) => Kind::Words,
        Some(AnswerType::Money | AnswerType::Count) => Kind::Figure,
        None if matches!(column, "title" | "association") => Kind::Words,
        Some(_) | None => Kind::Short,
    }
}

/// The cell of a column.
fn cell((process, docket): (&Process, &Docket), column: &str, departments: &[Choice]) -> Cell {
    let own = paths::oversight::DOCKET.at(docket.id);
    match column {
        "number" if docket.edition > 1 => {
            let number = format!("{}（第{}版）", docket.number, docket.edition);
            Cell::link(own, number)
        }
        "number" => Cell::link(own, docket.number.to_string()),
        "title" => Cell::link(own, &docket.title),
        "association" => match (&docket.association_name, titled(process)) {
            (Some(name), false) => Cell::link(own, name),
            (Some(name), true) => Cell::plain(name),
            (None, _) => Cell::Empty,
        },
        "unit" => docket.unit.clone().into(),
        "handler" => docket.handler_name.clone().into(),
        "finder" => docket.finder_name.clone().into(),
        "opened_on" => docket.opened_on.into(),
        "due_on" => docket.due_on.into(),
        "signed_on" => docket.signed_on.into(),
        "settled_on" => docket.settled_on.into(),
        "state" => Cell::Mark(docket.state.mark(), docket.state.called(process)),
        code => {
            let question = process.question(code);
            let value = docket.answers.get(code);
            match (question, value) {
                (Some(question), Some(value)) => {
                    let text = words(value, question.kind, &question.options, departments);
                    if question.kind == AnswerType::Count {
                        value.as_i64().map_or(Cell::Empty, Cell::Count)
                    } else {
                        Cell::plain(text)
                    }
                }
                _ => Cell::Empty,
            }
        }
    }
}
