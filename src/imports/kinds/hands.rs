//! Rows of the register that name another responsible unit: put right, or handed over with what
//! waits, as its page does (TC-62). Whoever may not do it there does not by a spreadsheet.

use crate::access::{Act, Actor, Decision, Facts, decide};
use crate::crossings::handover::{self, To};
use crate::database::{Done, Explain as _, Told, Write};
use crate::ids::DepartmentId;
use crate::imports::rules::answers::Basis;
use crate::imports::rules::{Line, Problem, Refusal};
use crate::progress::store::relapses;
use crate::registry::rules::incoming::{self, Altered, Unit};
use crate::registry::store::{Association, Began};

use super::register::{UNIT, said, wrong};
use super::{Against, Change, Outcome};

/// An association that somebody does not see.
const NOT_SEEN: &str = "该内容不在您的办理范围内。";

/// A unit as a row brings an association under it.
pub(super) fn named(id: DepartmentId, against: &Against) -> Unit {
    let unit = against.units.of(id);
    let name = unit.map_or_else(String::new, |unit| unit.name.clone());
    Unit { id, name }
}

/// The other unit that a row brings an association under.
fn other_unit(change: &Change) -> Option<(&Association, &Unit)> {
    let Change::Register(incoming::Change::Altered(altered)) = change else {
        return None;
    };
    Some((&altered.before, altered.unit.as_ref()?))
}

/// Why somebody may not bring an association under another unit; none: they may (TC-62).
#[must_use]
pub fn barred(actor: &Actor) -> Option<&'static str> {
    match decide(actor, Act::UnitChange, &Facts::default()) {
        Decision::Allow => None,
        Decision::Deny(why) => Some(why),
        Decision::Hide => Some(NOT_SEEN),
    }
}

/// The rows that name another unit than the register's are wrong, for this reason.
pub fn bar(outcomes: &mut [Outcome], lines: &[Line], why: &str) {
    for (outcome, line) in outcomes.iter_mut().zip(lines) {
        let Some((before, _)) = outcome.change.as_ref().and_then(other_unit) else {
            continue;
        };
        let what = format!("台账中的业务主管单位是{}；{why}", before.department_name);
        let problem = Problem::error(UNIT, said(&line.typed, UNIT), what);
        *outcome = wrong(line, vec![problem]);
    }
}

/// Locks the items of associations that change hands, before the associations themselves.
pub async fn lock_items(write: &mut Write, associations: &[i64]) -> Result<(), sqlx::Error> {
    relapses::lock(write, associations).await
}

/// Brings an association under the unit that its row names, as its basis says.
pub(super) async fn hand_over(
    write: &mut Write,
    (altered, from): (&Altered, &str),
    basis: Option<&Basis>,
) -> Done<Refusal, Option<Told>> {
    let Some(unit) = &altered.unit else {
        return Ok(None);
    };
    let before = &altered.before;
    let row = |why: String| Refusal::Row(format!("{}（{from}）：{why}", before.name));
    if let Some(why) = write.actor().and_then(barred) {
        return Err(row(why.to_owned()).into());
    }
    let to = To {
        id: unit.id,
        name: &unit.name,
    };
    let done = match basis {
        Some(Basis::Error) => handover::put_right_in(write, before.id, to).await,
        Some(Basis::Change { document, on }) => {
            let began = Began {
                on: *on,
                document,
                document_date: None,
            };
            handover::hand_over_in(write, before.id, to, &began).await
        }
        None => Err(handover::Refusal::NoBasis.into()),
    };
    let record = done.map_err(|failure| failure.told_by(|why| row(why.explain())))?;
    Ok(Some(write.tell(record.remarked(from))))
}
