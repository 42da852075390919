//! SQL of tasks: what is on record of each, the windows that were moved, and
//! what has changed since a person was last here.

pub mod batches;
mod changes;
pub mod counts;
mod dockets;
mod facts;
mod journey;
pub mod orders;
pub mod punctuality;
pub mod reminders;
pub mod standing;
mod windows;

pub use changes::{Change, Newest, Since, Unseen, changes, last_visit, unseen};
pub use facts::{Within, departments, measured};
pub use windows::{Move, Moved, move_window, moved, moves, windows};

use crate::database::{Db, Write};

/// One mover of windows, one sender of reminders at a time: each is judged on what the
/// other one did.
pub async fn lock_campaign(db: &mut Db) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select id from campaign where id = $1 for no key update",
        db.campaign()
    )
    .fetch_one(db.connection())
    .await?;
    Ok(())
}

/// The person's name, as rows keep it.
#[must_use]
pub fn signer(write: &Write) -> String {
    let actor = write.actor();
    actor.map_or_else(String::new, |actor| actor.name.clone())
}
