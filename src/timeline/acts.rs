//! Reminders and 督办单. Moving the window of a task moves deadlines too: it stands in
//! `crossings::window`.

pub mod orders;
pub mod reminders;

use crate::access::Scope;
use crate::database::{Stopped, Write};
use crate::scheme::Scheme;

use super::store::Situation;

/// What reminders and 督办单 are decided on, within what the person may see.
async fn situation(write: &mut Write, scheme: &Scheme) -> Result<Situation, Stopped> {
    let scope = write.actor().map(Scope::of).ok_or(Stopped::Hidden)?;
    let at = (scope, write.today());
    Ok(Situation::read(write, scheme, at).await?)
}
