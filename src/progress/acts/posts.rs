//! What the register of posts says about T4: an item is not done against it, and
//! T4-03 opens again when somebody who may hold no post appears (PE-18, TC-28).

use crate::access::{Act, Seen, case};
use crate::database::{Done, Stopped, Write};
use crate::ids::AssociationId;
use crate::posts;
use crate::posts::acts::Prepared;
use crate::posts::rules::CLEARED;
use crate::progress::rules::{self, Deed, Item, Refusal};
use crate::progress::store;

use super::change;

/// Whether the register of posts lets an item be reported or verified as done.
pub(super) async fn say(write: &mut Write, item: &Item, act: Act) -> Done<Refusal> {
    if !matches!(act, Act::ItemReport | Act::ItemVerify) {
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

/// Ends what a clerk entered on the register; where it undoes the clean-up, T4-03
/// is opened again in the same transaction.
pub async fn finish<R>(prepared: Prepared) -> Done<R, i64> {
    let Prepared {
        mut write,
        record,
        holder,
        relapsed,
    } = prepared;
    let association = record.association.filter(|_| relapsed);
    let told = write.tell(record);
    if let Some(association) = association {
        relapse_in(&mut write, association).await?;
    }
    write.finish::<R>(told).await?;
    Ok(holder)
}

/// Opens the item of the clean-up again, in the state in which that means something.
/// The clerk's own entry does it: whether they may was asked for that.
async fn relapse_in(write: &mut Write, association: AssociationId) -> Result<(), Stopped> {
    let found = store::lock_measure(write, association, CLEARED).await?;
    let seen = Seen::any("it follows from what was entered");
    let Ok(step) = case::step(found, &seen, Act::ItemRelapse) else {
        return Ok(());
    };
    let deed = Deed::Relapse {
        reason: "任职清理台账登记了不得兼任职务的人员，清零确认失效。".to_owned(),
    };
    let by = (write.by(), write.today());
    let scheme = write.scheme()?;
    let measure = scheme.measure(&step.case.measure);
    let after = measure.and_then(|measure| rules::after(&step.case, measure, &deed, by).ok());
    if let Some(after) = after {
        change(write, step, &after, &deed).await?;
    }
    Ok(())
}
