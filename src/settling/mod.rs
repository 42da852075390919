//! With every write: what was signed is bound to its content, and what was signed and
//! reads otherwise now is void (docs/decisions/0024); what was done and rests on a fact that
//! ceased to hold is open again (0025). What is signed follows from the
//! states of the cases; which content, from the projections; so no act can forget it.

mod contents;
mod falls;
mod relapses;
mod store;
mod upkeep;

use std::collections::{BTreeMap, BTreeSet};

use crate::access::Act;
use crate::audit::{AuditKey, Record};
use crate::database::{Db, Settling, WriteError};
use crate::ids::AssociationId;
use crate::progress::acts::follow_stage;
use crate::signatures::rules::{Group, HELD_UP, Kind};
use crate::signatures::store::{self as signatures, Bound, By, Current, Touched};

use contents::{Signed, signed};
use falls::{Voided, fall};
use store::Reach;

pub use upkeep::{carry, everybody, verify};

/// Settles what an act leaves, in its transaction and before anything is told of it.
pub async fn settle(db: &mut Db, settling: Settling<'_>) -> Result<Vec<Record>, WriteError> {
    relapses::lock(db, settling.records).await?;
    let mut told = sign(db, settling).await?;
    let relapsed = relapses::follow(db, settling, &told).await?;
    if !relapsed.is_empty() {
        // What was verified of these is not any more.
        let records = relapsed.as_slice();
        let after = sign(
            db,
            Settling {
                records,
                ..settling
            },
        )
        .await?;
        told.extend(relapsed);
        told.extend(after);
    }
    Ok(told)
}

/// Binds what an act signs, and voids what reads otherwise now.
async fn sign(db: &mut Db, settling: Settling<'_>) -> Result<Vec<Record>, WriteError> {
    follow_stages(db, settling).await?;
    let touched = touched(settling.records);
    let (associations, units) = signatures::signed_on(db, &touched).await?;
    // Nobody else's: an act that touches hundreds of associations signs on none of them.
    let mut reach = Reach {
        associations: joined(signing(settling.records), associations),
        units: joined(signing_units(settling.records), units),
        groups: Vec::new(),
    };
    if reach.associations.is_empty() && reach.units.is_empty() {
        return Ok(Vec::new());
    }
    store::lock(db, &reach).await?;
    let currents = signatures::currents(db, (&reach.associations, &reach.units)).await?;
    held_up(settling.records, &currents)?;
    reach.groups = groups(settling.records, &currents);
    let found = store::found(db, &reach).await?;
    let now = signed(settling.under.scheme, &found);
    let settled = Settlement::of(settling.records, &now, currents);
    settled.carry_out(db, settling).await
}

/// What a separation needs beside its items: ties ended, notices signed for, conditions
/// of the reply fulfilled.
const ENDS: [Act; 7] = [
    Act::TieAdd,
    Act::TieEnd,
    Act::UnitChange,
    Act::NoticeSend,
    Act::NoticeSign,
    Act::ConditionConfirm,
    Act::PlanVoid,
];

/// The stages of associations follow what their items do not say.
async fn follow_stages(db: &mut Db, settling: Settling<'_>) -> Result<(), sqlx::Error> {
    let records = settling.records.iter();
    let records = records.filter(|record| ENDS.contains(&record.act));
    let touched: BTreeSet<i64> = records
        .filter_map(|record| record.association.map(|id| id.0))
        .collect();
    for association in touched {
        let scheme = settling.under.scheme;
        follow_stage(db, scheme, AssociationId(association)).await?;
    }
    Ok(())
}

/// The kinds that an act signs.
fn kinds_of(act: Act) -> impl Iterator<Item = Kind> {
    Kind::ALL
        .into_iter()
        .filter(move |kind| kind.told().acts.contains(&act))
}

