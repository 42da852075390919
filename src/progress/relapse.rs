//! What the register of posts says about T4: an item is not done against it, and
//! T4-03 opens again when somebody who may hold no post appears (PE-18, TC-28).

use crate::access::{Act, Who};
use crate::database::{Write, WriteError};
use crate::posts;
use crate::posts::acts::Prepared;
use crate::posts::rules::CLEARED;
use crate::scheme::Scheme;

use super::acts;
use super::rules::{self, Deed, Item};
use super::store;

/// Why an item is not done by the register of posts.
pub(super) async fn against(
    write: &mut Write,
    item: &Item,
    deed: &Deed,
) -> Result<Option<String>, sqlx::Error> {
    if !matches!(deed.act(), Act::ItemReport | Act::ItemVerify) {
        return Ok(None);
    }
    let item_key = (item.measure.as_str(), item.object.as_str());
    posts::acts::holds_up(write, item.association, item_key).await
}

/// Tells the register since when the clean-up is confirmed, or that it is not.
pub(super) async fn clear(write: &mut Write, item: &Item, deed: &Deed) -> Result<(), sqlx::Error> {
    let on = match deed.act() {
        Act::ItemVerify => item.resolved_on,
        Act::ItemReturn => None,
        _ => return Ok(()),
    };
    if item.measure != CLEARED {
        return Ok(());
    }
    posts::store::set_cleared(write, item.association, on).await
}

/// Ends what a clerk entered on the register; where it undoes the clean-up, T4-03
/// is opened again in the same transaction.
pub async fn finish(prepared: Prepared, scheme: &Scheme, who: &Who) -> Result<i64, WriteError> {
    if !prepared.relapsed {
        return prepared.finish().await;
    }
    let Prepared {
        mut write,
        record,
        holder,
        ..
    } = prepared;
    let mut records = vec![record];
    let found = match records.first().and_then(|record| record.association) {
        Some(id) => store::lock_measure(&mut write, id, CLEARED).await?,
        None => None,
    };
    let deed = Deed::Relapse {
        reason: "任职清理台账登记了不得兼任职务的人员，清零确认失效。".to_owned(),
    };
    let by = (who.actor.account, who.today());
    if let Some(item) = found
        && let Some(measure) = scheme.measure(&item.measure)
        && let Ok(after) = rules::after(&item, measure, &deed, by)
    {
        store::change(&mut write, item.state, &after).await?;
        acts::count(&mut write, scheme, &item, &after).await?;
        records.push(acts::record(&item, &after, &deed));
    }
    write.record_all(records).await?;
    Ok(holder)
}
