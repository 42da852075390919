//! SQL of what opens again when its facts cease to hold (DN-3).

use std::collections::BTreeMap;

use crate::database::Db;
use crate::ids::AssociationId;

/// The items of an association that are reported or done, and whether their facts held by now.
pub type Standing = BTreeMap<i64, bool>;

/// Locks all items of these associations in the order of their keys, with whoever is at one of
/// them waited for: whatever changes what items rest on has them before it has their counters or
/// anything of the association, as whoever is at an item has that first.
pub async fn lock(db: &mut Db, associations: &[i64]) -> Result<(), sqlx::Error> {
    if associations.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "select id from item where campaign_id = $1 and association_id = any($2) order by id for update",
        db.campaign(),
        associations,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(())
}

/// Those of these associations, which are under [`lock`]. A plan that has ended leaves its items
/// as they are.
pub async fn standing(
    db: &mut Db,
    associations: &[i64],
) -> Result<BTreeMap<AssociationId, Standing>, sqlx::Error> {
    let rows = sqlx::query!(
        "select i.id, i.association_id, i.facts_held
         from item i
         where i.campaign_id = $1 and i.association_id = any($2) and i.state in ('reported_done', 'verified', 'accepted')
           and not exists (select from plan p where p.campaign_id = i.campaign_id
                           and p.association_id = i.association_id and p.state = 'terminated')
         order by i.id",
        db.campaign(),
        associations,
    )
    .fetch_all(db.connection())
    .await?;
    let mut standing: BTreeMap<AssociationId, Standing> = BTreeMap::new();
    for row in rows {
        let of = standing.entry(AssociationId(row.association_id));
        of.or_default().insert(row.id, row.facts_held);
    }
    Ok(standing)
}

/// The facts of these items hold from now on, or do not.
pub async fn hold(db: &mut Db, items: &[i64], held: bool) -> Result<(), sqlx::Error> {
    if items.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "update item set facts_held = $3 where campaign_id = $1 and id = any($2) and facts_held <> $3",
        db.campaign(),
        items,
        held,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}
