//! Recommending, excusing, deciding.

use crate::access::case::{Step, Subject};
use crate::access::{Act, Case as _, Role, Seen};
use crate::audit::Say;
use crate::corrections::rules::Of;
use crate::corrections::store as corrections;
use crate::database::{Db, Done, Stopped, Write, batches};
use crate::ids::{AssociationId, DepartmentId};
use crate::scheme::Scheme;

use super::rules::{self, Bound, Candidate, Refusal, State};
use super::store::{self, Entry, Recommendation, amendments};

mod amending;
mod objecting;
pub mod publishing;
pub mod requesting;

pub use amending::{Amended, Amendment, amend_in};
pub use objecting::{answer_objection, attach_to_objection, record_objection};
pub use publishing::publish;

/// The share that the scheme orders.
#[must_use]
pub const fn ratio(scheme: &Scheme) -> (i64, i64) {
    let parameters = &scheme.campaign.parameters;
    (parameters.list_ratio_num, parameters.list_ratio_den)
}

/// What the next list is bound by.
pub async fn bound(db: &mut Db, scheme: &Scheme) -> Result<Bound, sqlx::Error> {
    Ok(if batches::begun(db).await? {
        Bound::Later
    } else {
        Bound::First(ratio(scheme))
    })
}

struct Taken {
    step: Step<Recommendation>,
    candidates: Vec<Candidate>,
    bound: Bound,
}

/// The recommendation under lock with its candidates, as seen, and the step of an act.
async fn take(
    write: &mut Write,
    unit: DepartmentId,
    seen: &Seen,
    act: Act,
) -> Result<Taken, Stopped> {
    let (found, shown) = store::lock(write, unit).await?;
    let scheme = write.scheme()?;
    let candidates = store::candidates(write, unit, &scheme.campaign.parameters).await?;
    let of = Subject {
        kind: Recommendation::KIND,
        id: unit.0,
    };
    write.list(seen, &rules::shown(shown, &candidates), of)?;
    let now = Seen::version(found.version);
    let step = write.step(Some(found), &now, act).await?;
    Ok(Taken {
        step,
        candidates,
        bound: bound(write, &scheme).await?,
    })
}

