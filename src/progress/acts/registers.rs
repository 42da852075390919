//! The registers of functions, assets, money and rooms on which items rest.

use crate::access::Act;
use crate::database::Db;
use crate::holdings::rules::book::ONLY;
use crate::holdings::rules::{Register, State, duties};
use crate::holdings::store;
use crate::ids::AssociationId;
use crate::paths;
use crate::posts::rules::closing;
use crate::progress::rules::Item;
use crate::progress::rules::deadlines::Exceptions;
use crate::progress::rules::facts::ENDS_TIES;
use crate::scheme::Scheme;

use super::entered;

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
    if let Some(entered) = entered::register(item) {
        return Some(entered.address);
    }
    if item.measure == ENDS_TIES {
        return Some(paths::registry::ASSOCIATION.at(item.association));
    }
    if closing::judges(&item.measure) {
        return Some(paths::posts::POSTS.at(item.association));
    }
    let register = duties::register_of(&item.measure)?;
    let (all, one) = if of_functions(item) {
        (paths::holdings::FUNCTIONS, paths::holdings::FUNCTION)
    } else {
        (paths::holdings::ASSETS, paths::holdings::ASSET)
    };
    if register == Register::Premises {
        return Some(one.at(item.association, register.key(), ONLY));
    }
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
    match entered::register(item) {
        Some(entered) => entered.act,
        None if item.measure == ENDS_TIES => Act::AssociationRead,
        None if closing::judges(&item.measure) => Act::PostsRead,
        None if of_functions(item) => Act::HoldingsRead,
        None => Act::AssetsRead,
    }
}

/// What the register is called.
#[must_use]
pub fn name(item: &Item) -> &'static str {
    match entered::register(item) {
        Some(entered) => entered.name,
        None if item.measure == ENDS_TIES => "协会台账（与机关的关系）",
        None if closing::judges(&item.measure) => "任职清理台账",
        None if of_functions(item) => "职能台账",
        None => "资产财务台账",
    }
}
