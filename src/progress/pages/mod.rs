//! The checklist, one item of it, and what is done with them.

pub mod beginning;
pub mod dates;
pub mod deeds;
pub mod evidence;
pub mod item;
pub mod overview;
pub mod posts;
pub mod revision;

use crate::access::{Actor, Role};
use crate::ids::DepartmentId;

use super::rules::Item;

/// Whether this person may read the names of people in an association of this
/// unit (domain 2.1); the others see numbers.
#[must_use]
pub fn reads_persons(actor: &Actor, unit: DepartmentId) -> bool {
    let role = actor.role();
    role.reads_persons()
        || role == Role::Association
        || (role.is_unit() && actor.department() == unit)
}

/// The name of an item's row for this person.
#[must_use]
pub fn label(item: &Item, persons: bool) -> String {
    if persons {
        item.label.clone()
    } else {
        item.public_label()
    }
}
