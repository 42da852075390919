//! Several items at once: each as it was seen, each with a record of its own.

use crate::access::Seen;
use crate::database::{Done, Failure, Write};
use crate::ids::AssociationId;
use crate::progress::rules::{Deed, Refusal};
use crate::progress::store;

use super::{At, perform_in};

/// An item that was chosen, as it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    /// The item.
    pub item: i64,
    /// What was seen of it.
    pub seen: Seen,
}

/// Does a deed with each; where one cannot be done, none is, and which it was is told.
pub async fn perform(
    mut write: Write,
    association: AssociationId,
    deed: &Deed,
    mut picked: Vec<Picked>,
) -> Done<Refusal> {
    // Items are locked in the order of their numbers, so that nobody waits in a circle.
    picked.sort_by_key(|each| each.item);
    picked.dedup_by_key(|each| each.item);
    let by = write.by();
    let own = store::prepared(&mut write, (association, by), deed.act()).await?;
    let mut told = None;
    for Picked { item, seen } in picked {
        let at = At { association, item };
        let done = if own.contains(&item) {
            Err(Refusal::OwnDraft.into())
        } else {
            perform_in(&mut write, at, &seen, deed).await
        };
        told = Some(match done {
            Err(Failure::Room(why)) => {
                let found = store::item(&mut write, association, item).await?;
                let title = found.map_or_else(String::new, |item| item.title());
                return Err(Refusal::Of(title, Box::new(why)).into());
            }
            done => done?,
        });
    }
    write.finish(told.ok_or(Refusal::NothingPicked)?).await
}
