//! Bringing a checklist up to a new edition of the survey, in one transaction:
//! items added, lapsed and revived, counters recounted, the edition noted.

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Db, Write, WriteError};
use crate::ids::AssociationId;
use crate::plan;
use crate::plan::rules::MATTERS;
use crate::plan::store::Plan;
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::scheme::Scheme;
use crate::survey::store::{self as survey, Confirmed};

use super::begin;
use super::counters;
use super::deadlines::{Due, GRANTED, Steps};
use super::registers;
use super::rules::revision::{self, Revision};
use super::store::extensions;
use super::store::revisions::Applied;
use super::store::{self, NewItem};
use super::windows;

/// A revision that waits, with what it would do.
#[derive(Debug, Clone)]
pub struct Proposed {
    /// The edition that the checklist stands on.
    pub from: i32,
    /// The confirmed edition.
    pub survey: Confirmed,
    /// What it does.
    pub revision: Revision,
    /// The new items with their deadlines.
    pub items: Vec<NewItem>,
    /// When the items that are called for again are due now.
    pub revived: Vec<(i64, Due)>,
    /// New items that the plan does not cover: a change of the plan must be asked for.
    pub uncovered: Vec<String>,
    /// The plan.
    pub plan: i64,
}

/// What the newest confirmed edition would do to a checklist; none where it
/// stands on that edition, or where there is no checklist.
pub async fn proposed(
    db: &mut Db,
    scheme: &Scheme,
    (association, applied): (AssociationId, &[Applied]),
    today: chrono::NaiveDate,
) -> Result<Option<Proposed>, sqlx::Error> {
    let Some(plan) = plan::store::plan(db, association).await? else {
        return Ok(None);
    };
    let existing = store::items(db, association).await?;
    let confirmed = survey::confirmed(db, association).await?;
    let from = applied
        .first()
        .map_or(plan.edition, |applied| applied.edition.max(plan.edition));
    let Some(confirmed) = confirmed.filter(|survey| survey.edition > from && !existing.is_empty())
    else {
        return Ok(None);
    };
    let approvals = plan::store::approvals::of_plan(db, plan.id).await?;
    let content = &plan.content.0;
    let exceptions = plan::approvals::exceptions(scheme, content, &approvals, today);
    let exceptions = registers::with_delays(db, association, scheme, exceptions).await?;
    let end = windows::end_on(db, scheme, plan.written_on(today)).await?;
    let steps = Steps::of_plan(content).ending(end);
    let items = begin::items(scheme, &confirmed.answers, (&steps, &exceptions), today);
    let wanted = scheme.applicable(&confirmed.answers, today);
    let revision = revision::compare(scheme, &existing, &wanted);
    let revived = again(&revision, &items);
    Ok(Some(Proposed {
        from,
        revived,
        uncovered: revision::uncovered(scheme, &revision, &covered(&plan))
            .into_iter()
            .map(crate::scheme::ItemKey::text)
            .collect(),
        items: items
            .into_iter()
            .filter(|item| {
                revision
                    .added
                    .iter()
                    .any(|key| key.measure == item.measure && key.object == item.object)
            })
            .collect(),
        survey: confirmed,
        revision,
        plan: plan.id,
    }))
}

/// The days of items that are called for again: a stage may have moved while they
/// did not apply. What a department granted stands.
fn again(revision: &Revision, items: &[NewItem]) -> Vec<(i64, Due)> {
    let revived = revision.revived.iter();
    revived
        .filter(|item| item.due_by != GRANTED)
        .filter_map(|item| {
            let new = items
                .iter()
                .find(|new| new.measure == item.measure && new.object == item.object)?;
            Some((item.id, new.due.clone()))
        })
        .collect()
}

/// Items that the plan's matters name.
fn covered(plan: &Plan) -> Vec<String> {
    let rows = plan.content.0.rows(MATTERS);
    let items = rows.iter().filter_map(|row| row.text("item"));
    items.map(str::to_owned).collect()
}

/// Applies the newest confirmed edition, if it is the one that was looked at;
/// false if there is nothing to apply (any more).
pub async fn apply(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    (association, edition): (AssociationId, i32),
) -> Result<bool, WriteError> {
    let mut write = Write::begin(database, who).await?;
    // The plan's row is the lock: beginning and ending take it too.
    let locked = plan::store::lock(&mut write, association).await?;
    if !locked.is_some_and(|plan| plan.state.is_carried_out()) {
        return Ok(false);
    }
    let today = who.today();
    let applied = store::revisions::applied(&mut write, association).await?;
    let on = (association, applied.as_slice());
    let proposed = proposed(&mut write, scheme, on, today).await?;
    let Some(proposed) = proposed.filter(|proposed| proposed.survey.edition == edition) else {
        return Ok(false);
    };
    let Some(brief) = registry::brief(&mut write, association).await? else {
        return Ok(false);
    };
    let unit = (association, brief.department);
    change(&mut write, unit, &proposed).await?;
    let (was, is) = counters::recount(&mut write, unit).await?;
    let stage = match (
        counters::five_done(scheme, &was),
        counters::five_done(scheme, &is),
    ) {
        (false, true) => Some(Stage::FiveDone),
        (true, false) => Some(Stage::Implementing),
        _ => None,
    };
    if let Some(stage) = stage {
        registry::set_stage(&mut write, association, stage).await?;
    }
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let revision = &proposed.revision;
    let applied = Applied {
        edition,
        applied_on: who.today(),
        added: count(revision.added.len() + revision.revived.len()),
        lapsed: count(revision.lapsed.len()),
        kept: count(revision.kept.len()),
    };
    let noted = store::revisions::note(
        &mut write,
        association,
        (proposed.survey.id, &applied),
        who.actor.account,
    );
    if !noted.await? {
        return Ok(false);
    }
    let sentence = format!(
        "按摸底调查第{edition}版调整清单：增加{}项，不再适用{}项，已办结保留{}项",
        applied.added, applied.lapsed, applied.kept
    );
    let record = Record::new(Act::RevisionApply, "plan", proposed.plan, sentence);
    write.record(record.in_file_of(association)).await?;
    Ok(true)
}

/// Adds, lapses and revives.
async fn change(
    write: &mut Write,
    unit: (AssociationId, crate::ids::DepartmentId),
    proposed: &Proposed,
) -> Result<(), sqlx::Error> {
    let revision = &proposed.revision;
    store::make(write, unit, &proposed.items).await?;
    let (measures, objects): (Vec<String>, Vec<String>) = proposed
        .items
        .iter()
        .map(|item| (item.measure.clone(), item.object.clone()))
        .unzip();
    store::mark_later(write, unit.0, (&measures, &objects)).await?;
    let revived: Vec<i64> = revision.revived.iter().map(|item| item.id).collect();
    store::revive(write, &revived).await?;
    extensions::move_deadlines(write, &proposed.revived).await?;
    let reason = revision::lapse_reason(proposed.survey.edition);
    let lapsed: Vec<(i64, String)> = revision
        .lapsed
        .iter()
        .map(|item| (item.id, reason.clone()))
        .collect();
    store::lapse(write, &lapsed).await
}
