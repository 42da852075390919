//! The responsible unit changes mid-way (TC-62): what waits moves to the new one,
//! history stays, and both units' counters are right in the same transaction.

use chrono::NaiveDate;

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::clock::chinese_date;
use crate::database::{Database, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::progress::{counters, store as items};
use crate::registry::store as registry;

use super::acts::Outcome;
use super::rules::Refusal;
use super::store;

/// From when, to whom, by which document.
#[derive(Debug, Clone)]
pub struct Handover {
    /// The new unit.
    pub to: DepartmentId,
    /// Its name, for the case file.
    pub to_name: String,
    /// First day of its responsibility.
    pub on: NaiveDate,
    /// The document.
    pub document: String,
    /// Its date.
    pub document_date: NaiveDate,
}

/// Puts an association under another unit.
pub async fn hand_over(
    database: &Database,
    who: &Who,
    (association, seen): (AssociationId, i32),
    handover: &Handover,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let Some((from, version)) = store::living(&mut write, association).await? else {
        return Ok(Err(Refusal::Gone));
    };
    if version != seen {
        return Ok(Err(Refusal::Stale));
    }
    if from == handover.to {
        return Ok(Err(Refusal::SameUnit));
    }
    for day in [handover.on, handover.document_date] {
        if day > who.today() {
            return Ok(Err(Refusal::ImpossibleDay(day)));
        }
    }
    let document = (handover.on, handover.document.as_str());
    if !registry::hand_over(&mut write, (association, seen), handover.to, document).await? {
        return Ok(Err(Refusal::Stale));
    }
    registry::begin_period(
        &mut write,
        association,
        (from, handover.to),
        (
            handover.on,
            &handover.document,
            handover.document_date,
            who.actor.account,
        ),
    )
    .await?;
    items::hand_over(&mut write, association, handover.to).await?;
    counters::hand_over(&mut write, association, (from, handover.to)).await?;
    let record = told(association, from, handover);
    write.record(record.in_file_of(association)).await?;
    Ok(Ok(()))
}

fn told(association: AssociationId, from: DepartmentId, handover: &Handover) -> Record {
    let sentence = format!(
        "业务主管单位自{}起变更为{}（{}）",
        chinese_date(handover.on),
        handover.to_name,
        handover.document
    );
    Record::new(Act::UnitChange, "association", association.0, sentence).changed(
        "department",
        from.0,
        handover.to.0,
    )
}
