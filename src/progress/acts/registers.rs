//! Items that rest on the registers of functions, assets, money and rooms, of registration
//! and of the audit: what a register does not say yet cannot be reported or verified as done.

use crate::access::Act;
use crate::database::{Db, Done};
use crate::findings::rules::{self as findings, MENDED};
use crate::findings::store as found;
use crate::holdings::rules::{Register, State, duties};
use crate::holdings::store;
use crate::ids::AssociationId;
use crate::paths;
use crate::progress::rules::deadlines::Exceptions;
use crate::progress::rules::{Item, Refusal};
use crate::registrations::rules::{self as registrations, Kind, Registration};
use crate::registrations::store as registered;
use crate::registry::store::suspensions;
use crate::scheme::Scheme;

/// What is said where the unit would take back what it did not report.
const NOT_ITS_OWN: &str = "该事项随登记和备案台账报告，不能取回；登记有误的，由登记管理机关更正。";

/// Whether the registers let an item be reported or verified; of an association that stands
/// still nothing is done with items at all, while the registers go on (FD-4).
pub async fn say(db: &mut Db, scheme: &Scheme, item: &Item, act: Act) -> Done<Refusal> {
    if !suspensions::now(db, item.association).await?.is_empty() {
        return Err(Refusal::Still.into());
    }
    if let Some(why) = entered(db, item, act).await? {
        return Err(Refusal::Register(why).into());
    }
    let decided = match act {
        Act::ItemPass | Act::ItemReport => false,
        Act::ItemVerify => true,
        _ => return Ok(()),
    };
    if duties::register_of(&item.measure).is_none() {
        return Ok(());
    }
    let source = store::source(db, item.association).await?;
    let book = source.book(scheme);
    match duties::unmet(&book, &item.measure, &item.object, decided) {
        Some(why) => Err(Refusal::Register(why).into()),
        None => Ok(()),
    }
}

/// What is missing on the registers that civil affairs and the auditor keep (DN-2, T3-13):
/// a mended finding is reported by the unit, the others by nobody besides.
async fn entered(db: &mut Db, item: &Item, act: Act) -> Result<Option<String>, sqlx::Error> {
    let reports = matches!(act, Act::ItemPass | Act::ItemReport);
    if let Some(kind) = Kind::of_measure(&item.measure) {
        if act == Act::ItemRecall {
            return Ok(Some(NOT_ITS_OWN.to_owned()));
        }
        if !reports && act != Act::ItemVerify {
            return Ok(None);
        }
        let entries = registered::entries(db, item.association).await?;
        let entries = entries.into_iter().filter(|entry| entry.kind == kind);
        let entries: Vec<Registration> = entries.collect();
        return Ok(registrations::missing(kind, &entries));
    }
    match findings::of_object(&item.object) {
        Some(id) if item.measure == MENDED && act == Act::ItemVerify => {
            let finding = found::finding(db, item.association, id).await?;
            Ok(findings::missing(finding.as_ref()))
        }
        _ => Ok(None),
    }
}

/// Whether an item is reported and verified by what civil affairs enters.
#[must_use]
pub fn is_entered(item: &Item) -> bool {
    Kind::of_measure(&item.measure).is_some()
}

/// Which of these items of an association its registers do not let be reported yet.
pub async fn held_up(
    db: &mut Db,
    scheme: &Scheme,
    association: AssociationId,
    items: &[&Item],
) -> Result<Vec<i64>, sqlx::Error> {
    // What civil affairs registers is reported with its entry, not by the unit.
    let registered = items
        .iter()
        .filter(|item| Kind::of_measure(&item.measure).is_some());
    let mut held: Vec<i64> = registered.map(|item| item.id).collect();
    let rests = |item: &&&Item| duties::register_of(&item.measure).is_some();
    if items.iter().any(|item| rests(&item)) {
        let source = store::source(db, association).await?;
        let book = source.book(scheme);
        let unmet =
            |item: &&&Item| duties::unmet(&book, &item.measure, &item.object, false).is_some();
        held.extend(items.iter().filter(rests).filter(unmet).map(|item| item.id));
    }
    Ok(held)
}

/// The days to which rooms may be kept, as 机关事务管理局 granted it, added to what
/// departments approved with the plan (TC-32).
pub async fn with_delays(
    db: &mut Db,
    association: AssociationId,
    scheme: &Scheme,
    mut exceptions: Exceptions,
) -> Result<Exceptions, sqlx::Error> {
    let room = scheme
        .measures
        .measures
        .iter()
        .find(|measure| duties::register_of(measure.code()) == Some(Register::Room));
    let Some(room) = room else {
        return Ok(exceptions);
    };
    for entry in store::entries(db, association).await? {
        if (entry.register, entry.state) != (Register::Delay, State::Approved) {
            continue;
        }
        if let Some(until) = entry.facts.date("until") {
            let object = format!("{}#{}", Register::Room.table(), entry.object);
            exceptions.insert(format!("{}/{object}", room.code()), until);
        }
    }
    Ok(exceptions)
}

/// Where the register of an item is kept.
#[must_use]
pub fn address(item: &Item) -> Option<String> {
    if Kind::of_measure(&item.measure).is_some() {
        return Some(paths::registrations::REGISTRATIONS.at(item.association));
    }
    if let Some(id) = findings::of_object(&item.object) {
        return Some(paths::findings::FINDING.at(item.association, id));
    }
    let register = duties::register_of(&item.measure)?;
    let (all, one) = if of_functions(item) {
        (paths::holdings::FUNCTIONS, paths::holdings::FUNCTION)
    } else {
        (paths::holdings::ASSETS, paths::holdings::ASSET)
    };
    Some(match item.object.split_once('#') {
        Some((_, key)) => one.at(item.association, register.key(), key),
        None => all.at(item.association),
    })
}

/// Whether the register of an item is one of functions.
fn of_functions(item: &Item) -> bool {
    duties::register_of(&item.measure).is_some_and(Register::of_functions)
}

/// What reads the register of an item.
#[must_use]
pub fn read_by(item: &Item) -> Act {
    match name(item) {
        REGISTRATIONS => Act::RegistrationRead,
        FINDINGS => Act::FindingRead,
        FUNCTIONS => Act::HoldingsRead,
        _ => Act::AssetsRead,
    }
}

const REGISTRATIONS: &str = "登记和备案台账";
const FINDINGS: &str = "审计抽查问题台账";
const FUNCTIONS: &str = "职能台账";

/// What the register is called.
#[must_use]
pub fn name(item: &Item) -> &'static str {
    if Kind::of_measure(&item.measure).is_some() {
        return REGISTRATIONS;
    }
    if findings::of_object(&item.object).is_some() {
        return FINDINGS;
    }
    match duties::register_of(&item.measure) {
        Some(register) if Register::of_functions(register) => FUNCTIONS,
        _ => "资产财务台账",
    }
}
