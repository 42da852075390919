//! The responsible unit changes mid-way (TC-62): what waits moves to the new one,
//! history stays, and both units' counters are right in the same transaction. Where the
//! register had the wrong unit, what waits moves too, and no new period begins (FZ-2).

use chrono::NaiveDate;

use crate::access::case::Subject;
use crate::access::{Act, Seen};
use crate::audit::Record;
use crate::database::{Done, Explain, Stopped, Write};
use crate::exits::rules::Refusal as Exit;
use crate::exits::store::living;
use crate::ids::{AssociationId, DepartmentId};
use crate::oversight::store as dockets;
use crate::progress::acts::ending::hand_over_in as hand_over_items;
use crate::progress::acts::ties::follow;
use crate::progress::counters;
use crate::progress::store::relapses;
use crate::registry::rules::{self as register, ScopeFacts};
use crate::registry::store::{self as registry, Began, Brief, Tie};

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

/// A unit, with its name for the case file.
#[derive(Debug, Clone, Copy)]
pub struct To<'a> {
    /// The unit.
    pub id: DepartmentId,
    /// Its name.
    pub name: &'a str,
}

/// Why an association is not put under another unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It has left, or has that unit already.
    Exit(Exit),
    /// A day to come.
    Future(NaiveDate),
    /// The unit that answers now began after that day.
    BeforeLast(NaiveDate),
    /// Nobody says whether the register was wrong or the unit has changed.
    NoBasis,
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::Exit(why) => why.explain(),
            Self::Future(day) => format!("变更日期和文件日期不能晚于今天，{day}还没有到。"),
            Self::BeforeLast(since) => {
                format!("现在的业务主管单位自{since}起负责，变更日期不能早于这一天。")
            }
            Self::NoBasis => "业务主管单位有改动，请选择是更正登记差错还是变更。".to_owned(),
        }
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        matches!(self, Self::Future(_) | Self::BeforeLast(_)).then_some(("on", "变更日期"))
    }
}

/// Puts an association under another unit.
pub async fn hand_over(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    handover: &Handover,
) -> Done<Refusal> {
    relapses::lock(&mut write, &[association.0]).await?;
    let Some((_, version)) = living(&mut write, association).await? else {
        return Err(Refusal::Exit(Exit::Gone).into());
    };
    write.as_seen(&seen, version, of(association))?;
    let to = To {
        id: handover.to,
        name: &handover.to_name,
    };
    let began = Began {
        on: handover.on,
        document: &handover.document,
        document_date: Some(handover.document_date),
    };
    let record = hand_over_in(&mut write, association, to, &began).await?;
    let told = write.tell(record);
    write.finish(told).await
}

/// The same within a write that does more; its items are under lock
/// ([`relapses::lock`]), then itself. The record is still to be told.
pub async fn hand_over_in(
    write: &mut Write,
    association: AssociationId,
    to: To<'_>,
    began: &Began<'_>,
) -> Done<Refusal, Record> {
    let before = other(write, association, to).await?;
    let since = registry::units::since(write, association).await?;
    may_begin(began, (since, write.today()))?;
    let from = before.department;
    registry::hand_over(write, association, to.id, (began.on, began.document)).await?;
    registry::begin_period(write, association, (from, to.id), began).await?;
    moved(write, association, (from, to.id)).await?;
    let sentence = format!(
        "业务主管单位自{}起变更为{}（{}）",
        began.on, to.name, began.document
    );
    Ok(told(&before, to, sentence))
}

/// The register had the wrong unit: put right within the period of the one that stands there,
/// under the same locks. What waits moves as it does when the unit changes.
pub async fn put_right_in(
    write: &mut Write,
    association: AssociationId,
    to: To<'_>,
) -> Done<Refusal, Record> {
    let before = other(write, association, to).await?;
    let from = before.department;
    let sentence = format!(
        "更正登记差错：业务主管单位应为{}，不是{}",
        to.name, before.department_name
    );
    registry::units::put_right(write, association, (from, to.id), &sentence).await?;
    moved(write, association, (from, to.id)).await?;
    Ok(told(&before, to, sentence))
}