async fn finish(mut write: Write, step: Step<Recommendation>, say: Say) -> Done<Refusal> {
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Writes which associations take part now, and why the others later.
pub async fn save(
    mut write: Write,
    unit: DepartmentId,
    seen: Seen,
    chosen: &[(AssociationId, String)],
) -> Done<Refusal> {
    let Taken {
        step,
        candidates,
        bound,
    } = take(&mut write, unit, &seen, Act::RosterSave).await?;
    let entry = |candidate: &Candidate| {
        let typed = chosen.iter().find(|(id, _)| *id == candidate.id);
        let mandatory = bound.mandatory(candidate, candidates.len()).is_some();
        let chosen = mandatory || typed.is_some_and(|(_, reason)| reason.is_empty());
        let reason = typed.filter(|_| !chosen).map(|(_, reason)| reason.clone());
        Entry {
            association: candidate.id,
            chosen,
            mandatory,
            reason: reason.unwrap_or_default(),
        }
    };
    let entries: Vec<Entry> = candidates.iter().map(entry).collect();
    store::save(&mut write, step.case.id, &entries).await?;
    let count = entries.iter().filter(|entry| entry.chosen).count();
    let say = Say::new(format!("填写推荐名单：推荐{count}个"));
    finish(write, step, say).await
}

/// Signs and sends the recommendation.
pub async fn submit(mut write: Write, unit: DepartmentId, seen: Seen) -> Done<Refusal> {
    let Taken {
        step,
        candidates,
        bound,
    } = take(&mut write, unit, &seen, Act::RosterSubmit).await?;
    bound.may_submit(&candidates, step.case.override_reason.is_some())?;
    let sum = bound.arithmetic(&candidates);
    store::freeze(&mut write, step.case.id, &sum).await?;
    let say = Say::new(format!(
        "报送推荐名单：主管{}个，应推荐{}个，必报{}个，推荐{}个",
        sum.base, sum.required, sum.mandatory, sum.chosen
    ));
    finish(write, step, say).await
}

/// Takes it back while nobody of the office has decided on it or sent it back. Remarks
/// stand with associations, none with a recommendation, so its state says all.
pub async fn recall(mut write: Write, unit: DepartmentId, seen: Seen) -> Done<Refusal> {
    let Taken { step, .. } = take(&mut write, unit, &seen, Act::RecommendRecall).await?;
    finish(write, step, Say::new("取回推荐名单")).await
}

/// Sends it back with a reason.
pub async fn return_(
    mut write: Write,
    unit: DepartmentId,
    seen: Seen,
    reason: &str,
) -> Done<Refusal> {
    let taken = take(&mut write, unit, &seen, Act::RosterReturn).await?;
    if taken.step.case.state == State::Approved {
        take_back(&mut write, &taken).await?;
    }
    let say = Say::new("退回推荐名单").because(reason);
    finish(write, taken.step, say).await
}

/// A recommendation that was decided on goes back only by the office's head, and only
/// where its base no longer stands.
async fn take_back(write: &mut Write, taken: &Taken) -> Done<Refusal> {
    let head = |actor: &crate::access::Actor| actor.role() == Role::OfficeLeader;
    if !write.actor().is_some_and(head) {
        return Err(Refusal::OnlyHead.into());
    }
    let id = taken.step.case.id;
    let decided = amendments::decided(write, id).await?;
    let decided: Vec<i64> = decided.into_iter().map(|id| id.0).collect();
    let now: Vec<i64> = taken.candidates.iter().map(|each| each.id.0).collect();
    let asked = corrections::waits(write, &Of::recommendation_of(taken.step.case.unit)).await?;
    if !asked && !rules::amendments::base_moved(&decided, &now) {
        return Err(Refusal::BaseStands.into());
    }
    Ok(amendments::undo_decisions(write, id).await?)
}

/// 例外核减: fewer than one half, with the reason of the office's head (LI-5).
pub async fn override_(
    mut write: Write,
    unit: DepartmentId,
    seen: Seen,
    reason: &str,
) -> Done<Refusal> {
    let Taken { step, .. } = take(&mut write, unit, &seen, Act::RosterOverride).await?;
    store::excuse(&mut write, step.case.id, reason).await?;
    let say = Say::new("例外核减应推荐数").because(reason);
    finish(write, step, say).await
}

/// 审定: keeps, strikes or adds; a mandatory one is never struck (LI-6).
pub async fn approve(
    mut write: Write,
    unit: DepartmentId,
    seen: Seen,
    listed: &[AssociationId],
) -> Done<Refusal> {
    let Taken {
        step,
        candidates,
        bound,
    } = take(&mut write, unit, &seen, Act::RosterApprove).await?;
    let struck = candidates.iter().filter(|candidate| {
        let mandatory = bound.mandatory(candidate, candidates.len()).is_some();
        mandatory && !listed.contains(&candidate.id)
    });
    let struck: Vec<String> = struck.map(|candidate| candidate.name.clone()).collect();
    if !struck.is_empty() {
        return Err(Refusal::MandatoryMissing(struck).into());
    }
    let decision = |candidate: &Candidate| {
        let decision = match (candidate.chosen, listed.contains(&candidate.id)) {
            (true, true) => "accepted",
            (true, false) => "struck",
            (false, true) => "added",
            (false, false) => "later",
        };
        (candidate.id, decision)
    };
    let decisions: Vec<(AssociationId, &str)> = candidates.iter().map(decision).collect();
    store::decide(&mut write, step.case.id, &decisions).await?;
    let say = Say::new(format!("审定推荐名单：列入{}个", listed.len()));
    finish(write, step, say).await
}
