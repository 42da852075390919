//! The checklist, one item of it, and what is done with them.

pub mod dates;
pub mod deeds;
pub mod evidence;
pub mod item;
pub mod overview;
pub mod revision;
pub mod together;

use crate::web::{Allowed, Error};

use super::acts::At;
use super::rules::Item;

/// The item in the address.
fn at(allowed: &Allowed) -> Result<At, Error> {
    Ok(At {
        association: allowed.association()?,
        item: allowed.item()?,
    })
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
