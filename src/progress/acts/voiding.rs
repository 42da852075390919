//! What was verified, accepted or exempted reads otherwise now (docs/decisions/0024): the
//! item is not resolved any more.

use crate::database::Db;
use crate::ids::{AssociationId, DepartmentId};
use crate::posts;
use crate::posts::rules::CLEARED;
use crate::progress::rules::Item;
use crate::progress::store::{self, counters};
use crate::scheme::Scheme;

/// Takes away when and by whom it was resolved, with the trend; whose counters are to be
/// counted again once its state is moved.
pub async fn forget_resolution(
    db: &mut Db,
    scheme: &Scheme,
    (association, id): (AssociationId, i64),
) -> Result<Option<(AssociationId, DepartmentId)>, sqlx::Error> {
    let Some(item) = store::lock(db, association, id).await? else {
        return Ok(None);
    };
    let after = Item {
        resolved_on: None,
        resolved_by: None,
        ..item.clone()
    };
    store::note(db, &after).await?;
    counters::count_day(db, &counters::trend(scheme, &item, &after)).await?;
    if item.measure == CLEARED {
        posts::store::set_cleared(db, association, None).await?;
    }
    Ok(Some((association, item.department)))
}
