//! Who reads the list of reminders may not open every page on which something is done.

use crate::access::{Actor, Facts};
use crate::ids::AssociationId;
use crate::timeline::rules::reminders::Matter;
use crate::web::guide;

/// Where the reader finds a matter: where it is dealt with, or as near as is theirs to open.
pub(super) fn to(actor: &Actor, matter: &Matter) -> String {
    let facts = Facts {
        association: matter.association.map(AssociationId),
        ..Facts::default()
    };
    guide::led_to(&matter.href, (actor, &facts)).unwrap_or_else(|| matter.href.clone())
}
