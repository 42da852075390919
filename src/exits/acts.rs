//! Proposing that an association leaves, and refusing. The decision ends more than the
//! case: it stands in `crossings::exit`.

use crate::access::case::Step;
use crate::access::{Act, Seen};
use crate::audit::Say;
use crate::database::{Done, Write};
use crate::ids::AssociationId;

use super::rules::Refusal;
use super::store::{self, Exit, Proposal};

/// Writes the unit's draft.
pub async fn save(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    proposal: &Proposal,
) -> Done<Refusal> {
    let found = store::lock(&mut write, association).await?;
    let opening = write.opening(found, &seen, Act::ExitSave).await?;
    if store::living(&mut write, association).await?.is_none() {
        return Err(Refusal::Gone.into());
    }
    survives(&mut write, association, proposal.survivor).await?;
    let id = store::save(&mut write, association, proposal).await?;
    let sentence = format!("拟提出{}（{}）", proposal.kind.label(), proposal.document);
    let say = Say::new(sentence).because(&proposal.reason);
    let told = write.apply(opening.of(id, Some(association)), say).await?;
    write.finish(told).await
}

/// Whoever is to survive a merger is another association, and lives.
pub async fn survives(
    write: &mut Write,
    association: AssociationId,
    survivor: Option<AssociationId>,
) -> Done<Refusal> {
    if let Some(survivor) = survivor
        && (survivor == association || store::living(write, survivor).await?.is_none())
    {
        return Err(Refusal::NoSurvivor.into());
    }
    Ok(())
}

/// Sends the proposal to civil affairs in the unit's name, as seen. The caller has the plan
/// stand still and applies the step.
pub async fn propose_step(
    write: &mut Write,
    association: AssociationId,
    seen: &Seen,
) -> Done<Refusal, (Step<Exit>, Say)> {
    let found = store::lock(write, association).await?;
    let step = write.step(found, seen, Act::ExitPropose).await?;
    store::sign(write, step.id()).await?;
    let (kind, document) = (step.case.kind.label(), &step.case.document);
    let say =
        Say::new(format!("建议{kind}，报民政局决定（{document}）")).because(&step.case.reason);
    Ok((step, say))
}

/// Civil affairs sends the proposal back, as seen. The caller has the plan go on and
/// applies the step.
pub async fn refuse_step(
    write: &mut Write,
    association: AssociationId,
    seen: &Seen,
    opinion: &str,
) -> Done<Refusal, (Step<Exit>, Say)> {
    let found = store::lock(write, association).await?;
    let step = write.step(found, seen, Act::ExitRefuse).await?;
    store::note_refusal(write, step.id(), opinion).await?;
    let sentence = format!("不予{}，退回业务主管单位", step.case.kind.label());
    Ok((step, Say::new(sentence).because(opinion)))
}
