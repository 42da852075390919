//! Proposing, refusing and deciding that an association leaves. Deciding ends the
//! plan and what is not resolved, in one transaction with the exit (TC-40, TC-41).

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::clock::chinese_date;
use crate::database::{Database, Write, WriteError};
use crate::ids::AssociationId;
use crate::registry::rules::ExitKind;
use crate::registry::store::{self as registry, Left};

use super::ending::Ending;
use super::rules::{self, Decision, Refusal, State};
use super::store::{self, Case, Proposal};

/// What a refused or failed act gives.
pub type Outcome<T> = Result<Result<T, Refusal>, WriteError>;
/// The association, and the version of its exit that the person was looking at.
pub type Seen = (AssociationId, i32);

/// Writes the unit's draft; version 0 where there is none yet.
pub async fn save(
    database: &Database,
    who: &Who,
    (association, seen): Seen,
    proposal: &Proposal,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    if store::living(&mut write, association).await?.is_none() {
        return Ok(Err(Refusal::Gone));
    }
    if let Some(survivor) = proposal.survivor {
        let living = store::living(&mut write, survivor).await?;
        if survivor == association || living.is_none() {
            return Ok(Err(Refusal::NoSurvivor));
        }
    }
    let before = store::lock(&mut write, association).await?;
    if before.as_ref().map_or(0, |case| case.version) != seen {
        return Ok(Err(Refusal::Stale));
    }
    let from = before.map_or(State::Draft, |case| case.state);
    let Some(to) = rules::next(from, Act::ExitSave) else {
        return Ok(Err(Refusal::Closed(from)));
    };
    let id = store::save(&mut write, association, proposal).await?;
    store::move_to(&mut write, id, (from, to)).await?;
    let sentence = format!("拟提出{}（{}）", proposal.kind.label(), proposal.document);
    let record = Record::new(Act::ExitSave, "exit", id, sentence).in_file_of(association);
    write.record(record.with_opinion(&proposal.reason)).await?;
    Ok(Ok(()))
}

/// Locks the exit on the version seen, if the act is open.
async fn take(
    write: &mut Write,
    (association, seen): Seen,
    act: Act,
) -> Result<Result<(Case, State), Refusal>, sqlx::Error> {
    let Some(case) = store::lock(write, association).await? else {
        return Ok(Err(Refusal::NotBegun));
    };
    if case.version != seen {
        return Ok(Err(Refusal::Stale));
    }
    Ok(match rules::next(case.state, act) {
        Some(to) => Ok((case, to)),
        None => Err(Refusal::Closed(case.state)),
    })
}

/// Sends the proposal to civil affairs in the unit's name.
pub async fn propose(database: &Database, who: &Who, seen: Seen) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let (case, to) = match take(&mut write, seen, Act::ExitPropose).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    store::move_to(&mut write, case.id, (case.state, to)).await?;
    let signer = (who.actor.account, who.today());
    store::sign(&mut write, case.id, signer).await?;
    let sentence = format!(
        "建议{}，报民政局决定（{}）",
        case.kind.label(),
        case.document
    );
    let record = Record::new(Act::ExitPropose, "exit", case.id, sentence).in_file_of(seen.0);
    let record = record.changed("state", case.state.key(), to.key());
    write.record(record.with_opinion(&case.reason)).await?;
    Ok(Ok(()))
}

/// Civil affairs sends the proposal back.
pub async fn refuse(database: &Database, who: &Who, seen: Seen, opinion: &str) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let (case, to) = match take(&mut write, seen, Act::ExitRefuse).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    store::move_to(&mut write, case.id, (case.state, to)).await?;
    store::note_refusal(&mut write, case.id, opinion).await?;
    let sentence = format!("不予{}，退回业务主管单位", case.kind.label());
    let record = Record::new(Act::ExitRefuse, "exit", case.id, sentence).in_file_of(seen.0);
    let record = record.changed("state", case.state.key(), to.key());
    write.record(record.with_opinion(opinion)).await?;
    Ok(Ok(()))
}

/// Civil affairs has decided under its own law: the association leaves.
pub async fn decide(
    database: &Database,
    who: &Who,
    seen: Seen,
    decision: &Decision,
) -> Outcome<()> {
    let mut write = Write::begin(database, who).await?;
    let association = seen.0;
    let Some((unit, _)) = store::living(&mut write, association).await? else {
        return Ok(Err(Refusal::Gone));
    };
    let (case, to) = match take(&mut write, seen, Act::ExitDecide).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Err(refusal) = rules::may_decide(decision.date, case.proposed_on, who.today()) {
        return Ok(Err(refusal));
    }
    if let Some(survivor) = case.survivor
        && store::living(&mut write, survivor).await?.is_none()
    {
        return Ok(Err(Refusal::NoSurvivor));
    }
    let reason = format!("协会{}（{}）", case.kind.label(), decision.number);
    let ending = Ending {
        of: (association, unit),
        act: Act::ExitDecide,
        reason: &reason,
    };
    let survivor = case.survivor_name.as_deref();
    let lapse = |object: &str| rules::lapse_reason(object, case.kind, &decision.number, survivor);
    let closed = ending.end_in(&mut write, who, lapse).await?;
    let left = Left {
        kind: case.kind,
        on: decision.date,
        into: case.survivor,
    };
    registry::leave(&mut write, association, &left).await?;
    store::move_to(&mut write, case.id, (case.state, to)).await?;
    let hand = (who.actor.account, who.today());
    store::note_decision(&mut write, case.id, decision, hand).await?;
    let mut records = vec![told(association, &case, decision, closed.lapsed)];
    records.extend(ending.record(&closed, "实施方案随协会退出终止"));
    records.extend(case.survivor.map(|survivor| {
        let sentence = format!("依{}接收合并的协会", decision.number);
        Record::new(Act::ExitDecide, "exit", case.id, sentence).in_file_of(survivor)
    }));
    write.record_all(records).await?;
    Ok(Ok(()))
}

fn told(association: AssociationId, case: &Case, decision: &Decision, lapsed: usize) -> Record {
    let into = case
        .survivor_name
        .as_ref()
        .filter(|_| case.kind == ExitKind::Merged)
        .map_or_else(String::new, |name| format!("，并入{name}"));
    let sentence = format!(
        "{}于{}{}{into}，{lapsed}项未办结事项终止",
        decision.number,
        chinese_date(decision.date),
        case.kind.label(),
    );
    Record::new(Act::ExitDecide, "exit", case.id, sentence)
        .in_file_of(association)
        .with_opinion(&decision.opinion)
        .changed("exit_kind", "", case.kind.key())
}