/// The association as it stands, while it is there and under another unit.
async fn other(write: &mut Write, association: AssociationId, to: To<'_>) -> Done<Refusal, Brief> {
    let found = registry::brief(write, association).await?;
    let living = found.filter(|brief| brief.exit_kind.is_none());
    let before = living.ok_or(Refusal::Exit(Exit::Gone))?;
    if before.department == to.id {
        return Err(Refusal::Exit(Exit::SameUnit).into());
    }
    Ok(before)
}

/// No unit answers from a day to come, nor from before the one that answers now.
fn may_begin(
    began: &Began<'_>,
    (since, today): (Option<NaiveDate>, NaiveDate),
) -> Result<(), Refusal> {
    let days = [Some(began.on), began.document_date];
    if let Some(day) = days.into_iter().flatten().find(|day| *day > today) {
        return Err(Refusal::Future(day));
    }
    match since {
        Some(since) if began.on < since => Err(Refusal::BeforeLast(since)),
        _ => Ok(()),
    }
}

/// What waits goes over to the unit that answers now, with its counters.
async fn moved(
    write: &mut Write,
    association: AssociationId,
    (from, to): (DepartmentId, DepartmentId),
) -> Result<(), Stopped> {
    hand_over_items(write, association, to).await?;
    dockets::hand_over(write, association.0, (from.0, to.0)).await?;
    counters::hand_over(write, association, (from, to)).await?;
    // The tie to the new unit is cancelled too; its item counts with the new unit.
    let ties = registry::ties(write, association).await?;
    let own = |tie: &&Tie| tie.is_primary && tie.ended_on.is_none();
    if let Some(tie) = ties.iter().find(own) {
        follow(write, association, tie.id).await?;
    }
    judge(write, association).await?;
    Ok(())
}

/// What the criteria say rests on the kind of the unit too (SC-1, SC-2). What was decided stays.
async fn judge(write: &mut Write, id: AssociationId) -> Result<(), sqlx::Error> {
    let Some(now) = registry::association(write, id).await? else {
        return Ok(());
    };
    let facts = ScopeFacts {
        name: &now.name,
        uscc: now.uscc.as_deref(),
        registrar: &now.registrar,
        org_type: &now.org_type,
        member_basis: &now.member_basis,
        department_kind: &now.department_kind,
        civil_service_law: &now.civil_service_law,
        registered_on: now.registered_on,
    };
    let (computed, _) = register::scope(&write.scheme()?.campaign, &facts);
    let by_reference = register::by_reference(&now.department_kind);
    registry::units::judge(write, id, (computed, by_reference)).await
}

const fn of(association: AssociationId) -> Subject {
    Subject {
        kind: "association",
        id: association.0,
    }
}

fn told(before: &Brief, to: To<'_>, sentence: String) -> Record {
    Record::new(Act::UnitChange, "association", before.id.0, sentence)
        .changed("unit", &*before.department_name, to.name)
        .in_file_of(before.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn no_unit_answers_from_a_day_to_come_nor_from_before_the_one_that_does() {
        let (since, today) = (day("2018-11-15"), day("2018-11-21"));
        let (future, late) = (
            Refusal::Future(day("2018-11-22")),
            Refusal::BeforeLast(since),
        );
        for (on, document_date, wanted) in [
            ("2018-11-21", None, Ok(())),
            ("2018-11-15", Some("2018-11-14"), Ok(())),
            ("2018-11-14", None, Err(late.clone())),
            ("2018-11-22", None, Err(future.clone())),
            ("2018-11-20", Some("2018-11-22"), Err(future.clone())),
        ] {
            let began = Began {
                on: day(on),
                document: "绿编发〔2018〕15号",
                document_date: document_date.map(day),
            };
            assert_eq!(may_begin(&began, (Some(since), today)), wanted, "{on}");
            let first = may_begin(&began, (None, today));
            assert_eq!(
                first.is_ok(),
                wanted.is_ok() || wanted == Err(late.clone()),
                "{on}"
            );
        }
    }
}
