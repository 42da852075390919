//! One at a time on the desk of an association or a unit.

use super::Db;

/// Associations and units beyond which all desks are locked as one: the server keeps some
/// thousands of locks for all sessions together, and a spreadsheet may bring 70,000.
const MANY: usize = 1_000;

/// One binds, voids and writes at a time on these desks, and none while the next act of the same
/// file is not yet seen: two items reported at once by two people are counted by the later of
/// them. Held to the end of the transaction; taken after everything else but the chain.
pub async fn lock_desks(
    db: &mut Db,
    associations: &[i64],
    units: &[i64],
) -> Result<(), sqlx::Error> {
    if associations.len() + units.len() > MANY {
        sqlx::query!("select pg_advisory_xact_lock(hashtextextended('all desks', 0))::text")
            .fetch_one(db.connection())
            .await?;
        return Ok(());
    }
    sqlx::query!(
        "with others as materialized (select pg_advisory_xact_lock_shared(hashtextextended('all desks', 0))::text)
         select count(pg_advisory_xact_lock(hashtextextended(k.kind || k.id, 0)))
         from others, (select 'desk of association ' as kind, a.id from unnest($1::bigint[]) a(id)
               union all select 'desk of unit ', u.id from unnest($2::bigint[]) u(id)
               order by 1, 2) k",
        associations,
        units,
    )
    .fetch_one(db.connection())
    .await?;
    Ok(())
}
