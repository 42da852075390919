//! Which acts change what items rest on: every act of a room that keeps a register, so that
//! none of them can forget the checklist (DN-3).

use std::collections::BTreeSet;

use crate::access::{Act, Case as _};
use crate::audit::Record;
use crate::database::{Db, Settling};
use crate::progress::acts::relapsing;
use crate::progress::rules::Item;
use crate::progress::store::relapses;

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
    let touched = records().filter(|record| enters(record.act));
    let touched: BTreeSet<i64> = touched
        .filter_map(|record| record.association.map(|id| id.0))
        .collect();
    let touched: Vec<i64> = touched.into_iter().collect();
    relapsing::follow(db, settling.under, &touched).await
}

/// Whether an act enters something on which items rest.
const fn enters(act: Act) -> bool {
    match act {
        Act::Registry(_)
        | Act::Holdings(_)
        | Act::Posts(_)
        | Act::Registrations(_)
        | Act::Findings(_) => true,
        // Answers with which facts are compared; a checklist that is new, or newly made.
        Act::SurveyConfirm | Act::RevisionApply | Act::PlanBegin => true,
        // What was approved is not any more.
        Act::SignatureVoid => true,
        _ => false,
    }
}
