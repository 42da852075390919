//! What the register of posts says about T4: an item is not done against it, and the
//! register is told since when the clean-up is confirmed.

use crate::access::Act;
use crate::database::{Done, Write};
use crate::posts;
use crate::posts::rules::CLEARED;
use crate::progress::rules::{Item, Refusal};

/// Whether the register of posts lets an item be reported or verified as done.
pub(super) async fn say(write: &mut Write, item: &Item, act: Act) -> Done<Refusal> {
    if !matches!(act, Act::ItemPass | Act::ItemReport | Act::ItemVerify) {
        return Ok(());
    }
    let key = (item.measure.as_str(), item.object.as_str());
    match posts::acts::holds_up(write, item.association, key).await? {
        Some(why) => Err(Refusal::Register(why).into()),
        None => Ok(()),
    }
}

/// Tells the register since when the clean-up is confirmed, or that it is not.
pub(super) async fn clear(write: &mut Write, item: &Item, act: Act) -> Result<(), sqlx::Error> {
    let on = match act {
        Act::ItemVerify => item.resolved_on,
        Act::ItemReturn => None,
        _ => return Ok(()),
    };
    if item.measure != CLEARED {
        return Ok(());
    }
    posts::store::set_cleared(write, item.association, on).await
}
