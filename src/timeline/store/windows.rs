//! SQL of moved windows.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::timeline::rules::windows::Days;
use crate::timeline::rules::{MovedWindow, Window};

/// The windows of tasks whose window was moved.
pub async fn windows(db: &mut Db) -> Result<BTreeMap<String, MovedWindow>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select distinct on (task) task, from_now, due_now,
                  first_value(from_before) over moves as "from_first!", first_value(due_before) over moves as "due_first!"
           from task_window where campaign_id = $1
           window moves as (partition by task order by id)
           order by task, id desc limit 1000"#,
        db.campaign(),
    )
    .map(|row| {
        let window = |from, due| Window {
            from,
            due: Some(due),
        };
        let moved = MovedWindow {
            first: window(row.from_first, row.due_first),
            now: window(row.from_now, row.due_now),
        };
        (row.task, moved)
    })
    .fetch_all(db.connection())
    .await?;
    Ok(rows.into_iter().collect())
}

/// A move on record.
#[derive(Debug, Clone)]
pub struct Moved {
    /// Its key.
    pub id: i64,
    /// The window before.
    pub from_before: NaiveDate,
    /// The window before.
    pub due_before: NaiveDate,
    /// The window since.
    pub from_now: NaiveDate,
    /// The window since.
    pub due_now: NaiveDate,
    /// Why.
    pub reason: String,
    /// Who moved it.
    pub by: String,
    /// When.
    pub moved_on: NaiveDate,
}

/// All moves of a task, the newest first.
pub async fn moves(db: &mut Db, task: &str) -> Result<Vec<Moved>, sqlx::Error> {
    sqlx::query_as!(
        Moved,
        r#"select w.id, w.from_before, w.due_before, w.from_now, w.due_now, w.reason, a.display_name as "by", w.moved_on
           from task_window w join account a on a.id = w.account_id
           where w.campaign_id = $1 and w.task = $2 order by w.id desc limit 100"#,
        db.campaign(),
        task,
    )
    .fetch_all(db.connection())
    .await
}

/// How often windows of these tasks were moved, and the newest move.
#[derive(Debug, Clone, Copy)]
pub struct Moves {
    /// How often.
    pub times: i32,
    /// The newest; 0 before the first.
    pub newest: i64,
}

/// How often windows of these tasks were moved.
pub async fn moved(db: &mut Db, tasks: &[String]) -> Result<Moves, sqlx::Error> {
    sqlx::query_as!(
        Moves,
        r#"select count(*)::integer as "times!", coalesce(max(id), 0) as "newest!"
           from task_window where campaign_id = $1 and task = any($2)"#,
        db.campaign(),
        tasks,
    )
    .fetch_one(db.connection())
    .await
}

/// A move to be made.
#[derive(Debug, Clone)]
pub struct Move<'a> {
    /// The task.
    pub task: &'a str,
    /// The window before.
    pub before: Days,
    /// The window from now on.
    pub now: Days,
    /// Why.
    pub reason: &'a str,
}

/// Moves a window; the number of the move.
pub async fn move_window(write: &mut Write, new: &Move<'_>) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into task_window (campaign_id, task, from_before, due_before, from_now, due_now, reason, account_id, moved_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id",
        write.campaign(),
        new.task,
        new.before.0,
        new.before.1,
        new.now.0,
        new.now.1,
        new.reason,
        write.by().0,
        write.today(),
    )
    .fetch_one(write.connection())
    .await
}
