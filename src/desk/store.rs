//! SQL of the desk: what stands there, what should, and writing the one over the other.

mod bases;
mod cases;
mod days;
mod dockets;
pub mod listed;
mod posts;
pub mod reading;
mod touched;
mod units;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::access::Role;
use crate::database::{Db, Under, batches, lock_desks};
use crate::registry::rules::suspension::Standstill;
use crate::registry::store::suspensions::of_associations as of_associations_still;

use super::rules::{Batches, Found, Judge, Key, Offices, Row};

pub use bases::Base;
pub use days::{Standing, all, by_day, by_the_day, note, note_record, standing, wait};
pub use touched::{Renewed, renewed};

/// Associations and units that are written in one transaction of a day's roll.
pub const BATCH: usize = 200;

/// Locks these desks. Whom this act brought nobody else has seen: they need no lock.
pub async fn lock(db: &mut Db, renewed: &Renewed) -> Result<(), sqlx::Error> {
    let mut stood = renewed.associations.clone();
    stood.retain(|id| !renewed.born.contains(id));
    lock_desks(db, &stood, &renewed.units).await
}

/// The desk of these associations and units as the states say it should be.
pub async fn computed(
    db: &mut Db,
    renewed: &Renewed,
    under: Under<'_>,
) -> Result<BTreeMap<Key, Row>, sqlx::Error> {
    let offices = offices(db).await?;
    let windows = units::windows_of(db, under.scheme).await?;
    let mut stood: BTreeMap<i64, Vec<Standstill>> = BTreeMap::new();
    for (id, still) in of_associations_still(db, &renewed.associations).await? {
        stood.entry(id).or_default().push(still);
    }
    let dates = batches::of_associations(db, &renewed.associations).await?;
    let batches = Batches::of(&under.scheme.campaign, dates);
    let mut found = Vec::new();
    if !renewed.associations.is_empty() {
        found = of_associations(db, &renewed.associations, (under, &batches)).await?;
    }
    if !renewed.units.is_empty() {
        let own = units::matters(db, &renewed.units, (under, &windows)).await?;
        found.extend(own);
        found.extend(dockets::matters(db, (&[], &renewed.units), under.scheme).await?);
    }
    let judge = Judge {
        scheme: under.scheme,
        offices: &offices,
        windows: &windows,
        stood: &stood,
        batches: &batches,
    };
    Ok(judge.desk(&found))
}

async fn of_associations(
    db: &mut Db,
    ids: &[i64],
    (under, batches): (Under<'_>, &Batches),
) -> Result<Vec<Found>, sqlx::Error> {
    let scheme = under.scheme;
    let bases = bases::bases(db, ids).await?;
    let mut found: Vec<Found> = Vec::new();
    for base in &bases {
        found.extend(base.matters(scheme));
    }
    let mut rows = cases::of_plans(db, ids).await?;
    rows.extend(cases::of_registers(db, ids).await?);
    rows.extend(cases::of_checklists(db, ids).await?);
    let by: BTreeMap<i64, &Base> = bases.iter().map(|base| (base.id, base)).collect();
    for row in rows {
        // What belongs to an association that has left waits for nobody.
        if let Some(base) = by.get(&row.association) {
            found.push(row.found(base));
        }
    }
    found.extend(posts::matters(db, &bases, (under, batches)).await?);
    let own = dockets::matters(db, (ids, &[]), scheme).await?;
    found.extend(
        own.into_iter()
            .filter(|each| each.association.is_some_and(|id| by.contains_key(&id))),
    );
    Ok(found)
}

async fn offices(db: &mut Db) -> Result<Offices, sqlx::Error> {
    let rows = sqlx::query!(
        "select id, competences, supervises from department
         where campaign_id = $1 and active and (supervises or competences <> '{}') order by id limit 1000",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await?;
    Ok(Offices::of(rows.iter().map(|row| {
        (row.id, row.competences.as_slice(), row.supervises)
    })))
}

/// The desk of these associations and units as it stands.
pub async fn stands(db: &mut Db, renewed: &Renewed) -> Result<BTreeMap<Key, Row>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select kind as "kind!", case_id as "case!", association_id as "association?", unit_id as "unit!",
                  department_id as "department!", role as "role!: Role", act as "act!", since as "since!",
                  from_on as "from_on?", due_on as "due_on?", count as "count!", suspended as "suspended!", note as "note!"
           from desk where campaign_id = $1 and association_id = any($2)
           union all
           select kind, case_id, association_id, unit_id, department_id, role, act, since, from_on, due_on, count, suspended, note
           from desk where campaign_id = $1 and association_id is null and unit_id = any($3)"#,
        db.campaign(),
        &renewed.associations,
        &renewed.units,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows.into_iter().map(|row| (row.key(), row)).collect())
}

/// Writes what should stand over what does: only what differs is touched.
pub async fn write(
    db: &mut Db,
    mut stands: BTreeMap<Key, Row>,
    should: BTreeMap<Key, Row>,
) -> Result<(), sqlx::Error> {
    let mut new = Vec::new();
    for (key, row) in should {
        if stands.remove(&key).as_ref() != Some(&row) {
            new.push(row);
        }
    }
    let gone: Vec<Row> = stands.into_values().collect();
    if !gone.is_empty() {
        remove(db, &gone).await?;
    }
    if !new.is_empty() {
        put(db, &new).await?;
    }
    Ok(())
}

/// A column of some rows.
fn column<T>(rows: &[Row], of: impl Fn(&Row) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}

async fn remove(db: &mut Db, rows: &[Row]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from desk d
         using unnest($2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[]) g(kind, id, department, role, act)
         where d.campaign_id = $1 and d.kind = g.kind and d.case_id = g.id and d.department_id = g.department
           and d.role = g.role and d.act = g.act",
        db.campaign(),
        &column(rows, |row| row.kind.clone()),
        &column(rows, |row| row.case),
        &column(rows, |row| row.department),
        &column(rows, |row| row.role.key().to_owned()),
        &column(rows, |row| row.act.clone()),
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

async fn put(db: &mut Db, rows: &[Row]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into desk (campaign_id, kind, case_id, association_id, unit_id, department_id, role, act, since, from_on,
                           due_on, count, suspended, note)
         select $1, n.* from unnest($2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[],
                                    $8::text[], $9::date[], $10::date[], $11::date[], $12::integer[], $13::boolean[], $14::text[]) n
         on conflict (campaign_id, kind, case_id, department_id, role, act)
         do update set association_id = excluded.association_id, unit_id = excluded.unit_id, since = excluded.since,
                       from_on = excluded.from_on, due_on = excluded.due_on, count = excluded.count,
                       suspended = excluded.suspended, note = excluded.note",
        db.campaign(),
        &column(rows, |row| row.kind.clone()),
        &column(rows, |row| row.case),
        &column(rows, |row| row.association) as &[Option<i64>],
        &column(rows, |row| row.unit),
        &column(rows, |row| row.department),
        &column(rows, |row| row.role.key().to_owned()),
        &column(rows, |row| row.act.clone()),
        &column(rows, |row| row.since),
        &column(rows, |row| row.from_on) as &[Option<NaiveDate>],
        &column(rows, |row| row.due_on) as &[Option<NaiveDate>],
        &column(rows, |row| row.count),
        &column(rows, |row| row.suspended),
        &column(rows, |row| row.note.clone()),
    )
    .execute(db.connection())
    .await?;
    Ok(())
}
