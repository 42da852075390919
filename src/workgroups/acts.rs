//! Writing, reporting, reading, sending back.

use crate::access::case::{Stuck, Subject};
use crate::access::{Act, Seen};
use crate::audit::Record;
use crate::database::{Done, Never, Write};
use crate::ids::DepartmentId;

use super::rules::{self, Content, Part, Refusal};
use super::store::{self, Kept};

fn names(parts: &[Part]) -> String {
    let labels: Vec<&str> = parts.iter().map(|part| part.label()).collect();
    labels.join("、")
}

const fn of(unit: DepartmentId) -> Subject {
    Subject {
        kind: "department",
        id: unit.0,
    }
}

fn record(act: Act, unit: DepartmentId, sentence: impl Into<String>) -> Record {
    Record::new(act, "department", unit.0, sentence)
}

/// Writes what the unit's clerk filled in.
pub async fn save(
    mut write: Write,
    unit: DepartmentId,
    seen: Seen,
    content: &Content,
) -> Done<Never> {
    let version = store::lock(&mut write, unit).await?.group.version;
    write.as_seen(&seen, version, of(unit))?;
    // Where there was none to lock, a colleague may have written the first one.
    if !store::save(&mut write, unit, version, content).await? {
        return Err(Stuck::Stale(of(unit)).into());
    }
    // No names in records: who is in the group stands in the group.
    let sentence = format!(
        "填写工作组材料：成员{}人，时间表{}项，风险预案{}项",
        content.members.len(),
        content.timetable.len(),
        content.risks.len()
    );
    let told = write.tell(record(Act::WorkgroupSave, unit, sentence));
    write.finish(told).await
}

/// The work group under lock, with its reports as they were seen.
async fn take(write: &mut Write, unit: DepartmentId, seen: &Seen) -> Done<Refusal, Kept> {
    let kept = store::lock(write, unit).await?;
    write.list(seen, &kept.seen(), of(unit))?;
    Ok(kept)
}

/// Reports every complete part that is not with the office, and what was changed.
pub async fn report(mut write: Write, unit: DepartmentId, seen: Seen) -> Done<Refusal> {
    let Kept { group, reports } = take(&mut write, unit, &seen).await?;
    let parts = rules::may_report(&group.content, group.unreported, &reports)?;
    store::report(&mut write, unit, &parts).await?;
    let sentence = if parts.is_empty() {
        "报送修改后的工作组材料".to_owned()
    } else {
        format!("报送{}", names(&parts))
    };
    let told = write.tell(record(Act::WorkgroupReport, unit, sentence));
    write.finish(told).await
}

/// Notes that the office has read it.
pub async fn note(mut write: Write, unit: DepartmentId, seen: Seen) -> Done<Refusal> {
    take(&mut write, unit, &seen).await?;
    if store::note(&mut write, unit).await? == 0 {
        return Err(Refusal::NothingReported.into());
    }
    let told = write.tell(record(Act::WorkgroupNote, unit, "阅知工作组材料"));
    write.finish(told).await
}

/// Sends parts back with the reason.
pub async fn return_(
    mut write: Write,
    unit: DepartmentId,
    seen: Seen,
    parts: &[Part],
    reason: &str,
) -> Done<Refusal> {
    take(&mut write, unit, &seen).await?;
    let returned = store::return_(&mut write, unit, parts, reason).await?;
    if usize::try_from(returned).ok() != Some(parts.len()) {
        return Err(Refusal::NothingReported.into());
    }
    let sentence = format!("退回{}", names(parts));
    let told = write.tell(record(Act::WorkgroupReturn, unit, sentence).with_opinion(reason));
    write.finish(told).await
}
