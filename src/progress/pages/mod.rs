//! The checklist, one item of it, and what is done with them.

pub mod beginning;
pub mod dates;
pub mod deeds;
pub mod evidence;
pub mod item;
pub mod overview;
pub mod posts;
pub mod revision;

use super::rules::Item;

/// The name of an item's row for this person.
#[must_use]
pub fn label(item: &Item, persons: bool) -> String {
    if persons {
        item.label.clone()
    } else {
        item.public_label()
    }
}
