//! 沿用: signatures of what was agreed to before the program kept them, made from what
//! stands; and whether what is kept is what was marked.

use crate::audit::{AuditKey, Fact};
use crate::database::{Db, Under};
use crate::signatures::rules::Group;
use crate::signatures::store::{self as signatures, By};

use super::contents::signed;
use super::store::{self, Reach};
use super::{key, seal};

const ALL: [Group; 5] = [
    Group::Surveys,
    Group::Plans,
    Group::Registers,
    Group::Items,
    Group::Units,
];

/// Binds what stands signed and has no signature yet to what stands now. Of a campaign
/// that `bench seed` has multiplied nobody signed anything.
pub async fn carry(
    db: &mut Db,
    (associations, units): (&[i64], &[i64]),
    (under, mark): (Under<'_>, &AuditKey),
) -> Result<(), sqlx::Error> {
    if seeded(db).await? {
        return Ok(());
    }
    let reach = Reach {
        associations: associations.to_vec(),
        units: units.to_vec(),
        groups: ALL.to_vec(),
    };
    store::lock(db, &reach).await?;
    let known = signatures::currents(db, (associations, units)).await?;
    let known: Vec<_> = known
        .iter()
        .map(|current| key(current.kind, current.case, &current.part))
        .collect();
    let found = store::found(db, &reach).await?;
    let now = signed(under.scheme, &found);
    let missing = now
        .iter()
        .filter(|signed| !known.contains(&key(signed.kind, signed.case, &signed.part)));
    let bound: Vec<_> = missing
        .map(|signed| seal(mark, signed, signed.on.unwrap_or(under.day)))
        .collect();
    signatures::bind(db, By::default(), &bound).await?;
    // No act told of them: nothing is left to be told.
    Fact::taken(db.connection()).await?;
    Ok(())
}

async fn seeded(db: &mut Db) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"select exists (select from seeding) as "seeded!""#)
        .fetch_one(db.connection())
        .await
}

/// All associations and departments on whose cases something is signed.
pub async fn everybody(db: &mut Db) -> Result<(Vec<i64>, Vec<i64>), sqlx::Error> {
    signatures::signers(db).await
}

/// Signatures whose content is not what was marked: kind and key.
pub async fn verify(
    db: &mut Db,
    (associations, units): (&[i64], &[i64]),
    mark: &AuditKey,
) -> Result<Vec<String>, sqlx::Error> {
    let currents = signatures::currents(db, (associations, units)).await?;
    let forged = currents.iter().filter(|current| {
        let of = (current.kind.key(), current.case, current.part.as_str());
        mark.mark_of(of, &current.content.canonical()) != current.mark
    });
    Ok(forged
        .map(|current| format!("{} {}", current.kind.label(), current.id))
        .collect())
}
