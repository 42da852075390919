//! The unit's own tasks of the timeline (PH-01 to PH-04, 07, 11, 13) while their
//! window is open. Surveys stand here one by one.

use chrono::NaiveDate;

use crate::access::{Actor, Scope as Reach};
use crate::dashboard::todos::Todo;
use crate::database::Db;
use crate::timeline::rules::State;
use crate::timeline::rules::reminders::{REMINDED, task_href};
use crate::timeline::store::{Within, board_of};
use crate::web::{App, Error};

/// The tasks that are not settled, with their days.
pub(in crate::dashboard) async fn todos(
    db: &mut Db,
    app: &App,
    actor: &Actor,
    today: NaiveDate,
) -> Result<Vec<(NaiveDate, Todo)>, Error> {
    if !actor.role().is_unit() {
        return Ok(Vec::new());
    }
    let unit = actor.department().0;
    let within = Within::of(Reach::of(actor), &app.scheme);
    let asked: Vec<&str> = REMINDED
        .into_iter()
        .filter(|measured| *measured != "survey")
        .collect();
    let board = board_of(db, &app.scheme, (within, &asked), today).await?;
    let todos = board.lines.iter().filter_map(|line| {
        let holder = line.holders.iter().find(|holder| holder.id == unit)?;
        let due = line.window.due?;
        if holder.state.settled() || holder.state == State::NotDue {
            return None;
        }
        let title = if holder.facts.total > 1 {
            format!("{} {}（完成{}）", line.code, line.text, holder.count())
        } else {
            format!("{} {}", line.code, line.text)
        };
        let whose = ("—".to_owned(), actor.capacity.department_name.clone());
        let href = task_href(&line.code, unit);
        Some((due, Todo::new(&title, whose, href, (due, today))))
    });
    Ok(todos.collect())
}
