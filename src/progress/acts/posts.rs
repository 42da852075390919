//! The register of posts is told since when the clean-up is confirmed.

use crate::access::Act;
use crate::database::Write;
use crate::posts;
use crate::posts::rules::CLEARED;
use crate::progress::rules::Item;

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
