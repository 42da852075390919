//! Writing, reporting, reading, sending back.

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Write, WriteError};
use crate::ids::DepartmentId;

use super::rules::{self, Content, Part, Refusal};
use super::store::{self, Workgroup};

/// What a refused or failed act gives.
pub type Outcome = Result<Result<(), Refusal>, WriteError>;

fn names(parts: &[Part]) -> String {
    let labels: Vec<&str> = parts.iter().map(|part| part.label()).collect();
    labels.join("、")
}

/// Writes what the unit's clerk filled in.
pub async fn save(
    database: &Database,
    who: &Who,
    (unit, version): (DepartmentId, i32),
    content: &Content,
) -> Outcome {
    let mut write = Write::begin(database, who).await?;
    if !store::save(&mut write, (unit, version), content).await? {
        return Ok(Err(Refusal::Stale));
    }
    // No names in records: who is in the group stands in the group.
    let sentence = format!(
        "填写工作组材料：成员{}人，时间表{}项，风险预案{}项",
        content.members.len(),
        content.timetable.len(),
        content.risks.len()
    );
    let record = Record::new(Act::WorkgroupSave, "department", unit.0, sentence);
    write.record(record).await?;
    Ok(Ok(()))
}

/// Reports every complete part that is not with the office, and what was changed.
pub async fn report(
    database: &Database,
    who: &Who,
    (unit, version): (DepartmentId, i32),
) -> Outcome {
    let mut write = Write::begin(database, who).await?;
    let locked = store::lock(&mut write, unit).await?;
    let Some((current, unreported)) = locked else {
        return Ok(Err(Refusal::NothingNew));
    };
    if current != version {
        return Ok(Err(Refusal::Stale));
    }
    let content = store::workgroups(&mut write, Some(unit))
        .await?
        .remove(&unit.0)
        .unwrap_or_else(Workgroup::blank)
        .content;
    let reports: Vec<_> = store::reports(&mut write, Some(unit))
        .await?
        .into_iter()
        .map(|(_, report)| report)
        .collect();
    let parts = rules::to_report(&content, &reports);
    let with_office = reports.iter().any(|report| report.reported_on.is_some());
    if parts.is_empty() && !(unreported && with_office) {
        return Ok(Err(Refusal::NothingNew));
    }
    let signer = (who.today(), who.actor.account);
    store::report(&mut write, unit, &parts, signer).await?;
    let sentence = if parts.is_empty() {
        "报送修改后的工作组材料".to_owned()
    } else {
        format!("报送{}", names(&parts))
    };
    let record = Record::new(Act::WorkgroupReport, "department", unit.0, sentence);
    write.record(record).await?;
    Ok(Ok(()))
}

/// Notes that the office has read it.
pub async fn note(database: &Database, who: &Who, unit: DepartmentId) -> Outcome {
    let mut write = Write::begin(database, who).await?;
    if store::note(&mut write, unit, who.today()).await? == 0 {
        return Ok(Err(Refusal::NothingReported));
    }
    let record = Record::new(Act::WorkgroupNote, "department", unit.0, "阅知工作组材料");
    write.record(record).await?;
    Ok(Ok(()))
}

/// Sends parts back with the reason.
pub async fn return_(
    database: &Database,
    who: &Who,
    unit: DepartmentId,
    (parts, reason): (&[Part], &str),
) -> Outcome {
    let mut write = Write::begin(database, who).await?;
    let today = who.today();
    let returned = store::return_(&mut write, unit, parts, (today, reason)).await?;
    if usize::try_from(returned).ok() != Some(parts.len()) {
        return Ok(Err(Refusal::NothingReported));
    }
    let sentence = format!("退回{}", names(parts));
    let record =
        Record::new(Act::WorkgroupReturn, "department", unit.0, sentence).with_opinion(reason);
    write.record(record).await?;
    Ok(Ok(()))
}
