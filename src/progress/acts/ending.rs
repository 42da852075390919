//! Items that are called for no more, and items that change hands, within the act that
//! does it: each has a line of its own in its history.

use crate::access::{Act, Case as _};
use crate::audit::Record;
use crate::database::Write;
use crate::ids::{AssociationId, DepartmentId};
use crate::progress::rules::Item;
use crate::progress::store;

/// Makes items of an association not applicable, each for its reason; how many.
pub async fn lapse_in(
    write: &mut Write,
    act: Act,
    association: AssociationId,
    reasons: &[(i64, String)],
) -> Result<usize, sqlx::Error> {
    let lapsed = store::lapse(write, reasons).await?;
    for item in &lapsed {
        let sentence = format!("{}不再办理：{}", item.measure, item.reason);
        let record = Record::new(act, Item::KIND, item.id, sentence).in_file_of(association);
        write.tell(record.changed("state", item.was.key(), "not_applicable"));
    }
    Ok(lapsed.len())
}

/// Puts an association's items into the hands of another unit (TC-62).
pub async fn hand_over_in(
    write: &mut Write,
    association: AssociationId,
    to: DepartmentId,
) -> Result<(), sqlx::Error> {
    for (id, measure) in store::hand_over(write, association, to).await? {
        let sentence = format!("{measure}随业务主管单位变更移交");
        let record = Record::new(Act::UnitChange, Item::KIND, id, sentence);
        write.tell(record.in_file_of(association));
    }
    Ok(())
}
