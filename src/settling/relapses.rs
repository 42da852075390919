//! Which acts change what items rest on: every act of a room that keeps a register, so that
//! none of them can forget the checklist (DN-3).

use std::collections::BTreeSet;

use crate::access::{Act, Case as _};
use crate::audit::Record;
use crate::database::{Db, Settling};
use crate::ids::AssociationId;
use crate::progress::acts::{persons, relapsing};
use crate::progress::rules::Item;
use crate::progress::store::relapses;

/// Locks the items of the associations whose registers an act has changed.
pub(super) async fn lock(db: &mut Db, records: &[Record]) -> Result<(), sqlx::Error> {
    relapses::lock(db, &touched(records.iter())).await
}

/// The associations whose registers something was told of.
fn touched<'a>(records: impl Iterator<Item = &'a Record>) -> Vec<i64> {
    let entered = records.filter(|record| enters(record));
    let touched: BTreeSet<i64> = entered
        .filter_map(|record| record.association.map(|id| id.0))
        .collect();
    touched.into_iter().collect()
}

/// Looks at what was done of the associations whose registers an act has changed.
pub(super) async fn follow(
    db: &mut Db,
    settling: Settling<'_>,
    told: &[Record],
) -> Result<Vec<Record>, sqlx::Error> {
    let records = || settling.records.iter().chain(told);
    // Whoever reports or verifies was asked for the facts.
    let held = records().filter(|record| {
        record.subject.kind == Item::KIND && matches!(record.act, Act::ItemReport | Act::ItemVerify)
    });
    let held: Vec<i64> = held.map(|record| record.subject.id).collect();
    relapses::hold(db, &held, true).await?;
    let touched = touched(records());
    relapses::lock(db, &touched).await?;
    let mut told = relapsing::follow(db, settling.under, &touched).await?;
    for of in arrivals(settling) {
        told.extend(persons::arise(db, settling.under, of).await?);
    }
    Ok(told)
}

/// The registers of posts that somebody may have come onto.
fn arrivals(settling: Settling<'_>) -> Vec<(AssociationId, Act)> {
    let entered = |act: Act| matches!(act, Act::PostSave | Act::PostsOpen | Act::PlanBegin);
    let records = settling.records.iter();
    let mut entered: Vec<(AssociationId, Act)> = records
        .filter(|record| entered(record.act))
        .filter_map(|record| Some((record.association?, record.act)))
        .collect();
    entered.dedup_by_key(|(association, _)| *association);
    entered
}

/// Whether something was entered on which items rest.
fn enters(record: &Record) -> bool {
    match record.act {
        Act::Registry(_)
        | Act::Holdings(_)
        | Act::Posts(_)
        | Act::Registrations(_)
        | Act::Findings(_)
        // Answers with which facts are compared; a checklist that is new, or newly made.
        | Act::SurveyConfirm
        | Act::RevisionApply
        | Act::PlanBegin => true,
        // What was approved is not any more; on an item's own verification no item rests.
        Act::SignatureVoid => record.subject.kind != Item::KIND,
        _ => false,
    }
}
