//! Somebody who may hold no post appears on the register of posts after the clean-up was
//! confirmed: T4-03 opens again (PE-18, TC-28).

use crate::access::{Act, Seen, case};
use crate::database::{Done, Stopped, Write};
use crate::ids::AssociationId;
use crate::posts::acts::Prepared;
use crate::posts::rules::CLEARED;
use crate::progress::acts::change;
use crate::progress::rules::{self, Deed};
use crate::progress::store;

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
