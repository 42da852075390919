//! Asking that the published list be amended, and refusing it. Agreeing is the
//! amendment itself, and `crossings::amendment` does it: a plan may end with it.

use crate::access::case::{Step, Stuck, Subject};
use crate::access::{Act, Role, Seen};
use crate::audit::Say;
use crate::database::{Done, Stopped, Write, batches};
use crate::documents::files;
use crate::documents::store::{Source, remove};
use crate::ids::AssociationId;
use crate::roster::rules::Refusal;
use crate::roster::rules::amendments::Standing;
use crate::roster::rules::requests::Change;
use crate::roster::store::amendments;
use crate::roster::store::requests::{self as store, Asking, Request};
use crate::web::upload::Uploaded;

/// Whether somebody may not decide on a request: they wrote or signed it, or belong
/// to the unit that did (invariant (c)).
#[must_use]
pub fn is_own(write: &Write, request: &Request) -> bool {
    let account = write.by();
    let of_unit = write
        .actor()
        .is_some_and(|actor| actor.belongs_to_unit(request.unit));
    request.saved_by == account
        || request.proposed_by == Some(account)
        || (!request.from_office && of_unit)
}

fn is_office(write: &Write) -> bool {
    let actor = write.actor();
    actor.is_some_and(|actor| actor.role() == Role::OfficeClerk)
}

/// What is stale where there is no request: what stands in the association's file.
#[must_use]
pub const fn of(association: AssociationId) -> Subject {
    Subject {
        kind: "association",
        id: association.0,
    }
}

/// The request that is open, as seen, and the step of an act.
pub async fn take(
    write: &mut Write,
    association: AssociationId,
    seen: &Seen,
    act: Act,
) -> Result<Step<Request>, Stopped> {
    let found = store::lock(write, association).await?;
    write.step(found, seen, act).await
}

/// Writes the draft.
pub async fn save(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    asking: &Asking,
) -> Done<Refusal> {
    let found = store::lock(&mut write, association).await?;
    let known = store::of_association(&mut write, association).await?;
    write.as_seen(&seen, store::version_of(&known), of(association))?;
    let now = Seen::version(found.as_ref().map_or(0, |request| request.version));
    let opening = write.opening(found, &now, Act::AmendmentSave).await?;
    let from_office = is_office(&write);
    let draft = opening.found.as_ref();
    // Neither side rewrites what the other has begun.
    if draft.is_some_and(|request| request.from_office != from_office) {
        return Err(Refusal::NotAsked.into());
    }
    let draft = draft.map(|request| request.id);
    fits(&mut write, association, asking.change).await?;
    let saved = store::save(&mut write, association, draft, from_office, asking).await?;
    let id = saved.ok_or(Stuck::Stale(of(association)))?;
    let sentence = format!("拟申请{}脱钩名单", asking.change.label());
    let say = Say::new(sentence).because(&asking.reason);
    let told = write.apply(opening.of(id, Some(association)), say).await?;
    write.finish(told).await
}

/// Whether what is asked for may be asked for now.
async fn fits(write: &mut Write, association: AssociationId, asked: Change) -> Done<Refusal> {
    if !batches::begun(write).await? {
        return Err(Refusal::NotPublished.into());
    }
    let scheme = write.scheme()?;
    let parameters = &scheme.campaign.parameters;
    let standings = amendments::standings(write, parameters, Some(&[association.0])).await?;
    let standing = standings.first();
    let standing = standing.ok_or(Refusal::Unmovable("该协会不在脱钩范围内。"))?;
    let change = Standing::askable(standing).map_err(Refusal::Unmovable)?;
    if change == asked {
        Ok(())
    } else {
        Err(Stuck::Stale(of(association)).into())
    }
}

/// The draft of the person's own side, for its files.
async fn own_draft(
    write: &mut Write,
    association: AssociationId,
    seen: &Seen,
    act: Act,
) -> Done<Refusal, Step<Request>> {
    let step = take(write, association, seen, act).await?;
    if step.case.from_office == is_office(write) {
        Ok(step)
    } else {
        Err(Refusal::NotAsked.into())
    }
}

/// Attaches a file to the draft.
pub async fn attach(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    file: &Uploaded,
) -> Done<Refusal> {
    let step = own_draft(&mut write, association, &seen, Act::AmendmentAttach).await?;
    let hand = (write.by(), write.request().now.to_utc());
    let stored = files::store(&mut write, Some(association), file, hand).await?;
    store::attach(&mut write, step.id(), stored).await?;
    // The file's name is for those who may read it; the case file is read by more.
    let told = write
        .apply(
            step,
            Say::new(format!(
                "附名单调整申请的材料{}",
                files::told_pages(file.pages)
            )),
        )
        .await?;
    write.finish(told).await
}

/// Takes a file away from the draft.
pub async fn detach(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    file: i64,
) -> Done<Refusal> {
    let step = own_draft(&mut write, association, &seen, Act::AmendmentDetach).await?;
    if !store::detach(&mut write, step.id(), file).await? {
        return Err(Refusal::NotAsked.into());
    }
    let hand = (write.by(), write.request().now.to_utc());
    let from = (file, Source::Request(step.id()));
    remove(&mut write, from, "名单调整申请的材料", hand).await?;
    let told = write
        .apply(step, Say::new("撤下名单调整申请的材料"))
        .await?;
    write.finish(told).await
}

/// Sends the request to the office's head.
pub async fn propose(mut write: Write, association: AssociationId, seen: Seen) -> Done<Refusal> {
    let act = Act::AmendmentPropose;
    let step = own_draft(&mut write, association, &seen, act).await?;
    let request = &step.case;
    fits(&mut write, association, request.change).await?;
    store::sign(&mut write, request.id).await?;
    let sentence = format!("申请{}脱钩名单，报脱钩办决定", request.change.label());
    let say = Say::new(sentence).because(&request.reason);
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// The office's head does not agree.
pub async fn refuse(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    opinion: &str,
) -> Done<Refusal> {
    let step = take(&mut write, association, &seen, Act::AmendmentRefuse).await?;
    if is_own(&write, &step.case) {
        return Err(Refusal::OwnRequest(vec![step.case.name.clone()]).into());
    }
    store::note_refusal(&mut write, step.id(), opinion).await?;
    let sentence = format!("不同意{}脱钩名单", step.case.change.label());
    let told = write
        .apply(step, Say::new(sentence).because(opinion))
        .await?;
    write.finish(told).await
}