/// The associations on which an act signs now.
fn signing(records: &[Record]) -> Vec<i64> {
    let signing = records
        .iter()
        .filter(|record| kinds_of(record.act).next().is_some());
    signing
        .filter_map(|record| record.association.map(|id| id.0))
        .collect()
}

/// The units on whose own matters one does.
fn signing_units(records: &[Record]) -> Vec<i64> {
    let signing = records
        .iter()
        .filter(|record| kinds_of(record.act).next().is_some());
    let units = signing.filter(|record| record.subject.kind == "department");
    units.map(|record| record.subject.id).collect()
}

fn touched(records: &[Record]) -> Touched {
    let mut touched = Touched::default();
    for record in records {
        let subject = record.subject;
        touched
            .associations
            .extend(record.association.map(|id| id.0));
        match subject.kind {
            "department" => touched.units.push(subject.id),
            "supervision_order" => touched.orders.push(subject.id),
            _ => {}
        }
        let signed = Kind::ALL
            .into_iter()
            .filter(|kind| kind.told().subject == subject.kind);
        touched.cases.extend(signed.map(|kind| (kind, subject.id)));
    }
    touched
}

/// Without doubles, in their order, in which they are locked.
fn joined(ids: Vec<i64>, more: Vec<i64>) -> Vec<i64> {
    let ids: BTreeSet<i64> = ids.into_iter().chain(more).collect();
    ids.into_iter().collect()
}

/// Only contents of which something stands, or is signed now, are read.
fn groups(records: &[Record], currents: &[Current]) -> Vec<Group> {
    let signing = records.iter().flat_map(|record| kinds_of(record.act));
    let standing = currents.iter().map(|current| current.kind);
    let groups: BTreeSet<Group> = signing
        .chain(standing)
        .map(|kind| kind.told().group)
        .collect();
    groups.into_iter().collect()
}

/// What comes later does not pass while a signature is void that no state takes back.
fn held_up(records: &[Record], currents: &[Current]) -> Result<(), WriteError> {
    let void = currents.iter().filter(|current| current.void_on.is_some());
    let held: Vec<Act> = void
        .flat_map(|current| current.kind.told().holds_up)
        .copied()
        .collect();
    if records.iter().any(|record| held.contains(&record.act)) {
        return Err(WriteError::Refused(HELD_UP));
    }
    Ok(())
}

