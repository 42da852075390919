//! A tie to an organ appears on the register while the checklist is carried out: it is
//! cancelled like the others, so the checklist has an item for it (T1-01), or the item that
//! had ended the tie to this organ is open again (DN-3).

use crate::database::{Done, Never, Write};
use crate::ids::AssociationId;
use crate::progress::acts::ties::follow;
use crate::progress::store::relapses;
use crate::registry::acts::add_tie_in;
use crate::registry::store::NewTie;

/// Adds a tie to another organ; the responsible unit's own stands already (SC-10, TC-12).
pub async fn add(mut write: Write, association: AssociationId, tie: &NewTie) -> Done<Never> {
    relapses::lock(&mut write, &[association.0]).await?;
    let (id, told) = add_tie_in(&mut write, association, tie).await?;
    follow(&mut write, association, id).await?;
    write.finish(told).await
}
