//! Entry and correction, ties, and the decision on scope.

use chrono::NaiveDate;

use crate::access::case::{Stuck, Subject};
use crate::access::{Act, Actor, Seen};
use crate::audit::Record;
use crate::database::{Done, Failure, Told, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::scheme::campaign::Campaign;

use super::names;
use super::rules::{self, Refusal, Scope, ScopeFacts, TieKind};
use super::store::{self, Association, Derived, Entry, NewTie};

mod correcting;
mod founding;
pub mod importing;

pub use correcting::correct;
pub use founding::check_founding;

/// An association as records name it.
const fn subject(association: AssociationId) -> Subject {
    Subject {
        kind: "association",
        id: association.0,
    }
}

fn record(act: Act, association: AssociationId, sentence: impl Into<String>) -> Record {
    Record::new(act, "association", association.0, sentence).in_file_of(association)
}

/// The association under lock, as seen.
async fn take(write: &mut Write, id: AssociationId, seen: &Seen) -> Done<Refusal, Association> {
    let found = store::lock(write, id).await?;
    let association = found.ok_or(Stuck::Missing("协会"))?;
    write.as_seen(seen, association.version, subject(id))?;
    Ok(association)
}

/// The named constraints become field errors; nothing else does.
fn taken(error: sqlx::Error) -> Failure<Refusal> {
    let constraint = match &error {
        sqlx::Error::Database(database) => database.constraint(),
        _ => None,
    };
    match constraint {
        Some("association_name_key") => Refusal::NameTaken.into(),
        Some("association_uscc_key") => Refusal::CodeTaken.into(),
        _ => error.into(),
    }
}

/// Search keys and computed scope of an entry.
#[must_use]
pub fn derive(campaign: &Campaign, entry: &Entry, (kind, law): (&str, &str)) -> Derived {
    let (computed, _) = rules::scope(campaign, &facts(entry, kind, law));
    Derived {
        name_key: names::key(&entry.name),
        grams: names::grams(&entry.name, entry.uscc.as_deref().unwrap_or_default()),
        initials: names::initials(&entry.name),
        sort_key: names::sort_key(&entry.name),
        computed,
        by_reference: rules::by_reference(kind),
    }
}

fn facts<'a>(entry: &'a Entry, kind: &'a str, law: &'a str) -> ScopeFacts<'a> {
    ScopeFacts {
        name: &entry.name,
        uscc: entry.uscc.as_deref(),
        registrar: &entry.registrar,
        org_type: store::ORG_TYPE,
        member_basis: &entry.member_basis,
        department_kind: kind,
        civil_service_law: law,
        registered_on: entry.registered_on,
    }
}

/// Enters an association with the tie of its responsible unit.
pub async fn register(
    mut write: Write,
    department: DepartmentId,
    entry: &Entry,
    tie: TieKind,
) -> Done<Refusal, AssociationId> {
    let scheme = write.scheme()?;
    let found = store::department_kind(&mut write, department).await?;
    let (kind, law) = found.ok_or(Refusal::NoUnit)?;
    let derived = derive(&scheme.campaign, entry, (&kind, &law));
    let id = store::add(&mut write, department, entry, &derived)
        .await
        .map_err(taken)?;
    let own = NewTie {
        kind: tie,
        department,
        via_subordinate: None,
        basis: "登记证书".to_owned(),
        started_on: entry.registered_on,
        is_primary: true,
    };
    // NA-2: a new body that registered by itself has no tie to any organ.
    if !(entry.direct_registration && rules::is_new(&scheme.campaign, entry.registered_on)) {
        store::add_tie(&mut write, id, &own).await?;
    }
    let sentence = format!("登记{}入台账", entry.name);
    let told = write.tell(record(Act::AssociationCreate, id, sentence));
    write.finish::<Refusal>(told).await?;
    Ok(id)
}

/// Adds a tie to another organ; the responsible unit's own stands already (SC-10, TC-12).
pub async fn add_tie_in(
    write: &mut Write,
    association: AssociationId,
    tie: &NewTie,
) -> Result<(i64, Told), sqlx::Error> {
    let id = store::add_tie(write, association, tie).await?;
    let sentence = format!("登记{}关系（依据：{}）", tie.kind.label(), tie.basis);
    let record = Record::new(Act::TieAdd, "tie", id, sentence);
    Ok((id, write.tell(record.in_file_of(association))))
}

/// Ends a tie on a day, by a document: that is the work of T1-01, and the organ's whose
/// tie it is. The office enters it for an organ that has nobody here.
pub async fn end_tie(
    mut write: Write,
    (association, id): (AssociationId, i64),
    seen: Seen,
    on: NaiveDate,
    by: &str,
) -> Done<Refusal> {
    let found = store::lock_tie(&mut write, association, id).await?;
    let tie = found.ok_or(Stuck::Missing("关系"))?;
    write.as_seen(&seen, tie.version, Subject { kind: "tie", id })?;
    if tie.ended_on.is_some() {
        return Err(Refusal::TieEnded.into());
    }
    let ends = |actor: &Actor| rules::ends_tie(actor, tie.department);
    if !write.actor().is_none_or(ends) {
        return Err(Refusal::OthersTie.into());
    }
    if tie.started_on.is_some_and(|since| on < since) {
        return Err(Refusal::EndsTooEarly.into());
    }
    store::end_tie(&mut write, id, on, by).await?;
    let sentence = format!("关系于{on}终止（文件：{by}）");
    let record = Record::new(Act::TieEnd, "tie", id, sentence);
    let told = write.tell(record.in_file_of(association));
    write.finish(told).await
}

/// The unit's proposal on scope.
pub async fn propose_scope(
    mut write: Write,
    id: AssociationId,
    seen: Seen,
    scope: Scope,
    reason: Option<String>,
) -> Done<Refusal> {
    let before = take(&mut write, id, &seen).await?;
    let reason = rules::reason(before.scope_computed, scope, reason)?;
    let proposal = format!("{}：{reason}", scope.label());
    store::propose_scope(&mut write, id, &proposal).await?;
    let sentence = format!("建议认定为“{}”", scope.label());
    let told = write.tell(record(Act::ScopePropose, id, sentence).with_opinion(&reason));
    write.finish(told).await
}

/// The office's decision on scope, with its reason (SC-8).
pub async fn decide_scope(
    mut write: Write,
    id: AssociationId,
    seen: Seen,
    scope: Scope,
    reason: Option<String>,
) -> Done<Refusal> {
    let before = take(&mut write, id, &seen).await?;
    let reason = rules::reason(before.scope_computed, scope, reason)?;
    correcting::decided(&mut write, &before, scope).await?;
    store::decide_scope(&mut write, id, scope, &reason).await?;
    let sentence = format!("认定为“{}”", scope.label());
    let record = record(Act::ScopeDecide, id, sentence)
        .with_opinion(&reason)
        .changed("scope", before.scope.label(), scope.label());
    let told = write.tell(record);
    write.finish(told).await
}
