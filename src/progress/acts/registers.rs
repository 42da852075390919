//! The registers on which items rest.

use crate::access::Act;
use crate::database::Db;
use crate::holdings::rules::book::{Book, ONLY};
use crate::holdings::rules::{Register, State, duties};
use crate::holdings::store;
use crate::ids::AssociationId;
use crate::paths::{self, Path};
use crate::posts::rules::closing;
use crate::progress::rules::Item;
use crate::progress::rules::deadlines::Exceptions;
use crate::progress::rules::facts::{ENDS_TIES, row_key};
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

/// A register on which an item rests.
pub struct Kept {
    /// Where it is kept.
    pub address: String,
    /// What it is called.
    pub name: &'static str,
    /// What reads it.
    pub act: Act,
}

/// The register on which an item rests; `book` knows which rows there are: a corrected survey
/// may have taken away what the item was made for.
#[must_use]
pub fn register(item: &Item, book: &Book<'_>) -> Option<Kept> {
    let kept = |address, name, act| Kept { address, name, act };
    if let Some(entered) = entered::register(item) {
        return Some(entered);
    }
    if item.measure == ENDS_TIES {
        let address = paths::registry::ASSOCIATION.at(item.association);
        let name = "协会台账（与机关的关系）";
        return Some(kept(address, name, Act::AssociationRead));
    }
    if closing::judges(&item.measure) {
        let address = paths::posts::POSTS.at(item.association);
        return Some(kept(address, "任职清理台账", Act::PostsRead));
    }
    let register = duties::register_of(&item.measure)?;
    Some(if register.of_functions() {
        let paths = (paths::holdings::FUNCTIONS, paths::holdings::FUNCTION);
        kept(
            row(item, (register, book), paths),
            "职能台账",
            Act::HoldingsRead,
        )
    } else {
        let paths = (paths::holdings::ASSETS, paths::holdings::ASSET);
        kept(
            row(item, (register, book), paths),
            "资产财务台账",
            Act::AssetsRead,
        )
    })
}

/// Where the row of a register is kept that an item is about, or all of them.
fn row(
    item: &Item,
    (register, book): (Register, &Book<'_>),
    (all, one): (Path<1>, Path<3>),
) -> String {
    let key = match register {
        Register::Premises => Some(ONLY),
        _ => row_key(&item.object),
    };
    match key.filter(|key| book.row(register, key).is_some()) {
        Some(key) => one.at(item.association, register.key(), key),
        None => all.at(item.association),
    }
}
