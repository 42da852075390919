//! Items that rest on the registers of functions, assets, money and rooms: what a
//! register does not say yet cannot be reported or verified as done.

use crate::access::Act;
use crate::database::{Db, Done};
use crate::holdings::rules::{Register, State, duties};
use crate::holdings::store;
use crate::ids::AssociationId;
use crate::paths;
use crate::progress::rules::deadlines::Exceptions;
use crate::progress::rules::{Item, Refusal};
use crate::registry::store::suspensions;
use crate::scheme::Scheme;

/// Whether the registers let an item be reported or verified; of an association that stands
/// still nothing is done with items at all, while the registers go on (FD-4).
pub async fn say(db: &mut Db, scheme: &Scheme, item: &Item, act: Act) -> Done<Refusal> {
    if !suspensions::now(db, item.association).await?.is_empty() {
        return Err(Refusal::Still.into());
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

/// Which of these items of an association its registers do not let be reported yet.
pub async fn held_up(
    db: &mut Db,
    scheme: &Scheme,
    association: AssociationId,
    items: &[&Item],
) -> Result<Vec<i64>, sqlx::Error> {
    let rests = |item: &&&Item| duties::register_of(&item.measure).is_some();
    if !items.iter().any(|item| rests(&item)) {
        return Ok(Vec::new());
    }
    let source = store::source(db, association).await?;
    let book = source.book(scheme);
    let unmet = |item: &&&Item| duties::unmet(&book, &item.measure, &item.object, false).is_some();
    let held = items.iter().filter(rests).filter(unmet);
    Ok(held.map(|item| item.id).collect())
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
#[must_use]
pub fn of_functions(item: &Item) -> bool {
    duties::register_of(&item.measure).is_some_and(Register::of_functions)
}

/// What the register is called.
#[must_use]
pub fn name(item: &Item) -> &'static str {
    match duties::register_of(&item.measure) {
        Some(register) if Register::of_functions(register) => "职能台账",
        _ => "资产财务台账",
    }
}
