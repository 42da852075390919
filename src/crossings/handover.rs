//! The responsible unit changes mid-way (TC-62): what waits moves to the new one,
//! history stays, and both units' counters are right in the same transaction.

use chrono::NaiveDate;

use crate::access::case::Subject;
use crate::access::{Act, Seen};
use crate::accounts::store::departments;
use crate::audit::Record;
use crate::database::{Done, Write};
use crate::exits::rules::Refusal;
use crate::exits::store::living;
use crate::ids::{AssociationId, DepartmentId};
use crate::progress::acts::ending::hand_over_in;
use crate::progress::acts::ties::follow;
use crate::progress::counters;
use crate::progress::store::relapses;
use crate::registry::store::{self as registry, Began, Tie};

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
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    handover: &Handover,
) -> Done<Refusal> {
    relapses::lock(&mut write, &[association.0]).await?;
    let Some((from, version)) = living(&mut write, association).await? else {
        return Err(Refusal::Gone.into());
    };
    write.as_seen(&seen, version, of(association))?;
    if from == handover.to {
        return Err(Refusal::SameUnit.into());
    }
    for day in [handover.on, handover.document_date] {
        if day > write.today() {
            return Err(Refusal::ImpossibleDay(day).into());
        }
    }
    registry::hand_over(
        &mut write,
        association,
        handover.to,
        (handover.on, &handover.document),
    )
    .await?;
    let period = Began {
        on: handover.on,
        document: &handover.document,
        document_date: handover.document_date,
    };
    registry::begin_period(&mut write, association, (from, handover.to), &period).await?;
    hand_over_in(&mut write, association, handover.to).await?;
    counters::hand_over(&mut write, association, (from, handover.to)).await?;
    // The tie to the new unit is cancelled too; its item counts with the new unit.
    let ties = registry::ties(&mut write, association).await?;
    let own = |tie: &&Tie| tie.is_primary && tie.ended_on.is_none();
    if let Some(tie) = ties.iter().find(own) {
        follow(&mut write, association, tie.id).await?;
    }
    let units = departments(&mut write).await?.into_iter();
    let before = units.filter(|unit| unit.id == from).map(|unit| unit.name);
    let record = told(association, &before.collect::<String>(), handover);
    let told = write.tell(record.in_file_of(association));
    write.finish(told).await
}

const fn of(association: AssociationId) -> Subject {
    Subject {
        kind: "association",
        id: association.0,
    }
}

fn told(association: AssociationId, from: &str, handover: &Handover) -> Record {
    let sentence = format!(
        "业务主管单位自{}起变更为{}（{}）",
        handover.on, handover.to_name, handover.document
    );
    Record::new(Act::UnitChange, "association", association.0, sentence).changed(
        "unit",
        from,
        &*handover.to_name,
    )
}
