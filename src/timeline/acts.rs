//! Moving the window of a task on record; reminders and 督办单 beside it.

pub mod orders;
pub mod reminders;

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Write, WriteError};
use crate::progress::windows::{self, Shift};
use crate::scheme::Scheme;
use crate::settings::acts as settings;

use super::store::{self, Move};

/// Moves a window, unless somebody else moved it since `seen` moves; false then.
pub async fn move_window(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    new: &Move,
    seen: i64,
) -> Result<bool, WriteError> {
    let mut write = Write::begin(database, who).await?;
    if store::lock_window(&mut write, &new.task).await? != seen {
        return Ok(false);
    }
    let by = (who.today(), who.actor.account);
    let id = store::move_window(&mut write, new, by).await?;
    let sentence = format!(
        "调整{}的时间：由{}至{}调整为{}至{}",
        new.task, new.before.0, new.before.1, new.now.0, new.now.1
    );
    let record = Record::new(Act::TimelineMove, "task", id, sentence)
        .with_opinion(&new.reason)
        .changed("from", new.before.0.to_string(), new.now.0.to_string())
        .changed("due", new.before.1.to_string(), new.now.1.to_string());
    let mut records = vec![record];
    // A stage's last day is a date of the scheme: what is begun from now on is due on
    // the new one, and open items that are due on it go with it.
    let ends = scheme
        .task(&new.task)
        .map(|task| task.due.as_str())
        .filter(|date| scheme.is_stage_date(date) && new.before.1 != new.now.1);
    if let Some(date) = ends {
        settings::move_date_in(&mut write, (date, new.now.1), &new.reason).await?;
        let shift = Shift {
            task: &new.task,
            date,
            now: new.now.1,
            reason: &new.reason,
        };
        records.extend(windows::follow(&mut write, shift).await?);
    }
    write.record_all(records).await?;
    Ok(true)
}
