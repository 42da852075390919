//! Many associations entered and altered in one write, as a spreadsheet brings them.

use std::collections::BTreeMap;

use crate::access::Act;
use crate::database::{Done, Told, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::registry::rules::entry::differing;
use crate::registry::rules::incoming::{Altered, Change};
use crate::registry::rules::periods::{Because, Field};
use crate::registry::rules::{Refusal, TieKind, is_new};
use crate::registry::store::importing::{self as store, Row};
use crate::registry::store::periods::former_names;
use crate::registry::store::{self as registry, Association, Derived, Entry};

use super::correcting::{begun, keep_periods, remember, told};
use super::{derive, record, taken};

/// Rows that one statement writes.
const SLICE: usize = 500;

/// What is said of each altered field that has periods.
pub type Bases = BTreeMap<Field, Because>;

/// Enters what is new and alters what is altered: all of it, or the write is given up. Each
/// association's case file says where its row came from. Another responsible unit moves what
/// waits in later rooms too (TC-62): whoever calls it sees to that.
pub async fn apply(
    write: &mut Write,
    changes: &[(Change, String)],
    bases: &Bases,
) -> Done<Refusal, Vec<Told>> {
    let mut tells = Vec::with_capacity(changes.len());
    for slice in changes.chunks(SLICE) {
        add(write, slice, &mut tells).await?;
        alter(write, slice, bases, &mut tells).await?;
    }
    Ok(tells)
}

/// A new association, ready to be written.
struct Fresh<'a> {
    unit: DepartmentId,
    entry: &'a Entry,
    derived: Derived,
    tie: Option<TieKind>,
    from: &'a str,
}

async fn add(
    write: &mut Write,
    slice: &[(Change, String)],
    tells: &mut Vec<Told>,
) -> Done<Refusal> {
    let scheme = write.scheme()?;
    let mut kinds: BTreeMap<DepartmentId, (String, String)> = BTreeMap::new();
    let mut fresh = Vec::new();
    for (change, from) in slice {
        let Change::New(unit, entry, tie) = change else {
            continue;
        };
        if !kinds.contains_key(unit) {
            let found = registry::department_kind(write, *unit).await?;
            kinds.insert(*unit, found.ok_or(Refusal::NoUnit)?);
        }
        let (kind, law) = kinds.get(unit).ok_or(Refusal::NoUnit)?;
        // NA-2: a new body that registered by itself has no tie to any organ.
        let alone = entry.direct_registration && is_new(&scheme.campaign, entry.registered_on);
        fresh.push(Fresh {
            unit: *unit,
            derived: derive(&scheme.campaign, entry, (kind, law)),
            entry,
            tie: (!alone).then_some(*tie),
            from,
        });
    }
    if fresh.is_empty() {
        return Ok(());
    }
    let rows = fresh
        .iter()
        .map(|each| Row::of((0, each.unit), each.entry, &each.derived, each.tie));
    let rows: Vec<Row<'_>> = rows.collect();
    let added = store::add_all(write, &rows).await.map_err(taken)?;
    let ids: BTreeMap<&str, AssociationId> =
        added.iter().map(|(key, id)| (key.as_str(), *id)).collect();
    for each in &fresh {
        let id = ids.get(each.derived.name_key.as_str());
        let id = *id.ok_or(Refusal::NameTaken)?;
        let sentence = format!("登记{}入台账（{}）", each.entry.name, each.from);
        tells.push(write.tell(record(Act::AssociationCreate, id, sentence)));
    }
    Ok(())
}

/// An association that reads otherwise, ready to be written.
struct Alteration<'a> {
    before: &'a Association,
    entry: &'a Entry,
    derived: Derived,
    from: &'a str,
}

async fn alter(
    write: &mut Write,
    slice: &[(Change, String)],
    bases: &Bases,
    tells: &mut Vec<Told>,
) -> Done<Refusal> {
    let scheme = write.scheme()?;
    let mut altered = Vec::new();
    for (change, from) in slice {
        let Change::Altered(Altered {
            before,
            entry: Some(entry),
            ..
        }) = change
        else {
            continue;
        };
        let unit = (&*before.department_kind, &*before.civil_service_law);
        let mut derived = derive(&scheme.campaign, entry, unit);
        for former in former_names(write, before.id).await? {
            remember(&mut derived, &former);
        }
        altered.push(Alteration {
            before,
            entry,
            derived,
            from,
        });
    }
    if altered.is_empty() {
        return Ok(());
    }
    for Alteration { before, entry, .. } in &altered {
        for differs in differing(before, entry) {
            let because = bases.get(&differs.field).ok_or(Refusal::NoBasis)?;
            let of = (before.id, begun(before));
            keep_periods(write, of, &[differs], because).await?;
        }
    }
    let rows: Vec<Row<'_>> = altered
        .iter()
        .map(|each| {
            let of = (each.before.id.0, each.before.department);
            Row::of(of, each.entry, &each.derived, None)
        })
        .collect();
    store::alter_all(write, &rows).await.map_err(taken)?;
    for Alteration {
        before,
        entry,
        from,
        ..
    } in &altered
    {
        let differing = differing(before, entry);
        let because = differing.first().and_then(|first| bases.get(&first.field));
        let because = because.unwrap_or(&Because::Unsaid);
        let of = (Association::clone(before), *entry);
        let record = told(before.id, of, (&differing, because)).remarked(from);
        tells.push(write.tell(record));
    }
    Ok(())
}