/// What makes a signature one of its own.
type Key = (&'static str, i64, String);

fn key(kind: Kind, case: i64, part: &str) -> Key {
    (kind.key(), case, part.to_owned())
}

/// What becomes of the signatures.
#[derive(Debug, Default)]
struct Settlement<'a> {
    bound: Vec<&'a Signed>,
    ended: Vec<i64>,
    voided: Vec<(i64, Voided<'a>)>,
}

impl<'a> Settlement<'a> {
    fn of(records: &[Record], now: &'a [Signed], currents: Vec<Current>) -> Self {
        let signs_now = |kind: Kind, case: i64| {
            let told = kind.told();
            records.iter().any(|record| {
                told.acts.contains(&record.act)
                    && record.subject.kind == told.subject
                    && record.subject.id == case
            })
        };
        let with = |signed: &Signed| {
            records.iter().any(|record| {
                signed.kind.bound_with().contains(&record.act)
                    && record.association.map(|id| id.0) == signed.association
            })
        };
        let mut last: BTreeMap<Key, Current> = currents
            .into_iter()
            .map(|current| (key(current.kind, current.case, &current.part), current))
            .collect();
        let mut settlement = Self::default();
        for signed in now {
            let current = last.remove(&key(signed.kind, signed.case, &signed.part));
            let Some(current) = current else {
                settlement.bound.push(signed);
                continue;
            };
            let differs = current.content.differing(&signed.content);
            let stands = current.void_on.is_none();
            // A signature that is void does not stand again by itself where the case's
            // state stays: it is signed anew, or its state was reached anew.
            let anew = signs_now(signed.kind, signed.case)
                || stands && with(signed)
                || !stands && signed.kind.told().back.is_some() && signed.newest;
            if anew {
                settlement.ended.push(current.id);
                settlement.bound.push(signed);
            } else if stands && !differs.is_empty() {
                settlement
                    .voided
                    .push((current.id, Voided { signed, differs }));
            }
        }
        // The case went on without it, or was answered anew and not agreed to.
        let over = last.into_values().filter(|current| {
            current.void_on.is_none()
                || current.kind.told().back.is_none()
                || signs_now(current.kind, current.case)
        });
        settlement.ended.extend(over.map(|current| current.id));
        settlement
    }

    async fn carry_out(
        self,
        db: &mut Db,
        settling: Settling<'_>,
    ) -> Result<Vec<Record>, WriteError> {
        let day = settling.under.day;
        signatures::end(db, &self.ended, day).await?;
        for (act, bound) in by_act(settling, &self.bound) {
            let by = By {
                act: Some(act),
                account: settling.signature.account.map(|id| id.0),
                department: settling.signature.department.map(|id| id.0),
            };
            signatures::bind(db, by, &bound).await?;
        }
        let void: Vec<_> = self
            .voided
            .iter()
            .map(|(id, void)| (*id, &void.signed.content))
            .collect();
        signatures::void(db, &void, day).await?;
        let mut told = Vec::new();
        for (_, voided) in furthest(&self.voided) {
            told.push(fall(db, settling.under, voided).await?);
        }
        // What is held up already when it becomes void does not pass with it either.
        let held = self
            .voided
            .iter()
            .flat_map(|(_, voided)| voided.signed.kind.told().holds_up);
        let held: Vec<&Act> = held.collect();
        if settling
            .records
            .iter()
            .any(|record| held.contains(&&record.act))
        {
            return Err(WriteError::Refused(HELD_UP));
        }
        Ok(told)
    }
}

/// Of each case the void signature that falls back furthest.
fn furthest<'a, 'b>(voided: &'b [(i64, Voided<'a>)]) -> Vec<&'b (i64, Voided<'a>)> {
    let mut cases = BTreeSet::new();
    let rank = |kind: Kind| Kind::ALL.iter().position(|known| *known == kind);
    let mut sorted: Vec<&(i64, Voided<'a>)> = voided.iter().collect();
    sorted.sort_by_key(|(_, voided)| rank(voided.signed.kind));
    sorted.retain(|(_, voided)| {
        let signed = voided.signed;
        cases.insert((signed.kind.told().subject, signed.case, signed.part.clone()))
    });
    sorted
}

/// What is bound, by the act that signs it: of the records the one on this case, else the
/// first, as where a reply settles items.
fn by_act(settling: Settling<'_>, bound: &[&Signed]) -> Vec<(Act, Vec<Bound>)> {
    let Some(first) = settling.records.first() else {
        return Vec::new();
    };
    let mut by: Vec<(Act, Vec<Bound>)> = Vec::new();
    for signed in bound {
        let acts = signed.kind.told().acts;
        let own = settling
            .records
            .iter()
            .find(|record| acts.contains(&record.act));
        let act = own.unwrap_or(first).act;
        let made = seal(settling.key, signed, settling.under.day);
        match by.iter_mut().find(|(known, _)| *known == act) {
            Some((_, others)) => others.push(made),
            None => by.push((act, vec![made])),
        }
    }
    by
}

/// A signature with its mark.
fn seal(key: &AuditKey, signed: &Signed, on: chrono::NaiveDate) -> Bound {
    let of = (signed.kind.key(), signed.case, signed.part.as_str());
    Bound {
        kind: signed.kind,
        case: signed.case,
        part: signed.part.clone(),
        association: signed.association,
        unit: signed.unit,
        on,
        content: signed.content.clone(),
        mark: key.mark_of(of, &signed.content.canonical()),
    }
}
