//! The window of a task moves on record, and with the last day of a stage the scheme's
//! date and the deadlines of open items (domain 9.1).

use crate::access::case::Subject;
use crate::access::{Act, Seen};
use crate::audit::Record;
use crate::database::{Done, Stopped, Write};
use crate::progress::acts::windows::{Shift, follow};
use crate::settings::acts as settings;
use crate::timeline::rules::in_force;
use crate::timeline::rules::windows::{Days, Refusal, may_move, together};
use crate::timeline::store::{self, Move};

/// The window that a task is to have.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The task.
    pub task: String,
    /// From when until when.
    pub days: Days,
    /// Why.
    pub reason: String,
}

/// Moves a window, as it was seen: neither its task nor one that ends with the same
/// stage was moved since.
pub async fn move_window(mut write: Write, seen: Seen, wanted: &Wanted) -> Done<Refusal> {
    store::lock_campaign(&mut write).await?;
    let scheme = write.scheme()?;
    let task = scheme.task(&wanted.task).ok_or(Stopped::Hidden)?;
    let moves = store::moved(&mut write, &together(&scheme, task)).await?;
    let (kind, id) = ("task", moves.newest);
    write.as_seen(&seen, moves.times, Subject { kind, id })?;
    let windows = store::windows(&mut write).await?;
    let window = in_force(&scheme, task, windows.get(task.code()));
    let new = Move {
        task: task.code(),
        before: may_move(window, wanted.days)?,
        now: wanted.days,
        reason: &wanted.reason,
    };
    let id = store::move_window(&mut write, &new).await?;
    let told = write.tell(record(id, &new));
    // A stage's last day is a date of the scheme: what is begun from now on is due on
    // the new one, and open items that are due on it go with it.
    if scheme.is_stage_date(&task.due) && new.before.1 != new.now.1 {
        let shift = Shift {
            task: new.task,
            date: &task.due,
            now: new.now.1,
            reason: new.reason,
        };
        settings::move_date_in(&mut write, (shift.date, shift.now), shift.reason).await?;
        for record in follow(&mut write, shift).await? {
            write.tell(record);
        }
    }
    write.finish(told).await
}

fn record(id: i64, new: &Move<'_>) -> Record {
    let sentence = format!(
        "调整{}的时间：由{}至{}调整为{}至{}",
        new.task, new.before.0, new.before.1, new.now.0, new.now.1
    );
    Record::new(Act::TimelineMove, "task", id, sentence)
        .with_opinion(new.reason)
        .changed("from", new.before.0.to_string(), new.now.0.to_string())
        .changed("due", new.before.1.to_string(), new.now.1.to_string())
}
