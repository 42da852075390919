//! Items that come while a checklist is carried out: made, counted, each with a line of its
//! own in its history.

use crate::access::{Act, Case as _};
use crate::audit::Record;
use crate::database::Db;
use crate::ids::{AssociationId, DepartmentId};
use crate::progress::rules::Item;
use crate::progress::store::{self, NewItem};
use crate::scheme::Scheme;

use super::recount;

/// Makes those of them that are not there yet; what is told of each: the sentence, and its
/// measure.
pub async fn arise_in(
    db: &mut Db,
    scheme: &Scheme,
    unit: (AssociationId, DepartmentId),
    new: &[NewItem],
    (act, sentence): (Act, &str),
) -> Result<Vec<Record>, sqlx::Error> {
    let made = store::make(db, unit, new).await?;
    if !made.is_empty() {
        recount(db, scheme, unit).await?;
    }
    let told = made.into_iter().map(|(id, measure)| {
        let record = Record::new(act, Item::KIND, id, format!("{sentence}{measure}"));
        record.in_file_of(unit.0)
    });
    Ok(told.collect())
}
