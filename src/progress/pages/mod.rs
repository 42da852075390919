//! The checklist, one item of it, and what is done with them.

mod checklist;
mod counted;
pub mod dates;
pub mod deeds;
pub mod evidence;
mod facts;
mod fields;
pub mod filters;
pub mod item;
mod offers;
pub mod overview;
pub mod picks;
pub mod revision;
pub mod together;
mod told;

use crate::access::Act;
use crate::corrections::rules::{Kind, Of, Standing};
use crate::corrections::section::Section;
use crate::crossings::correction as correcting;
use crate::database::Db;
use crate::scheme::Scheme;
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

/// Whether who checks an item has begun to, for whom it stands in the way of taking it back
/// or opens asking for a correction.
async fn opened(
    db: &mut Db,
    (scheme, allowed): (&Scheme, &Allowed),
    item: &Item,
) -> Result<bool, sqlx::Error> {
    let asks = allowed.may(Act::CorrectionAsk) || allowed.may(Act::ItemRecall);
    Ok(asks && correcting::item_opened(db, scheme, item).await?)
}

/// What the item's page says of requests to correct it.
async fn correction(
    db: &mut Db,
    allowed: &Allowed,
    item: &Item,
    opened: bool,
) -> Result<Section, sqlx::Error> {
    let of = Of::matter_of(item.association, Kind::Item, item.id);
    Section::of(db, allowed, of, Standing::of(item, opened)).await
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
